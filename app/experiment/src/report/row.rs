//! A row of a comparison: one condition at one size, over its seeds.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Cell, Column, Record};
use crate::run_spec::RunKind;
use crate::score::Scores;

/// What makes runs repetitions of each other: all of this is the same, only the seed differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    plan: String,
    kind: RunKind,
    place: usize,
    condition: String,
    train_instances_per_task: usize,
}

/// Records by what they repeat, in the order of the table.
pub(super) fn grouped<'r>(records: impl IntoIterator<Item = &'r Record>) -> Vec<(Key, Vec<&'r Record>)> {
    let mut by_key: BTreeMap<Key, Vec<&Record>> = BTreeMap::new();
    for record in records {
        by_key.entry(Key::of(record)).or_default().push(record);
    }
    by_key.into_iter().collect()
}

impl Key {
    /// The key's order is the table's: by plan, conditions before baselines, conditions as in the plan, sizes rising.
    pub(super) fn of(record: &Record) -> Self {
        let spec = &record.spec;
        Self {
            plan: spec.plan.clone(),
            kind: spec.kind,
            place: record.place,
            condition: spec.condition.name.clone(),
            train_instances_per_task: spec.data.train_instances_per_task,
        }
    }
}

impl Key {
    /// The plan's name.
    pub(super) fn plan(&self) -> &str {
        &self.plan
    }

    /// The condition's name.
    pub(super) fn condition(&self) -> &str {
        &self.condition
    }

    /// Instances per training task; `None` of a baseline.
    pub(super) fn size(&self) -> Option<usize> {
        (self.kind == RunKind::FineTune).then_some(self.train_instances_per_task)
    }
}

/// One condition at one size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The plan's name.
    pub plan: String,
    /// Fine-tuned, or which baseline.
    pub kind: RunKind,
    /// The condition's name.
    pub condition: String,
    /// Instances per training task; `None` of a baseline.
    pub train_instances_per_task: Option<usize>,
    /// Distinct seeds among the finished runs; 0 of a baseline that has none.
    pub seeds: usize,
    /// Tasks answered.
    pub tasks: usize,
    /// Instances answered.
    pub instances: usize,
    /// Runs of the grid that are not finished.
    pub missing: usize,
    /// One per column; `None` where there is no such number.
    pub cells: Vec<Option<Cell>>,
}

impl Row {
    pub(super) fn of(key: &Key, records: &[&Record], columns: &[Column]) -> Self {
        let finished: Vec<_> =
            records.iter().filter_map(|record| Some((record.spec.seed, record.scores.as_ref()?))).collect();
        let scores: Vec<&Scores> = finished.iter().map(|(_, scores)| *scores).collect();
        let is_tuned = key.kind == RunKind::FineTune;
        let seeds: BTreeSet<_> = finished.iter().filter(|_| is_tuned).map(|(seed, _)| seed).collect();
        let largest = |count: fn(&Scores) -> usize| scores.iter().map(|scores| count(scores)).max().unwrap_or(0);
        Self {
            plan: key.plan.clone(),
            kind: key.kind,
            condition: key.condition.clone(),
            train_instances_per_task: key.size(),
            seeds: seeds.len(),
            tasks: largest(Scores::answered_task_count),
            instances: largest(Scores::instance_count),
            missing: records.len() - finished.len(),
            cells: columns.iter().map(|column| Cell::of(column, &scores)).collect(),
        }
    }
}
