//! The prompt and model parts of a plan.

use serde::{Deserialize, Serialize};

/// What a prompt shows besides the instance itself, and how long it may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PromptPlan {
    /// Positive examples shown, the first so many in the file's order.
    pub positive_examples: usize,
    /// Negative examples shown.
    pub negative_examples: usize,
    /// Whether an example's explanation follows its output.
    pub explanations: bool,
    /// Whether the prompt begins with the task's name.
    pub task_name: bool,
    /// Tokens of a prompt, its end token included.
    pub max_source_tokens: usize,
    /// Tokens of a target or an answer, its end token included.
    pub max_target_tokens: usize,
}

/// Where the weights come from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelPlan {
    /// A folder, a hub id, or `bundled:…`; empty where only baselines run that need no model.
    pub checkpoint: String,
    /// Digest of the checkpoint's files, put in by [`super::Plan::runs`] and never by a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

impl ModelPlan {
    pub(super) fn is_empty(&self) -> bool {
        self.checkpoint.is_empty()
    }
}

impl Default for PromptPlan {
    fn default() -> Self {
        Self {
            positive_examples: 2,
            negative_examples: 0,
            explanations: false,
            task_name: false,
            max_source_tokens: 1024,
            max_target_tokens: 128,
        }
    }
}
