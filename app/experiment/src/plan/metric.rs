//! The metric part of a plan.

use placebo_plugin_api::Settings;
use serde::{Deserialize, Serialize};

/// A metric by id, with its settings written beside the id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricPlan {
    /// The plugin's id, such as `rouge-l`.
    pub id: String,
    /// Every other key.
    #[serde(flatten)]
    pub settings: Settings,
}

impl MetricPlan {
    /// A metric with its default settings.
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), settings: Settings::default() }
    }
}

/// What a plan that names no metric is scored with, the study's two.
pub(super) fn standard() -> Vec<MetricPlan> {
    vec![MetricPlan::new("exact-match"), MetricPlan::new("rouge-l")]
}
