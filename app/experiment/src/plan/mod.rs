//! The plan: what a person or the window writes down before any run exists, as a TOML file.

mod baseline;
mod check;
mod condition;
mod data;
mod decoding;
mod error;
mod grid;
mod metric;
mod prompt;
mod read;
mod recipe;
mod sizes;
mod training;
mod write;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use baseline::Baseline;
pub use condition::{Condition, TransformUse};
pub use data::{DataPlan, TaskOverride, TestPlan, TrainPlan};
pub use decoding::{Decoding, DecodingWeights, Strategy};
pub use error::PlanError;
pub use grid::{Grid, Inputs};
pub use metric::MetricPlan;
pub use prompt::{ModelPlan, PromptPlan};
pub use recipe::{OptimizerKind, Precision, Preset, Recipe, ScheduleKind};
pub use training::TrainingPlan;

/// A whole experiment: data, conditions, sizes, seeds, recipe, baselines and metrics.
///
/// [`Plan::read`] and [`Plan::to_toml`] are inverse to each other; [`Plan::runs`] unfolds the grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Names the folder of the results, so it holds no slash.
    pub name: String,
    /// Every fine-tuning condition is run once per seed and size.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seeds: Vec<u64>,
    /// Where plugins are looked for besides the usual places; none of them runs before it is trusted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plugins: Vec<PathBuf>,
    /// The task collection and how much of it is used.
    pub data: DataPlan,
    /// What a prompt shows and how long it may be.
    #[serde(default)]
    pub prompt: PromptPlan,
    /// The checkpoint that every run starts from.
    #[serde(default, skip_serializing_if = "ModelPlan::is_empty")]
    pub model: ModelPlan,
    /// A preset and the fields that differ from it.
    #[serde(default)]
    pub training: TrainingPlan,
    /// How answers are generated.
    #[serde(default)]
    pub decoding: Decoding,
    /// The conditions to compare; each is fine-tuned and tested.
    #[serde(default, rename = "condition", skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// What the conditions are compared with.
    #[serde(default, rename = "baseline", skip_serializing_if = "Vec::is_empty")]
    pub baselines: Vec<Baseline>,
    /// What the generations are scored with; exact match and ROUGE-L where nothing is said.
    #[serde(default = "metric::standard", rename = "metric", skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<MetricPlan>,
}
