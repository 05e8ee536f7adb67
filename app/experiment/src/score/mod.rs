//! Scores: metrics over generations, per instance, per task and in the study's three aggregates.
//!
//! Aggregation as in Kung & Peng (ACL 2023): overall is the mean over all instances; classification and generation are
//! means of per-task scores. Numbers are kept whole; [`report`](crate::report) rounds them once.

mod measure;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use placebo_plugin_api::{Settings, TaskKind};
use serde::{Deserialize, Serialize};

use crate::corpus::Question;

pub use measure::score;

/// What scoring must know of a task, kept with the scores so that a later metric needs no task files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnswerSpace {
    /// Whether the answers are labels or free text.
    pub kind: TaskKind,
    /// The labels; none for generation.
    pub labels: Vec<String>,
    /// The task's categories, so that scores can be compared by category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
}

impl AnswerSpace {
    /// Task name → its answers, for all tasks of a test set.
    pub fn of(questions: &[Question]) -> BTreeMap<String, AnswerSpace> {
        let space = |question: &Question| AnswerSpace {
            kind: question.kind,
            labels: question.labels.clone(),
            categories: question.categories.clone(),
        };
        questions.iter().map(|question| (question.task.clone(), space(question))).collect()
    }
}

/// Everything that a run scored; the content of `scores.json`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Scores {
    /// Task name → what was scored of it; every task of the test set, also an unanswered one.
    pub tasks: BTreeMap<String, ScoredTask>,
    /// One entry per metric and settings, in the plan's order.
    pub metrics: Vec<MetricScores>,
}

/// A task as it was scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredTask {
    /// Kind and labels.
    #[serde(flatten)]
    pub answers: AnswerSpace,
    /// The instances' ids, in the order of every list of scores.
    pub instances: Vec<String>,
}

/// The scores of one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricScores {
    /// The plugin's id.
    pub id: String,
    /// The plugin's version.
    pub version: String,
    /// The settings, defaults filled in.
    pub settings: Settings,
    /// Mean over all instances; `None` where a task is unanswered or not judged by the metric.
    pub overall: Option<f64>,
    /// Mean over the classification tasks' means.
    pub classification: Option<f64>,
    /// Mean over the generation tasks' means.
    pub generation: Option<f64>,
    /// What is expected of guessing, for the random-guess baseline alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guess: Option<Guess>,
    /// Task name → its scores, for the tasks that the metric judges.
    pub tasks: BTreeMap<String, TaskScores>,
}

/// One task's scores under one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskScores {
    /// Mean over the instances.
    pub mean: f64,
    /// One score per instance of [`ScoredTask::instances`].
    pub instances: Vec<f64>,
}

/// What guessing a label at random is expected to score on the classification tasks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// Mean over tasks of the expectation.
    pub expected: f64,
    /// As the study counts: whole right answers only, ⌊instances / labels⌋ of each task; for exact match alone.
    pub floored: Option<f64>,
    /// 95 % of guessers score at least this.
    pub low: f64,
    /// 95 % of guessers score at most this.
    pub high: f64,
    /// Classification tasks guessed.
    pub tasks: usize,
    /// Generation tasks, which nobody can guess.
    pub left_out: usize,
}
