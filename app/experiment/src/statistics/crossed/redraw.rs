//! The tasks and instances of a resample, drawn once for all runs.
//!
//! Where instances stay as they are, the means per run and task are sufficient: a resample is a vector of counts over
//! tasks, and all resamples together are a product of two matrices.

use std::sync::atomic::{AtomicUsize, Ordering};

use placebo_plugin_api::Rng;
use rayon::prelude::*;

use super::{Crossed, Redrawn};
use crate::statistics::{Resampling, StatisticsError, Unit};

/// Resamples that are worked on together, so that a task's scores are fetched once for all of them.
const BLOCK: usize = 32;

/// Told how many of how many resamples are done, from any thread.
pub type Progress<'p> = dyn Fn(usize, usize) + Sync + 'p;

impl Crossed<'_> {
    /// Draws tasks and instances anew, as far as the unit says; [`Redrawn`] then draws the seeds.
    ///
    /// Resample `r` draws from [`Resampling::rng`] of `r`: first its tasks, then task by task in their order the
    /// instances of every time that the task was drawn.
    ///
    /// # Errors
    /// No resamples, or fewer than two tasks where tasks are drawn.
    pub fn redraw(&self, unit: Unit, resampling: Resampling, progress: &Progress) -> Result<Redrawn, StatisticsError> {
        self.check(unit, resampling)?;
        let runs = self.means.len();
        let observed = (0..runs).map(|run| self.observed(super::Contrast::level(run))).collect();
        let rows = if unit.has_tasks() || unit.has_instances() { resampling.resamples } else { 0 };
        let mut means = vec![0.0; rows * runs];
        let columns = self.columns(unit);
        let done = AtomicUsize::new(0);
        means.par_chunks_mut(BLOCK * runs).enumerate().for_each(|(block, means)| {
            self.fill(means, &columns, &mut Draws::new(unit, resampling, block * BLOCK));
            let count = means.len() / runs;
            progress(done.fetch_add(count, Ordering::Relaxed) + count, rows);
        });
        Ok(Redrawn { unit, resampling, runs, observed, means })
    }

    fn check(&self, unit: Unit, resampling: Resampling) -> Result<(), StatisticsError> {
        if resampling.resamples == 0 {
            return Err(StatisticsError::TooFew { found: 0, needed: 1, unit: "resamples" });
        }
        if unit.has_tasks() && self.tasks() < 2 {
            return Err(StatisticsError::TooFew { found: self.tasks(), needed: 2, unit: "tasks" });
        }
        Ok(())
    }

    /// Task → row → run, a row being a drawn thing: an instance where instances are drawn, or else the whole task.
    /// Weights are in the numbers, so that a task's number is the sum over its rows.
    fn columns(&self, unit: Unit) -> Vec<Vec<f64>> {
        let of_task = |task: usize| {
            let instances = self.scores[0][task].len();
            let rows = if unit.has_instances() { instances } else { 1 };
            let weight = self.weights[task] / rows as f64;
            let number = |row: usize, run: usize| match unit.has_instances() {
                true => self.scores[run][task][row],
                false => self.means[run][task],
            };
            let rows = (0..rows).flat_map(|row| (0..self.means.len()).map(move |run| weight * number(row, run)));
            rows.collect()
        };
        (0..self.tasks()).map(of_task).collect()
    }

    /// The means of a block of resamples, resample → run.
    fn fill(&self, means: &mut [f64], columns: &[Vec<f64>], draws: &mut Draws) {
        let runs = self.means.len();
        let tasks: Vec<Vec<u32>> = (0..means.len() / runs).map(|at| draws.tasks(at, self.tasks())).collect();
        for (task, column) in columns.iter().enumerate() {
            for (at, means) in means.chunks_mut(runs).enumerate() {
                let counts = draws.rows(at, tasks[at][task], column.len() / runs);
                for (row, count) in column.chunks(runs).zip(counts).filter(|(_, count)| *count > 0) {
                    add(means, row, f64::from(count));
                }
            }
        }
        for (means, tasks) in means.chunks_mut(runs).zip(&tasks) {
            let drawn: f64 = tasks.iter().zip(&self.weights).map(|(count, weight)| f64::from(*count) * weight).sum();
            means.iter_mut().for_each(|mean| *mean /= drawn);
        }
    }
}

fn add(means: &mut [f64], row: &[f64], count: f64) {
    for (mean, number) in means.iter_mut().zip(row) {
        *mean += count * number;
    }
}

/// The generators of a block of resamples.
struct Draws {
    unit: Unit,
    generators: Vec<Rng>,
}

impl Draws {
    fn new(unit: Unit, resampling: Resampling, first: usize) -> Self {
        Self { unit, generators: (first..first + BLOCK).map(|index| resampling.rng(index)).collect() }
    }

    /// How often each task is drawn.
    fn tasks(&mut self, resample: usize, tasks: usize) -> Vec<u32> {
        if self.unit.has_tasks() { counts(&mut self.generators[resample], tasks, 1) } else { vec![1; tasks] }
    }

    /// How often each row of a task is drawn that was itself drawn so many times.
    fn rows(&mut self, resample: usize, times: u32, rows: usize) -> Vec<u32> {
        let rng = &mut self.generators[resample];
        if self.unit.has_instances() { counts(rng, rows, times) } else { vec![times; rows] }
    }
}

/// Draws `n` of `n` things with replacement, `times` over.
fn counts(rng: &mut Rng, n: usize, times: u32) -> Vec<u32> {
    let mut counts = vec![0; n];
    for _ in 0..n * times as usize {
        counts[rng.below(n)] += 1;
    }
    counts
}
