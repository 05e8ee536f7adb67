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

/// What the linear layers multiply with while answers are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecodingWeights {
    /// The weights as they were trained.
    #[default]
    AsTrained,
    /// Weights and their inputs rounded to integers of 8 bits, on the CPU: faster, and a little off.
    Int8,
}

/// The strategy and how much is decoded at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Decoding {
    /// Generation tasks are decoded greedily whatever stands here.
    pub strategy: Strategy,
    /// Source tokens of a batch; bounds memory.
    pub batch_tokens: usize,
    /// What the linear layers multiply with.
    #[serde(skip_serializing_if = "is_default")]
    pub weights: DecodingWeights,
}

/// Left out, so that runs keep the identity that they had before there was a choice.
fn is_default(weights: &DecodingWeights) -> bool {
    *weights == DecodingWeights::default()
}

impl Default for Decoding {
    fn default() -> Self {
        Self { strategy: Strategy::Greedy, batch_tokens: 8192, weights: DecodingWeights::AsTrained }
    }
}
