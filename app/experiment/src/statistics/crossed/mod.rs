//! Crossed scores: every run answered the same instances of the same tasks, one run per seed and condition.
//!
//! Seeds and tasks are crossed, not nested: the tasks of one seed are those of another. So a resample draws seeds and
//! tasks independently of each other (Owen, *The pigeonhole bootstrap*, Annals of Applied Statistics, 2007), and
//! instances within each drawn task. All conditions share the draws, which pairs them.

mod redraw;
mod redrawn;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use redraw::Progress;
pub use redrawn::Redrawn;

use super::error::{StatisticsError, check};
use super::mean;
use super::unit::Level;

/// How the mean over tasks and instances counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weighting {
    /// Every task the same: the mean over tasks of their means.
    Tasks,
    /// Every instance the same: the mean over all instances.
    Instances,
}

/// One seed's number: a run's mean, or how much it differs from another run's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contrast {
    /// The run, by its place.
    pub run: usize,
    /// The run that is subtracted.
    pub less: Option<usize>,
}

/// Scores of runs that share tasks and instances.
#[derive(Debug, Clone)]
pub struct Crossed<'s> {
    /// Run → task → instance.
    scores: Vec<Vec<&'s [f64]>>,
    /// Run → task → mean over instances.
    means: Vec<Vec<f64>>,
    /// Task → its weight in the mean; they add up to 1.
    weights: Vec<f64>,
}

impl Contrast {
    /// A run by itself.
    pub fn level(run: usize) -> Self {
        Self { run, less: None }
    }

    /// A run less another.
    pub fn difference(run: usize, less: usize) -> Self {
        Self { run, less: Some(less) }
    }

    /// The contrast of numbers that each belong to a run.
    fn of(self, number: impl Fn(usize) -> f64) -> f64 {
        number(self.run) - self.less.map_or(0.0, number)
    }
}

impl<'s> Crossed<'s> {
    /// Takes scores as run → task → instance.
    ///
    /// # Errors
    /// No run, task or instance, runs of different shapes, or a score that is not finite.
    pub fn new(scores: Vec<Vec<&'s [f64]>>, weighting: Weighting) -> Result<Self, StatisticsError> {
        let first = scores.first().ok_or(StatisticsError::TooFew { found: 0, needed: 1, unit: "runs" })?;
        check_shapes(&scores)?;
        let raw = |task: &&[f64]| if weighting == Weighting::Tasks { 1.0 } else { task.len() as f64 };
        let total: f64 = first.iter().map(raw).sum();
        let weights = first.iter().map(|task| raw(task) / total).collect();
        let of_task = |task: &&[f64]| mean(task).expect("tasks without instances are refused");
        let means = scores.iter().map(|run| run.iter().map(of_task).collect()).collect();
        Ok(Self { scores, means, weights })
    }

    /// How many tasks every run answered.
    pub fn tasks(&self) -> usize {
        self.weights.len()
    }

    /// How many instances every run answered.
    pub fn instances(&self) -> usize {
        self.scores[0].iter().map(|task| task.len()).sum()
    }

    /// The contrast's number as observed.
    pub fn observed(&self, contrast: Contrast) -> f64 {
        contrast.of(|run| self.means[run].iter().zip(&self.weights).map(|(mean, weight)| mean * weight).sum())
    }

    /// Each task's mean over its instances and over the contrasts, in the order of the tasks.
    pub fn task_means(&self, contrasts: &[Contrast]) -> Vec<f64> {
        let of_task = |task: usize| over(contrasts, |run| self.means[run][task]);
        (0..self.tasks()).map(of_task).collect()
    }

    /// Each instance's score, averaged over the contrasts, task by task.
    pub fn instance_scores(&self, contrasts: &[Contrast]) -> Vec<Vec<f64>> {
        let of_task = |(task, scores): (usize, &&[f64])| {
            (0..scores.len()).map(|at| over(contrasts, |run| self.scores[run][task][at])).collect()
        };
        self.scores[0].iter().enumerate().map(of_task).collect()
    }

    /// One number per contrast and task, whose plain mean is the mean over contrasts of
    /// [`observed`](Crossed::observed).
    pub fn table(&self, contrasts: &[Contrast]) -> Vec<Vec<f64>> {
        contrasts.iter().map(|contrast| self.contributions(Level::Tasks, &[*contrast])).collect()
    }

    /// What each unit of a level contributes: numbers whose plain mean is the mean over contrasts of
    /// [`observed`](Crossed::observed).
    pub fn contributions(&self, level: Level, contrasts: &[Contrast]) -> Vec<f64> {
        match level {
            Level::Seeds => contrasts.iter().map(|contrast| self.observed(*contrast)).collect(),
            Level::Tasks => {
                let scaled = self.weights.iter().map(|weight| weight * self.tasks() as f64);
                self.task_means(contrasts).iter().zip(scaled).map(|(mean, weight)| mean * weight).collect()
            }
            Level::Instances => {
                let all = self.instances() as f64;
                let of_task = |(scores, weight): (Vec<f64>, &f64)| {
                    let scale = weight * all / scores.len() as f64;
                    scores.into_iter().map(move |score| score * scale)
                };
                self.instance_scores(contrasts).into_iter().zip(&self.weights).flat_map(of_task).collect()
            }
        }
    }

    /// What each unit does to the mean when it is drawn once more, for [`Bootstrap::bca`](super::Bootstrap::bca):
    /// instances within their task, tasks by their weight.
    pub fn influence(&self, level: Level, contrasts: &[Contrast]) -> Vec<f64> {
        let centre = mean(&self.contributions(Level::Seeds, contrasts)).unwrap_or(0.0);
        let weighted = |values: Vec<f64>, weight: &f64, from: f64| {
            let weight = *weight / values.len() as f64;
            values.into_iter().map(move |value| weight * (value - from))
        };
        let tasks = self.task_means(contrasts);
        match level {
            Level::Seeds => contrasts.iter().map(|contrast| self.observed(*contrast) - centre).collect(),
            Level::Tasks => tasks
                .iter()
                .zip(&self.weights)
                .flat_map(|(task, weight)| weighted(vec![*task], weight, centre))
                .collect(),
            Level::Instances => {
                let instances = self.instance_scores(contrasts).into_iter().zip(tasks).zip(&self.weights);
                instances.flat_map(|((scores, task), weight)| weighted(scores, weight, task)).collect()
            }
        }
    }
}

/// The mean over contrasts of numbers that belong to runs.
fn over(contrasts: &[Contrast], number: impl Fn(usize) -> f64 + Copy) -> f64 {
    contrasts.iter().map(|contrast| contrast.of(number)).sum::<f64>() / contrasts.len().max(1) as f64
}

fn check_shapes(scores: &[Vec<&[f64]>]) -> Result<(), StatisticsError> {
    let first = &scores[0];
    check(&vec![0.0; first.len()], 1, "tasks")?;
    for run in scores {
        if run.len() != first.len() {
            return Err(StatisticsError::Unpaired { first: first.len(), second: run.len() });
        }
        for (task, other) in run.iter().zip(first) {
            check(task, 1, "instances")?;
            if task.len() != other.len() {
                return Err(StatisticsError::Unpaired { first: other.len(), second: task.len() });
            }
        }
    }
    Ok(())
}
