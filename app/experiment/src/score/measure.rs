//! Measuring: generations go to the metrics, and their scores into means.

use std::collections::BTreeMap;

use placebo_plugin_api::{ScoreItem, Settings, TaskKind};

use super::{AnswerSpace, MetricScores, ScoredTask, Scores, TaskScores};
use crate::generation::Generation;
use crate::plan::MetricPlan;
use crate::plugin::{PluginError, Registry};
use crate::statistics::mean;

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
