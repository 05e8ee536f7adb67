//! The corpus of one run: every prompt it trains on and every question it answers, from the task files on disk.
//!
//! A pure function of the run's spec, the files and the plugins: tasks are worked on in parallel and come out in the
//! order of the split's list, instances in the order of their selection.

mod alteration;
mod build;
mod report;
mod stage;
#[cfg(test)]
mod tests;

use placebo_plugin_api::TaskKind;
use thiserror::Error;

pub use alteration::{Alteration, Alterations, TextAlteration};
pub use build::{Materials, build};
pub use report::{CorpusReport, Spread, StageReport};

use crate::load::{LoadError, Problem};
use crate::plugin::PluginError;
use crate::split::Split;

/// A prompt with the answers to learn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The task's name.
    pub task: String,
    /// The instance's id.
    pub instance: String,
    /// The prompt.
    pub source: String,
    /// The references, of which training draws one per visit; never none.
    pub targets: Vec<String>,
}

/// A prompt with what its answer is judged by, and what the baselines answer with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The task's name.
    pub task: String,
    /// The instance's id.
    pub instance: String,
    /// The prompt.
    pub source: String,
    /// Every answer that counts as right; never none.
    pub references: Vec<String>,
    /// The task's kind.
    pub kind: TaskKind,
    /// The task's categories.
    pub categories: Vec<String>,
    /// The task's labels, alphabetically or as the plan names them; none for generation.
    pub labels: Vec<String>,
    /// The label that answers most of the task's instances; `None` for generation.
    pub majority_label: Option<String>,
    /// The instance's input as the file has it.
    pub input: String,
    /// The output of the first positive example under the condition, where prompts show any and the task has one.
    pub first_example_output: Option<String>,
}

/// Everything that a run reads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corpus {
    /// To learn from; empty for baselines.
    pub train: Vec<Pair>,
    /// Held-out instances of the training tasks; empty unless the recipe wants some.
    pub validation: Vec<Pair>,
    /// To answer.
    pub test: Vec<Question>,
    /// What the record says of all this.
    pub report: CorpusReport,
}

/// Why a run has no corpus.
#[derive(Debug, Error)]
pub enum CorpusError {
    /// The collection cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A transform cannot be applied.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// The split lists tasks, but none of their files gives an instance.
    #[error("none of the {split} tasks can be used{}", first_of(.problems))]
    NoInstances {
        /// Which split.
        split: Split,
        /// What is wrong with its files.
        problems: Vec<Problem>,
    },
}

fn first_of(problems: &[Problem]) -> String {
    let Some(problem) = problems.first() else { return "; they hold no instances".to_owned() };
    format!("; problem 1 of {}: {}: `{}`", problems.len(), problem.reason, problem.path.display())
}
