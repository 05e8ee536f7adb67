//! What is said of the cells of one column: intervals, differences to the baseline, and tests.

use rayon::prelude::*;

use super::Groups;
use super::blocks::{Blocks, Runs};
use super::refusals::{Refused, What};
use super::sample::Sample;
use crate::report::row::Key;
use crate::report::{Column, Difference, IntervalMethod, Question, Test};
use crate::statistics::{
    Components, Contrast, Crossed, Interval, Redrawn, StatisticsError, TwoWay, performance_drop_rate,
};

/// A question about one column.
pub(super) struct Asked<'q, 'r> {
    pub(super) question: &'q Question,
    pub(super) groups: &'q Groups<'r>,
    pub(super) column: &'q Column,
    /// Told the share that is done.
    pub(super) progress: &'q (dyn Fn(f64) + Sync),
}

/// What is said of one cell.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) interval: Option<Interval>,
    pub(super) difference: Option<Difference>,
    pub(super) refusals: Vec<Refused>,
}

/// A block with its tasks and instances redrawn.
type Prepared<'s> = Result<(Crossed<'s>, Result<Redrawn, StatisticsError>), StatisticsError>;

impl<'r> Asked<'_, 'r> {
    /// One answer per row, in their order.
    pub(super) fn answers(&self) -> Vec<Answer> {
        let cells = self.cells();
        let answers = (0..self.groups.len()).into_par_iter().map(|at| cells.answer(at)).collect();
        (self.progress)(1.0);
        answers
    }

    /// The cells with everything that their answers need.
    pub(super) fn cells(&self) -> Cells<'_, '_, 'r> {
        let (blocks, rows) = Blocks::of(self.groups, self.column);
        let prepared = blocks.crossed(self.column).into_iter().map(|crossed| self.prepare(crossed)).collect();
        Cells { asked: self, blocks, rows, prepared }
    }

    /// Redraws a block where anything needs resamples.
    fn prepare(&self, crossed: Result<Crossed<'r>, StatisticsError>) -> Prepared<'r> {
        let crossed = crossed?;
        let needs_resamples = matches!(self.question.interval, Some(IntervalMethod::Percentile | IntervalMethod::Bca))
            || self.question.test == Some(Test::PairedBootstrap);
        let mut resampling = self.question.resampling;
        if !needs_resamples {
            resampling.resamples = 1;
        }
        let told = |done: usize, all: usize| (self.progress)(done as f64 / all.max(1) as f64);
        let redrawn = crossed.redraw(self.question.unit, resampling, &told);
        Ok((crossed, redrawn))
    }
}

/// All cells of a column.
pub(super) struct Cells<'a, 'q, 'r> {
    asked: &'a Asked<'q, 'r>,
    blocks: Blocks<'r>,
    rows: Vec<Option<Result<Runs, String>>>,
    prepared: Vec<Prepared<'r>>,
}

impl Cells<'_, '_, '_> {
    fn answer(&self, at: usize) -> Answer {
        let mut answer = Answer::default();
        let runs = match &self.rows[at] {
            None => return answer,
            Some(Ok(runs)) => runs,
            Some(Err(reason)) => {
                answer.refusals.push(Refused { what: What::Statistics, reason: reason.clone() });
                return answer;
            }
        };
        let question = self.asked.question;
        if let Some(method) = question.interval {
            let sample = self.sample(runs, runs.levels(), runs.has_seeds);
            let interval = sample.and_then(|sample| sample.interval(method, question));
            answer.interval = answer.kept(What::Interval, interval);
        }
        if let Some(baseline) = self.baseline(at) {
            let sample = baseline.and_then(|baseline| self.paired(runs, baseline));
            let sample = answer.kept(What::Difference, sample);
            answer.difference = sample.map(|sample| self.described(&sample, &mut answer));
        }
        answer
    }

    fn sample(&self, runs: &Runs, contrasts: Vec<Contrast>, has_seeds: bool) -> Result<Sample<'_>, StatisticsError> {
        let (crossed, redrawn) = self.prepared[runs.block].as_ref().map_err(Clone::clone)?;
        Ok(Sample { crossed, redrawn, contrasts, has_seeds })
    }

    /// The row that a row is compared with, or why there is none; `None` where there is nothing to compare.
    fn baseline(&self, at: usize) -> Option<Result<&Runs, String>> {
        let name = self.asked.question.baseline.as_ref()?;
        let key = |at: usize| &self.asked.groups[at].0;
        let is_baseline = |other: &Key| other.plan() == key(at).plan() && other.condition() == name;
        let candidates: Vec<usize> = (0..self.rows.len()).filter(|other| is_baseline(key(*other))).collect();
        let fits = |other: &&usize| key(**other).size() == key(at).size() || key(**other).size().is_none();
        let found = match (candidates.iter().find(fits), candidates.as_slice()) {
            _ if candidates.contains(&at) => return None,
            (Some(found), _) => *found,
            (None, [only]) if key(at).size().is_none() => *only,
            (None, []) => return Some(Err(format!("the baseline is not among the plan's conditions: `{name}`"))),
            (None, _) if key(at).size().is_none() => {
                return Some(Err(format!("the baseline has several sizes and this row has none: `{name}`")));
            }
            (None, _) => return Some(Err(format!("the baseline has no run of this size: `{name}`"))),
        };
        let missing = || Err(format!("the baseline has no number here: `{name}`"));
        Some(self.rows[found].as_ref().map_or_else(missing, |runs| runs.as_ref().map_err(Clone::clone)))
    }

    /// How the difference of a row to the baseline varies, and over how many tasks.
    pub(super) fn variation(&self, at: usize) -> Option<(Components, usize)> {
        let (runs, baseline) = (self.rows[at].as_ref()?.as_ref().ok()?, self.baseline(at)?.ok()?);
        let sample = self.paired(runs, baseline).ok()?;
        let two_way = TwoWay::of(&sample.crossed.table(&sample.contrasts)).ok()?;
        Some((two_way.components(), sample.crossed.tasks()))
    }

    /// A row less the baseline.
    fn paired(&self, runs: &Runs, baseline: &Runs) -> Result<Sample<'_>, String> {
        if runs.block != baseline.block {
            return Err(self.blocks.disagreement(runs.block, baseline.block));
        }
        let contrasts = runs.less(baseline);
        if contrasts.is_empty() {
            return Err("row and baseline have no seed in common".to_owned());
        }
        let has_seeds = runs.has_seeds || baseline.has_seeds;
        self.sample(runs, contrasts, has_seeds).map_err(|error| error.to_string())
    }

    fn described(&self, sample: &Sample, answer: &mut Answer) -> Difference {
        let question = self.asked.question;
        let interval = question.interval.map(|method| sample.interval(method, question));
        let interval = interval.and_then(|interval| answer.kept(What::DifferenceInterval, interval));
        let p = question.test.map(|test| sample.test(test, question));
        let [this, base] = sample.sides();
        Difference {
            points: this - base,
            interval,
            drop_rate: performance_drop_rate(base, this),
            cohens_d: sample.cohens_d(question).ok(),
            p: p.and_then(|p| answer.kept(What::Test, p)),
            seeds: if sample.has_seeds { sample.contrasts.len() } else { 0 },
            tasks: sample.crossed.tasks(),
            instances: sample.crossed.instances(),
        }
    }
}

impl Answer {
    /// The value, or nothing and a refusal.
    fn kept<T, E: ToString>(&mut self, what: What, found: Result<T, E>) -> Option<T> {
        found.map_err(|error| self.refusals.push(Refused { what, reason: error.to_string() })).ok()
    }
}
