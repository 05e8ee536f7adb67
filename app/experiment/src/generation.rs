//! Generations: what a model answered, one JSON line each, and the official format of predictions.

use serde::{Deserialize, Serialize};

/// One answer, with what is needed to score it without the task files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// The task's name.
    pub task: String,
    /// The instance's id.
    pub instance: String,
    /// SHA-256 of the prompt's text, in hexadecimal.
    pub prompt_sha256: String,
    /// The answer as decoded; empty where there is none.
    pub prediction: String,
    /// The right answers.
    pub references: Vec<String>,
}
