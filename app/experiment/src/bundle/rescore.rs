//! Scores computed anew from the answers, with the metrics that are loaded.

use std::collections::BTreeMap;
use std::path::Path;

use crate::baseline::{guess_needs_references, random_guess};
use crate::corpus::Question;
use crate::generation::Generation;
use crate::plan::MetricPlan;
use crate::plugin::{PluginError, Registry};
use crate::report::Record;
use crate::results::{ResultsError, RunFolder};
use crate::run_spec::RunKind;
use crate::score::{AnswerSpace, MetricScores, Scores, score};

/// Why scores cannot be computed anew.
#[derive(Debug, thiserror::Error)]
pub(super) enum RescoreError {
    #[error(transparent)]
    Results(#[from] ResultsError),
    #[error(transparent)]
    Plugin(#[from] PluginError),
}

/// Task and instance → the right answers.
type References = BTreeMap<(String, String), Vec<String>>;

/// Computes scores anew; the baseline that answers nothing borrows the right answers from the other runs.
pub(super) struct Rescorer<'r> {
    registry: &'r Registry,
    references: BTreeMap<String, References>,
}

/// What came of a run's scores.
pub(super) struct Rescored {
    /// The metrics that could be computed.
    pub(super) scores: Scores,
    /// The others, each with the reason.
    pub(super) left_out: Vec<String>,
}

impl<'r> Rescorer<'r> {
    /// Reads the right answers of every collection of tasks that the records have.
    pub(super) fn new(records: &[Record], registry: &'r Registry) -> Result<Self, ResultsError> {
        let mut references = BTreeMap::new();
        for record in records.iter().filter(|record| record.scores.is_some()) {
            if !references.contains_key(&test_set(record)) && record.spec.kind != RunKind::RandomGuess {
                references.insert(test_set(record), references_of(&record.path)?);
            }
        }
        Ok(Self { registry, references })
    }

    /// The scores of `record` under the metrics that `stored` has.
    pub(super) fn rescore(&self, record: &Record, stored: &Scores) -> Result<Rescored, RescoreError> {
        let (metrics, left_out) = self.usable(record, stored);
        let scores = if record.spec.kind == RunKind::RandomGuess {
            random_guess(&self.questions(record, stored), &metrics, self.registry)?
        } else {
            let spaces = stored.tasks.iter().map(|(name, task)| (name.clone(), task.answers.clone())).collect();
            let generations = RunFolder::open(&record.path)?.generations()?;
            score(&generations, &spaces, &metrics, self.registry)?
        };
        Ok(Rescored { scores, left_out })
    }

    fn usable(&self, record: &Record, stored: &Scores) -> (Vec<MetricPlan>, Vec<String>) {
        let (mut usable, mut left_out) = (Vec::new(), Vec::new());
        for metric in &stored.metrics {
            match self.obstacle(record, metric) {
                Some(obstacle) => left_out.push(obstacle),
                None => usable.push(MetricPlan { id: metric.id.clone(), settings: metric.settings.clone() }),
            }
        }
        (usable, left_out)
    }

    fn obstacle(&self, record: &Record, metric: &MetricScores) -> Option<String> {
        if let Err(error) = self.registry.metric(&metric.id) {
            return Some(format!("scores of metric `{}`: {error}", metric.id));
        }
        let lacks = record.spec.kind == RunKind::RandomGuess && !self.references.contains_key(&test_set(record));
        (lacks && guess_needs_references(&metric.id))
            .then(|| format!("guesses under metric `{}`: no run here has the right answers", metric.id))
    }

    /// What guessing is asked; a task that nobody can guess is there with a question that nobody answers.
    fn questions(&self, record: &Record, stored: &Scores) -> Vec<Question> {
        let none = References::new();
        let references = self.references.get(&test_set(record)).unwrap_or(&none);
        let mut questions = Vec::new();
        for (name, task) in &stored.tasks {
            let asked = |instance: &String| question(name, instance, &task.answers, references);
            questions.extend(task.instances.iter().map(asked));
            if task.instances.is_empty() {
                questions.push(question(name, "", &task.answers, references));
            }
        }
        questions
    }
}

fn question(task: &str, instance: &str, answers: &AnswerSpace, references: &References) -> Question {
    let key = (task.to_owned(), instance.to_owned());
    Question {
        task: task.to_owned(),
        instance: instance.to_owned(),
        source: String::new(),
        references: references.get(&key).cloned().unwrap_or_default(),
        kind: answers.kind,
        categories: answers.categories.clone(),
        labels: answers.labels.clone(),
        majority_label: None,
        input: String::new(),
        first_example_output: None,
    }
}

/// What decides which questions are asked.
fn test_set(record: &Record) -> String {
    let data = &record.spec.data;
    let overrides = serde_json::to_string(&data.tasks).unwrap_or_default();
    format!("{} {} {} {overrides}", data.digest, data.track, data.test_instances_per_task)
}

fn references_of(run: &Path) -> Result<References, ResultsError> {
    let pair = |generation: Generation| ((generation.task, generation.instance), generation.references);
    Ok(RunFolder::open(run)?.generations()?.into_iter().map(pair).collect())
}
