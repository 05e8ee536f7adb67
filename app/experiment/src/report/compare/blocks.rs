//! Blocks: the runs of a column that answered the same instances of the same tasks, and so can be paired.

use super::Groups;
use crate::report::row::Key;
use crate::report::{Aggregate, Column, Record};
use crate::score::Scores;
use crate::statistics::{Contrast, Crossed, StatisticsError, Weighting};

/// What a run answered under a column: its tasks in the order of their names, with instances and scores.
type Answers<'s> = Vec<Answered<'s>>;

#[derive(Debug, Clone, Copy)]
struct Answered<'s> {
    task: &'s str,
    instances: &'s [String],
    scores: &'s [f64],
}

/// Runs that can be paired.
pub(super) struct Block<'s> {
    /// What every run of the block answered, by the example of the first.
    answers: Answers<'s>,
    /// Run → task → instance.
    scores: Vec<Vec<&'s [f64]>>,
}

/// The runs of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Runs {
    /// The block that all of them belong to.
    pub(super) block: usize,
    /// Each seed's place in the block.
    by_seed: Vec<(u64, usize)>,
    /// Whether the result depends on the seed; a baseline's does not.
    pub(super) has_seeds: bool,
}

/// The blocks of a column.
#[derive(Default)]
pub(super) struct Blocks<'s> {
    blocks: Vec<Block<'s>>,
}

impl<'s> Blocks<'s> {
    /// Sorts the finished runs into blocks; a row comes out as `None` without the column's number, and is refused with
    /// the reason where its own runs cannot be set beside each other.
    pub(super) fn of(groups: &Groups<'s>, column: &Column) -> (Self, Vec<Option<Result<Runs, String>>>) {
        let mut blocks = Blocks::default();
        let runs = groups.iter().map(|(key, records)| blocks.add_row(key, records, column)).collect();
        (blocks, runs)
    }

    /// Every block's scores, each task counting as the column says.
    pub(super) fn crossed(&self, column: &Column) -> Vec<Result<Crossed<'s>, StatisticsError>> {
        let weighting = match column.aggregate {
            Aggregate::Overall => Weighting::Instances,
            _ => Weighting::Tasks,
        };
        self.blocks.iter().map(|block| Crossed::new(block.scores.clone(), weighting)).collect()
    }

    /// The first thing that two blocks do not have in common.
    pub(super) fn disagreement(&self, one: usize, other: usize) -> String {
        disagreement(&self.blocks[one].answers, &self.blocks[other].answers).unwrap_or_default()
    }

    fn add_row(&mut self, key: &Key, records: &[&'s Record], column: &Column) -> Option<Result<Runs, String>> {
        let scored = records.iter().filter_map(|record| Some((record.spec.seed, record.scores.as_ref()?)));
        let scored: Vec<_> = scored.filter(|(_, scores)| column.of(scores).is_some()).collect();
        (!scored.is_empty()).then(|| self.add_runs(key, scored, column))
    }

    fn add_runs(&mut self, key: &Key, mut scored: Vec<(u64, &'s Scores)>, column: &Column) -> Result<Runs, String> {
        scored.sort_by_key(|(seed, _)| *seed);
        if let Some(pair) = scored.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(format!("two runs have the same seed; compare the plans one by one: `{}`", pair[0].0));
        }
        let places: Vec<_> = scored.iter().map(|(seed, scores)| (*seed, self.add(answers(column, scores)))).collect();
        let block = places[0].1.0;
        match places.iter().find(|(_, (other, _))| *other != block) {
            Some((seed, (other, _))) => Err(format!("{}: seed `{seed}`", self.disagreement(block, *other))),
            None => {
                let by_seed = places.into_iter().map(|(seed, (_, place))| (seed, place)).collect();
                Ok(Runs { block, by_seed, has_seeds: key.size().is_some() })
            }
        }
    }

    /// The block and the place in it of a run.
    fn add(&mut self, answers: Answers<'s>) -> (usize, usize) {
        let scores = answers.iter().map(|answered| answered.scores).collect();
        let fits = |block: &Block| disagreement(&block.answers, &answers).is_none();
        let at = self.blocks.iter().position(fits).unwrap_or(self.blocks.len());
        if at == self.blocks.len() {
            self.blocks.push(Block { answers, scores: Vec::new() });
        }
        self.blocks[at].scores.push(scores);
        (at, self.blocks[at].scores.len() - 1)
    }
}

impl Runs {
    /// The row by itself, seed by seed.
    pub(super) fn levels(&self) -> Vec<Contrast> {
        self.by_seed.iter().map(|(_, run)| Contrast::level(*run)).collect()
    }

    /// The row less the baseline, for every seed that both have; what has no seeds is subtracted from all.
    pub(super) fn less(&self, baseline: &Runs) -> Vec<Contrast> {
        let pair = |seed: u64, run: usize| {
            let fits = |(other, _): &&(u64, usize)| *other == seed || !baseline.has_seeds;
            baseline.by_seed.iter().find(fits).map(|(_, less)| Contrast::difference(run, *less))
        };
        match (self.has_seeds, baseline.has_seeds, self.by_seed.as_slice()) {
            (false, true, [(_, run)]) => {
                baseline.by_seed.iter().map(|(_, less)| Contrast::difference(*run, *less)).collect()
            }
            _ => self.by_seed.iter().filter_map(|(seed, run)| pair(*seed, *run)).collect(),
        }
    }
}

fn answers<'s>(column: &Column, scores: &'s Scores) -> Answers<'s> {
    let answered = |(task, task_scores): (&'s str, &'s crate::score::TaskScores)| Answered {
        task,
        instances: scores.tasks.get(task).map_or(&[], |scored| &scored.instances),
        scores: &task_scores.instances,
    };
    column.tasks(scores).map(answered).collect()
}

/// The first thing that two runs did not both answer.
fn disagreement(one: &Answers, other: &Answers) -> Option<String> {
    for (first, second) in one.iter().zip(other) {
        if first.task != second.task {
            return Some(format!("not the same tasks were answered, such as `{}`", first.task.min(second.task)));
        }
        if first.instances != second.instances || first.scores.len() != second.scores.len() {
            return Some(format!("not the same instances were answered, of task `{}`", first.task));
        }
    }
    let longer = if one.len() > other.len() { one } else { other };
    let missing = longer.get(one.len().min(other.len()));
    missing.map(|answered| format!("not the same tasks were answered, such as `{}`", answered.task))
}
