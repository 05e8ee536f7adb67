//! A column of a comparison: a metric and the tasks that it is averaged over.

use placebo_plugin_api::TaskKind;
use serde::{Deserialize, Serialize};

use crate::score::{AnswerSpace, MetricScores, Scores, TaskScores};
use crate::statistics::mean;

/// Which tasks a number is averaged over, and how: the study's three aggregates, a category's tasks, or one task.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregate {
    /// Mean over classification tasks.
    Classification,
    /// Mean over generation tasks.
    Generation,
    /// Mean over all instances.
    Overall,
    /// Mean over the tasks of a category.
    Category(String),
    /// Mean over the instances of one task.
    Task(String),
}

impl Aggregate {
    /// The word for it; a category or a task goes by its own name.
    pub fn name(&self) -> &str {
        match self {
            Aggregate::Classification => "classification",
            Aggregate::Generation => "generation",
            Aggregate::Overall => "overall",
            Aggregate::Category(name) | Aggregate::Task(name) => name,
        }
    }

    /// Whether a task of these answers counts.
    pub fn includes(&self, name: &str, answers: &AnswerSpace) -> bool {
        match self {
            Aggregate::Classification => answers.kind == TaskKind::Classification,
            Aggregate::Generation => answers.kind == TaskKind::Generation,
            Aggregate::Overall => true,
            Aggregate::Category(category) => answers.categories.contains(category),
            Aggregate::Task(task) => name == task,
        }
    }

    /// The aggregate of one metric's scores, if the metric has it.
    fn of(&self, scores: &Scores, metric: &MetricScores) -> Option<f64> {
        match self {
            Aggregate::Classification => metric.classification,
            Aggregate::Generation => metric.generation,
            Aggregate::Overall => metric.overall,
            Aggregate::Category(_) | Aggregate::Task(_) => {
                mean(&self.tasks(scores, metric).map(|(_, task)| task.mean).collect::<Vec<_>>())
            }
        }
    }

    /// The tasks that count, in the order of their names, with their scores.
    fn tasks<'s>(
        &self,
        scores: &'s Scores,
        metric: &'s MetricScores,
    ) -> impl Iterator<Item = (&'s str, &'s TaskScores)> {
        let counts = |name: &str| scores.tasks.get(name).is_some_and(|task| self.includes(name, &task.answers));
        metric.tasks.iter().map(|(name, task)| (name.as_str(), task)).filter(move |(name, _)| counts(name))
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

    /// One metric over each of these categories.
    pub fn of_categories(id: &str, categories: &[String]) -> Vec<Column> {
        let column =
            |category: &String| Column { metric: id.to_owned(), aggregate: Aggregate::Category(category.clone()) };
        categories.iter().map(column).collect()
    }

    /// The column's heading.
    pub fn title(&self) -> String {
        format!("{} {}", self.aggregate.name(), self.metric)
    }

    /// The column's number of one run.
    pub(super) fn of(&self, scores: &Scores) -> Option<f64> {
        self.aggregate.of(scores, scores.find(&self.metric, None)?)
    }

    /// The tasks that the column's number is averaged over, in the order of their names, with their scores.
    pub fn tasks<'s>(&self, scores: &'s Scores) -> impl Iterator<Item = (&'s str, &'s TaskScores)> {
        let metric = scores.find(&self.metric, None).into_iter();
        metric.flat_map(|metric| self.aggregate.tasks(scores, metric))
    }

    /// How many tasks and instances that are.
    pub(super) fn counts(&self, scores: &Scores) -> (usize, usize) {
        self.tasks(scores).fold((0, 0), |(tasks, instances), (_, task)| (tasks + 1, instances + task.instances.len()))
    }
}
