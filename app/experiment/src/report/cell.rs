//! A cell of a comparison: the runs of one condition and size under one column.

use serde::{Deserialize, Serialize};

use super::{Aggregate, Column, Difference};
use crate::score::{Guess, Scores};
use crate::statistics::{Interval, mean, sample_deviation};

/// A mean over seeds, rounded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Mean over the finished runs.
    pub mean: f64,
    /// Sample deviation over them; `None` of a single run.
    pub deviation: Option<f64>,
    /// Finished runs that have the number.
    pub runs: usize,
    /// Tasks that the number is averaged over, in the run that has most.
    pub tasks: usize,
    /// Instances of these tasks.
    pub instances: usize,
    /// Within which the true mean is to be expected, where a question asked for it and the data carry it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// The difference to the question's baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
    /// How far guessing may go, for the random-guess baseline alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guess: Option<GuessBounds>,
}

/// What a table says of random guessing besides the expectation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuessBounds {
    /// The expectation in whole right answers per task, as the study counts; for exact match alone.
    pub floored: Option<f64>,
    /// 95 % of guessers lie between this …
    pub low: f64,
    /// … and this.
    pub high: f64,
    /// Classification tasks guessed.
    pub tasks: usize,
    /// Generation tasks, which nobody can guess.
    pub left_out: usize,
}

impl Cell {
    /// The cell of these runs, not yet rounded; `None` when none of them has the number.
    pub(super) fn of(column: &Column, runs: &[&Scores]) -> Option<Cell> {
        let numbers: Vec<f64> = runs.iter().filter_map(|scores| column.of(scores)).collect();
        let (tasks, instances) = runs.iter().map(|scores| column.counts(scores)).max()?;
        Some(Cell {
            mean: mean(&numbers)?,
            deviation: sample_deviation(&numbers),
            runs: numbers.len(),
            tasks,
            instances,
            interval: None,
            difference: None,
            guess: runs.iter().find_map(|scores| guess(column, scores)),
        })
    }
}

/// Guessing is about the labels of classification tasks, so no other column has bounds.
fn guess(column: &Column, scores: &Scores) -> Option<GuessBounds> {
    let guess = scores.find(&column.metric, None)?.guess.as_ref()?;
    (column.aggregate == Aggregate::Classification).then(|| bounds(guess))
}

fn bounds(guess: &Guess) -> GuessBounds {
    GuessBounds {
        floored: guess.floored,
        low: guess.low,
        high: guess.high,
        tasks: guess.tasks,
        left_out: guess.left_out,
    }
}
