//! The decoding part of a plan.

use serde::{Deserialize, Serialize};

/// How an answer is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// The likeliest token at every step.
    #[default]
    Greedy,
    /// Greedy among the continuations that lead to a label; for classification tasks.
    Constrained,
    /// The label of the highest likelihood; for classification tasks.
    Rank,
}

/// The strategy and how much is decoded at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Decoding {
    /// Generation tasks are decoded greedily whatever stands here.
    pub strategy: Strategy,
    /// Source tokens of a batch; bounds memory.
    pub batch_tokens: usize,
}

impl Default for Decoding {
    fn default() -> Self {
        Self { strategy: Strategy::Greedy, batch_tokens: 8192 }
    }
}
