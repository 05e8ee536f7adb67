//! Timings of the engine on token ids from a file, so that every program can be measured on the same work.

mod operations;

pub use operations::{Part, parts, peak};

use crate::batch::{Batch, Example, cut};
use crate::fit::{Fit, Lesson};
use crate::generate::{Generator, Query, Strategy};
use crate::meter;
use crate::ops::packed::Numbers;
use crate::t5::T5;
use candle_core::Result;
use placebo_experiment::plan::Recipe;
use serde::{Deserialize, Serialize};
use std::time::Instant;

/// Steps that warm up and are not timed.
const WARM_UP: usize = 2;

/// Rows that are answered first and not timed, as many as in the benchmark of CTranslate2.
const FIRST: usize = 4;

/// One line of work: token ids of a prompt and of what shall be written.
#[derive(Clone, Debug, Deserialize)]
pub struct Ids {
    pub input_ids: Vec<u32>,
    pub labels: Vec<u32>,
}

/// What a timing gives.
#[derive(Clone, Debug, Serialize)]
pub struct Timing {
    pub examples_per_s: f64,
    /// Real tokens, inputs and labels.
    pub tokens_per_s: f64,
    pub seconds: f64,
    pub examples: usize,
    /// Loss of the last step, or the mean cross-entropy of each example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub losses: Option<Vec<f64>>,
    /// Mean loss of each timed step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_losses: Option<Vec<f64>>,
    /// Where the time went, where somebody asked; the most expensive operation first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Part>,
}

/// Mean cross-entropy of each row's labels, without dropout.
///
/// # Errors
/// When the device is out of memory or an id lies outside the vocabulary.
pub fn losses(model: &T5, rows: &[Ids], batch_tokens: usize) -> Result<Timing> {
    let examples: Vec<_> = rows.iter().map(example).collect();
    let start = Instant::now();
    let mut means = Vec::with_capacity(rows.len());
    let lengths: Vec<_> = examples.iter().map(|e| e.source.len() + e.target.len()).collect();
    for range in cut(&lengths, batch_tokens) {
        let batch = Batch::new(&examples[range]);
        let losses = model.losses(&batch)?;
        let mean = |span: &std::ops::Range<usize>| {
            let losses = &losses[span.clone()];
            crate::ops::cross_entropy::total(losses) / losses.len() as f64
        };
        means.extend(batch.target.spans().iter().map(mean));
    }
    let timing = timing(rows, tokens(rows), start);
    Ok(Timing { losses: Some(means), ..timing })
}

/// Optimizer steps on the rows in their order, after two that warm up.
///
/// # Errors
/// As [`losses`].
pub fn train(model: T5, rows: &[Ids], recipe: &Recipe, steps: usize) -> Result<Timing> {
    let lessons: Vec<_> = rows.iter().map(lesson).collect();
    let mut fit = Fit::new(model, &lessons, recipe, 0)?;
    let count = rows.len();
    let visited = |step: usize| (0..recipe.batch_size).map(move |i| (step * recipe.batch_size + i) % count);
    let mut start = Instant::now();
    let mut step_losses = Vec::new();
    let mut timed = Vec::new();
    for step in 0..WARM_UP + steps {
        if step == WARM_UP {
            meter::forget();
            start = Instant::now();
        }
        let batch: Vec<_> = visited(step).map(|row| &rows[row]).collect();
        let examples: Vec<_> = batch.iter().zip(0..).map(|(ids, row)| keyed(ids, (step as u64) << 32 | row)).collect();
        let report = fit.learn(&examples)?;
        if step >= WARM_UP {
            step_losses.push(report.loss);
            timed.extend(batch);
        }
    }
    let timing = timing(&timed, timed.iter().map(|ids| ids.input_ids.len() + ids.labels.len()).sum(), start);
    Ok(Timing { loss: step_losses.last().copied(), step_losses: Some(step_losses), ..timing })
}

/// Greedy decoding of exactly `new_tokens` for every row, after the first few, which warm up a model that is laid out.
///
/// # Errors
/// As [`losses`].
pub fn generate(
    model: &mut T5,
    rows: &[Ids],
    numbers: Numbers,
    (batch_tokens, new_tokens): (usize, usize),
) -> Result<Timing> {
    let query = |ids: &Ids| Query { source: ids.input_ids.clone(), choices: Vec::new() };
    let queries: Vec<_> = rows.iter().map(query).collect();
    model.pack(numbers)?;
    let generator =
        Generator { model, strategy: Strategy::Greedy, max_new_tokens: new_tokens, batch_tokens, ignore_end: true };
    generator.answer_all(&queries[..queries.len().min(FIRST)])?;
    meter::forget();
    let start = Instant::now();
    generator.answer_all(&queries)?;
    let read: usize = rows.iter().map(|ids| ids.input_ids.len()).sum();
    Ok(timing(rows, read + rows.len() * new_tokens, start))
}

fn timing<T>(rows: &[T], tokens: usize, start: Instant) -> Timing {
    let seconds = start.elapsed().as_secs_f64();
    Timing {
        examples_per_s: rows.len() as f64 / seconds,
        tokens_per_s: tokens as f64 / seconds,
        seconds,
        examples: rows.len(),
        loss: None,
        losses: None,
        step_losses: None,
        operations: Vec::new(),
    }
}

fn tokens(rows: &[Ids]) -> usize {
    rows.iter().map(|ids| ids.input_ids.len() + ids.labels.len()).sum()
}

fn example(ids: &Ids) -> Example {
    keyed(ids, 0)
}

fn keyed(ids: &Ids, key: u64) -> Example {
    Example { source: ids.input_ids.clone(), target: ids.labels.clone(), key }
}

fn lesson(ids: &Ids) -> Lesson {
    Lesson { source: ids.input_ids.clone(), targets: vec![ids.labels.clone()] }
}
