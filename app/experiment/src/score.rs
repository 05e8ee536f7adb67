//! Scores: metrics over generations, per instance, per task and in the study's three aggregates.
//!
//! Aggregation as in Kung & Peng (ACL 2023): overall is the mean over all instances; classification and generation are
//! means of per-task scores. Numbers are kept whole; [`report`](crate::report) rounds them once.

use std::collections::BTreeMap;

use placebo_plugin_api::{ScoreItem, Settings, TaskKind};
use serde::{Deserialize, Serialize};

use crate::corpus::Question;
use crate::generation::Generation;
use crate::plan::MetricPlan;
use crate::plugin::{PluginError, Registry};
use crate::statistics::mean;

/// What scoring must know of a task, kept with the scores so that a later metric needs no task files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnswerSpace {
    /// Whether the answers are labels or free text.
    pub kind: TaskKind,
    /// The labels; none for generation.
    pub labels: Vec<String>,
}

impl AnswerSpace {
    /// Task name → its answers, for all tasks of a test set.
    pub fn of(questions: &[Question]) -> BTreeMap<String, AnswerSpace> {
        let space = |question: &Question| AnswerSpace { kind: question.kind, labels: question.labels.clone() };
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

impl Scores {
    /// The tasks without any instance or metric yet.
    pub(crate) fn of_tasks(spaces: &BTreeMap<String, AnswerSpace>) -> Self {
        let task = |answers: &AnswerSpace| ScoredTask { answers: answers.clone(), instances: Vec::new() };
        let tasks = spaces.iter().map(|(name, answers)| (name.clone(), task(answers))).collect();
        Self { tasks, metrics: Vec::new() }
    }

    /// Appends an instance; a task that nothing is known of is taken for a generation task.
    pub(crate) fn add_instance(&mut self, task: &str, instance: &str) {
        let unknown = || ScoredTask { answers: AnswerSpace::default(), instances: Vec::new() };
        self.tasks.entry(task.to_owned()).or_insert_with(unknown).instances.push(instance.to_owned());
    }

    /// Adds the metrics that are not there yet, so that a run can be scored anew without being run anew.
    ///
    /// # Errors
    /// A metric that is not loaded, does not take its settings, or fails.
    pub fn add(
        &mut self,
        generations: &[Generation],
        metrics: &[MetricPlan],
        registry: &Registry,
    ) -> Result<(), PluginError> {
        for metric in metrics {
            registry.metric(&metric.id)?;
            let settings = registry.resolve_settings(&metric.id, &metric.settings)?;
            if self.find(&metric.id, Some(&settings)).is_none() {
                let scored = self.measure(generations, &metric.id, settings, registry)?;
                self.metrics.push(scored);
            }
        }
        Ok(())
    }

    /// The scores of a metric: the first of this id, or the one with exactly these settings.
    pub fn find(&self, id: &str, settings: Option<&Settings>) -> Option<&MetricScores> {
        let fits =
            |scored: &&MetricScores| scored.id == id && settings.is_none_or(|settings| *settings == scored.settings);
        self.metrics.iter().find(fits)
    }

    /// Instances of all tasks.
    pub fn instance_count(&self) -> usize {
        self.tasks.values().map(|task| task.instances.len()).sum()
    }

    /// Tasks with at least one answer.
    pub fn answered_task_count(&self) -> usize {
        self.tasks.values().filter(|task| !task.instances.is_empty()).count()
    }

    fn measure(
        &self,
        generations: &[Generation],
        id: &str,
        settings: Settings,
        registry: &Registry,
    ) -> Result<MetricScores, PluginError> {
        let plugin = registry.metric(id)?;
        let judged = |item: &ScoreItem| plugin.judges(item.kind);
        let items: Vec<_> = generations.iter().map(|generation| self.item(generation)).filter(judged).collect();
        let scores = registry.score(id, &settings, &items)?;
        let mut by_task: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for (item, score) in items.into_iter().zip(scores) {
            by_task.entry(item.task).or_default().push(score);
        }
        Ok(self.aggregated(id, plugin.version(), settings, by_task))
    }

    fn item(&self, generation: &Generation) -> ScoreItem {
        let answers = self.tasks.get(&generation.task).map(|task| task.answers.clone()).unwrap_or_default();
        ScoreItem {
            task: generation.task.clone(),
            instance: generation.instance.clone(),
            kind: answers.kind,
            labels: answers.labels,
            prediction: generation.prediction.clone(),
            references: generation.references.clone(),
        }
    }

    /// The aggregates of per-instance scores.
    pub(crate) fn aggregated(
        &self,
        id: &str,
        version: &str,
        settings: Settings,
        by_task: BTreeMap<String, Vec<f64>>,
    ) -> MetricScores {
        let all: Vec<f64> = by_task.values().flatten().copied().collect();
        let is_whole = self.tasks.keys().all(|task| by_task.contains_key(task));
        let tasks: BTreeMap<_, _> = by_task
            .into_iter()
            .filter_map(|(task, instances)| Some((task, TaskScores { mean: mean(&instances)?, instances })))
            .collect();
        MetricScores {
            id: id.to_owned(),
            version: version.to_owned(),
            settings,
            overall: mean(&all).filter(|_| is_whole),
            classification: self.mean_of_kind(&tasks, TaskKind::Classification),
            generation: self.mean_of_kind(&tasks, TaskKind::Generation),
            guess: None,
            tasks,
        }
    }

    fn mean_of_kind(&self, scores: &BTreeMap<String, TaskScores>, kind: TaskKind) -> Option<f64> {
        let of_kind = |name: &str| self.tasks.get(name).is_some_and(|task| task.answers.kind == kind);
        let means: Vec<f64> = scores.iter().filter(|(name, _)| of_kind(name)).map(|(_, scores)| scores.mean).collect();
        mean(&means)
    }
}

/// Scores generations under all metrics; `spaces` holds every task that should have been answered.
///
/// # Errors
/// A metric that is not loaded, does not take its settings, or fails.
pub fn score(
    generations: &[Generation],
    spaces: &BTreeMap<String, AnswerSpace>,
    metrics: &[MetricPlan],
    registry: &Registry,
) -> Result<Scores, PluginError> {
    let mut scores = Scores::of_tasks(spaces);
    for generation in generations {
        scores.add_instance(&generation.task, &generation.instance);
    }
    scores.add(generations, metrics, registry)?;
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaces() -> BTreeMap<String, AnswerSpace> {
        let labels = vec!["yes".to_owned(), "no".to_owned()];
        BTreeMap::from([
            ("a".to_owned(), AnswerSpace { kind: TaskKind::Classification, labels }),
            ("b".to_owned(), AnswerSpace::default()),
        ])
    }

    fn generation(task: &str, instance: &str, prediction: &str, references: &[&str]) -> Generation {
        Generation {
            task: task.to_owned(),
            instance: instance.to_owned(),
            prompt_sha256: String::new(),
            prediction: prediction.to_owned(),
            references: references.iter().map(|reference| (*reference).to_owned()).collect(),
        }
    }

    fn generations() -> Vec<Generation> {
        vec![
            generation("a", "1", "Yes.", &["yes"]),
            generation("b", "3", "the cat", &["a dog", "the cat"]),
            generation("a", "2", "perhaps", &["no"]),
            generation("b", "4", "", &["x"]),
            generation("b", "5", "", &["x"]),
        ]
    }

    fn scored(metrics: &[&str]) -> Scores {
        let metrics: Vec<_> = metrics.iter().map(|id| MetricPlan::new(id)).collect();
        score(&generations(), &spaces(), &metrics, &Registry::discover()).unwrap()
    }

    #[test]
    fn overall_is_over_instances_and_the_kinds_are_over_tasks() {
        let scores = scored(&["exact-match"]);
        let exact = scores.find("exact-match", None).unwrap();
        assert_eq!(exact.tasks["a"].instances, [100.0, 0.0]);
        assert_eq!(exact.overall, Some(40.0));
        assert_eq!(exact.classification, Some(50.0));
        assert_eq!(exact.generation, Some(100.0 / 3.0));
        assert_eq!(scores.tasks["b"].instances, ["3", "4", "5"]);
    }

    #[test]
    fn a_metric_judges_its_own_kinds_alone() {
        let scores = scored(&["format-correctness"]);
        let format = scores.find("format-correctness", None).unwrap();
        assert_eq!((format.overall, format.generation), (None, None));
        assert_eq!(format.tasks.keys().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn a_later_metric_is_added_and_the_others_stay() {
        let mut scores = scored(&["exact-match"]);
        let before = scores.metrics.clone();
        let metrics = [MetricPlan::new("exact-match"), MetricPlan::new("rouge-l")];
        scores.add(&generations(), &metrics, &Registry::discover()).unwrap();
        assert_eq!(scores.metrics[..1], before);
        assert_eq!(scores, scored(&["exact-match", "rouge-l"]));
    }

    #[test]
    fn scores_survive_their_file_to_the_last_digit() {
        let scores = scored(&["exact-match", "rouge-l"]);
        let json = serde_json::to_string(&scores).unwrap();
        assert_eq!(serde_json::from_str::<Scores>(&json).unwrap(), scores);
    }

    #[test]
    fn an_unknown_metric_is_refused() {
        let error = score(&generations(), &spaces(), &[MetricPlan::new("rouge")], &Registry::discover()).unwrap_err();
        assert!(error.to_string().contains("metric `rouge`"), "{error}");
    }
}
