//! Agreement: how far two runs give the same answers, whatever the right ones are.
//!
//! One run's answers are scored with the other's as references, so any metric of single answers tells how far they agree:
//! exact match counts equal answers, ROUGE-L tells how much they have in common.

use std::collections::BTreeMap;

use placebo_plugin_api::{ScoreItem, Settings};
use serde::Serialize;

use super::row::{Key, grouped};
use super::{Record, rounded};
use crate::generation::Generation;
use crate::plugin::{PluginError, Registry};
use crate::results::{ResultsError, RunFolder};
use crate::score::AnswerSpace;
use crate::statistics::mean;

/// How far the runs of conditions agree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The metric under which one run's answers are held against another's.
    pub metric: String,
    /// One per condition and size, in the plan's order.
    pub rows: Vec<AgreementRow>,
}

/// How far the runs of one condition at one size agree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementRow {
    /// The plan's name.
    pub plan: String,
    /// The condition's name.
    pub condition: String,
    /// Instances per training task.
    pub train_instances_per_task: usize,
    /// Finished runs.
    pub seeds: usize,
    /// Mean over all pairs of seeds; `None` of fewer than two.
    pub between_seeds: Option<f64>,
    /// Mean over the seeds that the condition shares with the one that alters nothing; `None` of that itself.
    pub with_original: Option<f64>,
}

/// Why agreement cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum AgreementError {
    /// A run's answers cannot be read.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// The metric cannot be used.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// The metric looks at all answers to a task, so one answer cannot be held against another.
    #[error("it scores all answers to a task at once; agreement wants a metric of single answers: `{0}`")]
    NotOfSingleAnswers(String),
}

/// Compares the answers of finished runs in pairs: of one condition under different seeds, and of each condition and the one
/// of its plan that alters nothing, under the same seed.
///
/// # Errors
/// Answers that cannot be read, or a metric that is not loaded, fails, or does not score single answers.
pub fn agreement(records: &[Record], metric: &str, registry: &Registry) -> Result<Agreement, AgreementError> {
    if registry.metric(metric)?.sees_all_answers() {
        return Err(AgreementError::NotOfSingleAnswers(metric.to_owned()));
    }
    let groups: Vec<Group> = grouped(records)
        .iter()
        .filter_map(|(key, runs)| Group::read(key, runs).transpose())
        .collect::<Result<_, _>>()?;
    let judge = Judge { metric, registry };
    let rows = groups.iter().map(|group| judge.row(group, &groups)).collect::<Result<_, _>>()?;
    Ok(Agreement { metric: metric.to_owned(), rows })
}

/// The finished runs of a condition at a size.
struct Group {
    plan: String,
    condition: String,
    size: usize,
    alters_nothing: bool,
    /// In the order of the seeds.
    runs: BTreeMap<u64, Answers>,
}

/// The answers of one run, in the order of tasks and instances.
struct Answers {
    answers: BTreeMap<(String, String), Generation>,
    spaces: BTreeMap<String, AnswerSpace>,
}

impl Group {
    /// Nothing of a baseline, which has no seeds, and of a condition without a finished run.
    fn read(key: &Key, records: &[&Record]) -> Result<Option<Self>, ResultsError> {
        let Some((size, first)) = key.size().zip(records.first()) else { return Ok(None) };
        let mut runs = BTreeMap::new();
        for record in records {
            runs.extend(Answers::read(record)?.map(|answers| (record.spec.seed, answers)));
        }
        let alters_nothing = first.spec.condition.transforms.is_empty();
        let (plan, condition) = (key.plan().to_owned(), key.condition().to_owned());
        Ok((!runs.is_empty()).then_some(Self { plan, condition, size, alters_nothing, runs }))
    }
}

impl Answers {
    fn read(record: &Record) -> Result<Option<Self>, ResultsError> {
        let Some(scores) = &record.scores else { return Ok(None) };
        let generations = RunFolder::open(&record.path)?.generations()?;
        let place = |generation: Generation| ((generation.task.clone(), generation.instance.clone()), generation);
        let spaces = scores.tasks.iter().map(|(task, scored)| (task.clone(), scored.answers.clone()));
        Ok(Some(Self { answers: generations.into_iter().map(place).collect(), spaces: spaces.collect() }))
    }

