//! The data part of a plan: which task collection, which track, how many instances.

use std::path::PathBuf;

use placebo_plugin_api::TaskKind;
use serde::{Deserialize, Serialize};

use super::sizes;

/// A task collection and how much of it is used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataPlan {
    /// The collection's folder; relative to the plan's file as written, absolute once read.
    pub path: PathBuf,
    /// The collection's format, `natural-instructions` unless said otherwise.
    #[serde(default = "natural_instructions")]
    pub format: String,
    /// The folder under `splits/` that tells training from test tasks.
    #[serde(default = "default_track")]
    pub track: String,
    /// How much of every training task is learned from.
    #[serde(default)]
    pub train: TrainPlan,
    /// How much of every test task is answered.
    #[serde(default)]
    pub test: TestPlan,
    /// Where a person knows better than the rule what kind a task is, or what its labels are.
    #[serde(default, rename = "task", skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<TaskOverride>,
}

/// The training side of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainPlan {
    /// Instances drawn per training task; several sizes are an axis of the grid.
    #[serde(with = "sizes")]
    pub instances_per_task: Vec<usize>,
}

/// The test side of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestPlan {
    /// The first so many instances of every test task, the official 100 unless said otherwise.
    pub instances_per_task: usize,
}

/// One task's kind or labels, said by a person and stronger than the automatic rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskOverride {
    /// The task's name, as in the split file.
    pub name: String,
    /// Classification or generation; `None` leaves the rule's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<TaskKind>,
    /// The output space; `None` leaves the labels found in the instances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
}

impl Default for TrainPlan {
    fn default() -> Self {
        Self { instances_per_task: vec![100] }
    }
}

impl Default for TestPlan {
    fn default() -> Self {
        Self { instances_per_task: 100 }
    }
}

fn natural_instructions() -> String {
    "natural-instructions".to_owned()
}

fn default_track() -> String {
    "default".to_owned()
}
