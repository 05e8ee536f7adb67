//! A column of a comparison: a metric and the tasks that it is averaged over.

use serde::{Deserialize, Serialize};

use crate::score::{MetricScores, Scores};

/// Which of the study's three aggregates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregate {
    /// Mean over classification tasks.
    Classification,
    /// Mean over generation tasks.
    Generation,
    /// Mean over all instances.
    Overall,
}

impl Aggregate {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Aggregate::Classification => "classification",
            Aggregate::Generation => "generation",
            Aggregate::Overall => "overall",
        }
    }

    /// The aggregate of one metric's scores, if the metric has it.
    pub fn of(self, scores: &MetricScores) -> Option<f64> {
        match self {
            Aggregate::Classification => scores.classification,
            Aggregate::Generation => scores.generation,
            Aggregate::Overall => scores.overall,
        }
    }
}

/// One column of numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Column {
    /// The metric's id.
    pub metric: String,
    /// The tasks it is averaged over.
    pub aggregate: Aggregate,
}

impl Column {
    /// What the study reports: classification by exact match, generation and overall by ROUGE-L.
    pub fn of_the_study() -> Vec<Column> {
        let column = |metric: &str, aggregate| Column { metric: metric.to_owned(), aggregate };
        vec![
            column("exact-match", Aggregate::Classification),
            column("rouge-l", Aggregate::Generation),
            column("rouge-l", Aggregate::Overall),
        ]
    }

    /// All three aggregates of one metric.
    pub fn of_metric(id: &str) -> Vec<Column> {
        let all = [Aggregate::Classification, Aggregate::Generation, Aggregate::Overall];
        all.map(|aggregate| Column { metric: id.to_owned(), aggregate }).to_vec()
    }

    /// The column's heading.
    pub fn title(&self) -> String {
        format!("{} {}", self.aggregate.name(), self.metric)
    }

    /// The column's number of one run.
    pub(super) fn of(&self, scores: &Scores) -> Option<f64> {
        self.aggregate.of(scores.find(&self.metric, None)?)
    }
}
