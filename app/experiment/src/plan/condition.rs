//! A condition: a name and the transforms that rewrite instructions under it.

use placebo_plugin_api::{Settings, Stage};
use serde::{Deserialize, Serialize};

/// One way of instructing, to be compared with others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What tables and charts call it; it does not count for a run's identity.
    pub name: String,
    /// Applied one after the other; none leaves the instructions as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transforms: Vec<TransformUse>,
    /// The stages whose instructions are rewritten, both unless said otherwise.
    #[serde(default = "both", skip_serializing_if = "is_both")]
    pub apply_to: Vec<Stage>,
}

/// A transform by id, with its settings written beside the id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TransformUse {
    /// The plugin's id, such as `definition.simplified`.
    pub id: String,
    /// The plugin's version: a plan may ask for one, a run's spec always names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Every other key.
    #[serde(flatten)]
    pub settings: Settings,
}

impl Condition {
    /// The condition that changes nothing.
    pub fn unchanged(name: &str) -> Self {
        Self { name: name.to_owned(), transforms: Vec::new(), apply_to: both() }
    }

    /// Whether instructions of `stage` are rewritten.
    pub fn applies_to(&self, stage: Stage) -> bool {
        !self.transforms.is_empty() && self.apply_to.contains(&stage)
    }
}

pub(super) fn both() -> Vec<Stage> {
    vec![Stage::Train, Stage::Test]
}

fn is_both(stages: &[Stage]) -> bool {
    stages == both()
}
