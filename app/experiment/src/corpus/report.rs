//! What a run's record says of its corpus: counts of tokens, what was cut, noted or could not be used.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Alterations;
use crate::load::Problem;

/// What happened between the task files and the prompts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CorpusReport {
    /// The prompts trained on.
    pub train: StageReport,
    /// The prompts held out of the training tasks.
    pub validation: StageReport,
    /// The prompts of the unseen tasks.
    pub test: StageReport,
    /// How far the condition went, in each stage.
    pub alterations: Alterations,
    /// Task → what the condition's transforms had to say of it.
    pub notes: BTreeMap<String, Vec<String>>,
    /// Task → what was odd in its file.
    pub warnings: BTreeMap<String, Vec<String>>,
    /// Files that could not be used, and what the plan says of tasks that do not exist.
    pub problems: Vec<Problem>,
    /// Task → SHA-256 of its file.
    pub task_hashes: BTreeMap<String, String>,
}

/// The prompts of one stage in numbers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StageReport {
    /// Tasks with at least one prompt.
    pub tasks: usize,
    /// Prompts.
    pub prompts: usize,
    /// Tokens of the prompts as the model reads them, tails over the limit cut off.
    pub source_tokens: Spread,
    /// Tokens of the targets as the model learns them, each reference counted; none where nothing is learned.
    pub target_tokens: Spread,
    /// Prompts that lose their tail.
    pub truncated_sources: usize,
    /// Targets that lose their tail.
    pub truncated_targets: usize,
    /// Examples left out for want of room, over all prompts.
    pub dropped_examples: usize,
}

/// A count of many things: smallest, mean, largest, total; all zero for none.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Spread {
    /// How many things were counted.
    pub n: usize,
    /// The smallest.
    pub min: usize,
    /// The mean.
    pub mean: f64,
    /// The largest.
    pub max: usize,
    /// The sum.
    pub total: usize,
}

impl Spread {
    /// Takes one more into account.
    pub(super) fn add(&mut self, count: usize) {
        self.min = if self.n == 0 { count } else { self.min.min(count) };
        self.max = self.max.max(count);
        self.n += 1;
        self.total += count;
        self.mean = self.total as f64 / self.n as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_of_nothing_is_zero_and_of_some_is_exact() {
        let mut spread = Spread::default();
        assert_eq!((spread.n, spread.min, spread.mean), (0, 0, 0.0));
        [4, 2, 6].into_iter().for_each(|count| spread.add(count));
        assert_eq!(spread, Spread { n: 3, min: 2, mean: 4.0, max: 6, total: 12 });
    }
}