    /// These answers, with the other run's to the same questions as references.
    fn against<'a>(&'a self, other: &'a Answers) -> impl Iterator<Item = ScoreItem> + 'a {
        let both = self.answers.iter().filter_map(|(place, own)| Some((own, other.answers.get(place)?)));
        both.map(|(own, other)| {
            let AnswerSpace { kind, labels, .. } = self.spaces.get(&own.task).cloned().unwrap_or_default();
            ScoreItem {
                task: own.task.clone(),
                instance: own.instance.clone(),
                kind,
                labels,
                prediction: own.prediction.clone(),
                references: vec![other.prediction.clone()],
            }
        })
    }
}

/// The metric at work.
struct Judge<'j> {
    metric: &'j str,
    registry: &'j Registry,
}

impl Judge<'_> {
    fn row(&self, group: &Group, groups: &[Group]) -> Result<AgreementRow, PluginError> {
        let runs: Vec<&Answers> = group.runs.values().collect();
        let pairs = runs.iter().enumerate().flat_map(|(at, one)| runs[at + 1..].iter().map(|other| (*one, *other)));
        let is_original =
            |other: &&Group| other.alters_nothing && (&other.plan, other.size) == (&group.plan, group.size);
        let original = groups.iter().find(is_original).filter(|_| !group.alters_nothing);
        let shared = group.runs.iter().filter_map(|(seed, own)| Some((own, original?.runs.get(seed)?)));
        Ok(AgreementRow {
            plan: group.plan.clone(),
            condition: group.condition.clone(),
            train_instances_per_task: group.size,
            seeds: runs.len(),
            between_seeds: self.mean(pairs)?,
            with_original: self.mean(shared)?,
        })
    }

    /// Mean over pairs of runs, rounded.
    fn mean<'a>(&self, pairs: impl Iterator<Item = (&'a Answers, &'a Answers)>) -> Result<Option<f64>, PluginError> {
        let all = pairs.map(|(one, other)| self.pair(one, other)).collect::<Result<Vec<_>, _>>()?;
        let told: Vec<f64> = all.into_iter().flatten().collect();
        Ok(mean(&told).map(rounded))
    }

    /// Mean over tasks of the mean over instances.
    fn pair(&self, one: &Answers, other: &Answers) -> Result<Option<f64>, PluginError> {
        let metric = self.registry.metric(self.metric)?;
        let items: Vec<_> = one.against(other).filter(|item| metric.judges(item.kind)).collect();
        let scores = self.registry.score(self.metric, &Settings::default(), &items)?;
        let mut tasks: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (item, score) in items.iter().zip(scores) {
            tasks.entry(&item.task).or_default().push(score);
        }
        Ok(mean(&tasks.values().filter_map(|scores| mean(scores)).collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::report::read_records;
    use crate::report::testing::empty;
    use crate::results::testing::spec;
    use crate::run_spec::RunSpec;
    use crate::score::score;

    /// A finished run with these answers to two instances of task `a` and one of task `b`.
    fn finish(results: &Path, spec: &RunSpec, answers: [&str; 3], registry: &Registry) {
        let folder = RunFolder::create(results, spec).unwrap();
        let places = [("a", "1"), ("a", "2"), ("b", "3")];
        let generation = |((task, instance), prediction): ((&str, &str), &str)| Generation {
            task: task.into(),
            instance: instance.into(),
            prompt_sha256: String::new(),
            prediction: prediction.into(),
            references: vec!["right".into()],
        };
        let generations: Vec<_> = places.into_iter().zip(answers).map(generation).collect();
        folder.write_generations(&generations).unwrap();
        folder.write_scores(&score(&generations, &BTreeMap::new(), &[], registry).unwrap()).unwrap();
    }

    #[test]
    fn seeds_and_conditions_are_held_against_each_other() {
        let (results, registry) = (tempfile::tempdir().unwrap(), Registry::discover());
        let finish = |spec: &RunSpec, answers| finish(results.path(), spec, answers, &registry);
        finish(&spec(1), ["x", "y", "z"]);
        finish(&spec(2), ["X.", "no", "z"]);
        finish(&empty(1), ["x", "y", "w"]);
        let records = read_records(results.path()).unwrap().0;
        let found = agreement(&records, "exact-match", &registry).unwrap();
        let rows: Vec<_> = found.rows.iter().map(|row| (row.seeds, row.between_seeds, row.with_original)).collect();
        // Half of task a and all of task b; all of task a and nothing of task b.
        assert_eq!(rows, [(1, None, Some(50.0)), (2, Some(75.0), None)]);
        let names: Vec<_> = found.rows.iter().map(|row| row.condition.as_str()).collect();
        assert_eq!(names, ["Empty & bare", "Original"]);
        let error = agreement(&records, "majority-share", &registry).unwrap_err().to_string();
        assert!(error.starts_with("it scores all answers to a task at once"), "{error}");
    }
}
