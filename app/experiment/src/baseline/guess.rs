//! Random guessing in closed form: what a guesser who draws one label per instance is expected to score.

use std::collections::BTreeMap;

use placebo_plugin_api::{ScoreItem, Settings, TaskKind};

use crate::corpus::Question;
use crate::plan::MetricPlan;
use crate::plugin::{PluginError, Registry};
use crate::score::{AnswerSpace, Guess, MetricScores, Scores};
use crate::statistics::{mean, normal_interval};

/// The metrics for which one label of k is right, so that the expectation is 100 / k whatever the references.
const EXACT: [&str; 2] = ["exact-match", "exact-match-strict"];

/// The expected scores of guessing, with the interval in which 95 % of guessers lie; generation tasks are left out.
///
/// For exact match, one of a task's k labels is right: 100 / k, and as the study counts ⌊n / k⌋ right answers of n. For
/// any other metric the expectation is the mean over the labels of the label's score. A metric that looks at all answers
/// to a task at once has none.
///
/// # Errors
/// A metric that is not loaded, does not take its settings, or fails.
pub fn random_guess(
    questions: &[Question],
    metrics: &[MetricPlan],
    registry: &Registry,
) -> Result<Scores, PluginError> {
    let mut scores = Scores::of_tasks(&AnswerSpace::of(questions));
    let guessed: Vec<_> = questions.iter().filter(|question| is_guessable(question)).collect();
    for question in &guessed {
        scores.add_instance(&question.task, &question.instance);
    }
    for metric in metrics {
        registry.metric(&metric.id)?;
        let settings = registry.resolve_settings(&metric.id, &metric.settings)?;
        let guesses = guesses(&guessed, &metric.id, &settings, registry)?;
        let expected = expected(&scores, &metric.id, settings, &guesses, registry)?;
        scores.metrics.push(expected);
    }
    Ok(scores)
}

/// Whether the expectation under a metric depends on the references, and not on the number of labels alone.
pub fn guess_needs_references(metric: &str) -> bool {
    !EXACT.contains(&metric)
}

fn is_guessable(question: &Question) -> bool {
    question.kind == TaskKind::Classification && !question.labels.is_empty()
}

/// Expectation and variance of a guess at one instance.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Chance {
    mean: f64,
    variance: f64,
}

impl Chance {
    /// Of one right label among `labels`.
    fn one_of(labels: usize) -> Self {
        let share = 1.0 / labels as f64;
        Self { mean: 100.0 * share, variance: 100.0 * 100.0 * share * (1.0 - share) }
    }

    /// Of labels that score so.
    fn among(scores: &[f64]) -> Self {
        let mean = mean(scores).unwrap_or(0.0);
        let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
        Self { mean, variance: squares / scores.len().max(1) as f64 }
    }
}

/// Task name → the chances of its instances.
type Chances<'q> = BTreeMap<&'q str, Vec<Chance>>;

fn guesses<'q>(
    questions: &[&'q Question],
    id: &str,
    settings: &Settings,
    registry: &Registry,
) -> Result<Chances<'q>, PluginError> {
    let mut chances = Chances::new();
    let metric = registry.metric(id)?;
    if !metric.judges(TaskKind::Classification) || metric.sees_all_answers() {
        return Ok(chances);
    }
    let found = if EXACT.contains(&id) {
        questions.iter().map(|question| Chance::one_of(question.labels.len())).collect()
    } else {
        scored_labels(questions, id, settings, registry)?
    };
    for (question, chance) in questions.iter().zip(found) {
        chances.entry(&question.task).or_default().push(chance);
    }
    Ok(chances)
}

/// The chances by asking the metric what every label would score.
fn scored_labels(
    questions: &[&Question],
    id: &str,
    settings: &Settings,
    registry: &Registry,
) -> Result<Vec<Chance>, PluginError> {
    let items: Vec<_> = questions.iter().flat_map(|question| guessed_items(question)).collect();
    let scores = registry.score(id, settings, &items)?;
    let mut rest = scores.as_slice();
    let chances = questions.iter().map(|question| {
        let (of_question, others) = rest.split_at(question.labels.len());
        rest = others;
        Chance::among(of_question)
    });
    Ok(chances.collect())
}

fn guessed_items(question: &Question) -> impl Iterator<Item = ScoreItem> {
    question.labels.iter().map(|label| ScoreItem {
        task: question.task.clone(),
        instance: question.instance.clone(),
        kind: question.kind,
        labels: question.labels.clone(),
        prediction: label.clone(),
        references: question.references.clone(),
    })
}

fn expected(
    scores: &Scores,
    id: &str,
    settings: Settings,
    chances: &Chances,
    registry: &Registry,
) -> Result<MetricScores, PluginError> {
    let means = |chances: &Vec<Chance>| chances.iter().map(|chance| chance.mean).collect();
    let by_task = chances.iter().map(|(task, chances)| ((*task).to_owned(), means(chances))).collect();
    let version = registry.metric(id)?.version().to_owned();
    let mut expected = scores.aggregated(id, &version, settings, by_task);
    expected.guess = expected.classification.map(|mean| guess(scores, id, mean, chances));
    Ok(expected)
}

fn guess(scores: &Scores, id: &str, expected: f64, chances: &Chances) -> Guess {
    let (low, high) = normal_interval(expected, variance(chances));
    Guess {
        expected,
        floored: EXACT.contains(&id).then(|| floored(scores, chances)).flatten(),
        low,
        high,
        tasks: chances.len(),
        left_out: scores.tasks.len() - chances.len(),
    }
}

/// The variance of the mean over tasks of means over instances, guesses being independent.
fn variance(chances: &Chances) -> f64 {
    let of_task = |chances: &Vec<Chance>| {
        let sum: f64 = chances.iter().map(|chance| chance.variance).sum();
        sum / (chances.len() as f64).powi(2)
    };
    chances.values().map(of_task).sum::<f64>() / (chances.len() as f64).powi(2)
}

/// Kung & Peng's count: ⌊n / k⌋ right answers of the n instances of each task.
fn floored(scores: &Scores, chances: &Chances) -> Option<f64> {
    let of_task = |(task, chances): (&&str, &Vec<Chance>)| {
        let labels = scores.tasks[*task].answers.labels.len();
        100.0 * (chances.len() / labels) as f64 / chances.len() as f64
    };
    mean(&chances.iter().map(of_task).collect::<Vec<_>>())
}
