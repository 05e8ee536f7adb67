//! Attention on the CPU: each sequence and head by itself, whose keys and values are laid out once for the products, a
//! block of queries at a time; nothing of the size queries × keys is kept (Dao et al. 2022).

use super::super::dropout::{Odds, RowKey, drop_row, factor};
use super::super::floats::{self, Floats};
use super::super::gemm::{MatMut, MatRef, Product, Right, SharedRows, Threads};
use super::super::lanes::{add, dot, exp, exp_and_sum, lanes, max, scale};
use super::{Attention, Projected, Saved};
use candle_core::{DType, Result, Tensor};
use rayon::prelude::*;
use std::ops::Range;

/// Queries whose scores exist at one time.
const BLOCK: usize = 56;

/// What the backward pass reads besides the projections.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    pub context: &'a Tensor,
    pub log_sums: &'a Tensor,
    pub d_context: &'a Tensor,
}

pub fn forward(attention: &Attention, projected: &Projected) -> Result<(Tensor, Saved)> {
    let pass = Pass::open(attention, projected)?;
    let queries = projected.query.dim(0)?;
    let (mut context, mut log_sums) = (vec![0f32; queries * pass.inner], vec![0f32; queries * attention.heads]);
    let outputs = (SharedRows::new(&mut context, pass.inner), SharedRows::new(&mut log_sums, attention.heads));
    pass.each_unit(|unit| unit.forward(outputs.0, outputs.1));
    let tensor = |values, width| Tensor::from_vec(values, (queries, width), projected.query.device());
    Ok((tensor(context, pass.inner)?, Saved::LogSums(tensor(log_sums, attention.heads)?)))
}

pub fn backward(
    attention: &Attention,
    projected: &Projected,
    kept: Kept,
    bias_gradient: Option<&Tensor>,
) -> Result<Projected> {
    assert!(attention.spans.keys_disjoint(), "gradients of shared keys would be written by two threads");
    let pass = Pass::open(attention, projected)?;
    let zeros = |like: &Tensor| Tensor::zeros(like.shape(), DType::F32, like.device());
    let gradients =
        Projected { query: zeros(&projected.query)?, key: zeros(&projected.key)?, value: zeros(&projected.value)? };
    let kept = Open {
        context: Floats::of(kept.context)?,
        log_sums: Floats::of(kept.log_sums)?,
        d_context: Floats::of(kept.d_context)?,
    };
    let mut by_distance = Vec::new();
    floats::edit(&gradients.query, |query| {
        floats::edit(&gradients.key, |key| {
            floats::edit(&gradients.value, |value| {
                let outputs = [query, key, value].map(|rows| SharedRows::new(rows, pass.inner));
                by_distance = pass.each_unit(|unit| unit.backward(&kept, outputs));
                Ok(())
            })
        })
    })?;
    if let Some(gradient) = bias_gradient {
        pass.add_bias_gradient(&by_distance, gradient)?;
    }
    Ok(gradients)
}

struct Open<'a> {
    context: Floats<'a>,
    log_sums: Floats<'a>,
    d_context: Floats<'a>,
}

/// One call, with its tensors open.
struct Pass<'a> {
    attention: &'a Attention<'a>,
    query: Floats<'a>,
    key: Floats<'a>,
    value: Floats<'a>,
    /// Width of all heads together, and of one.
    inner: usize,
    width: usize,
    /// Longest key span: distances reach from 1 − longest to longest − 1.
    longest: usize,
    /// Bias of each head by distance, `[heads][2·longest − 1]`; empty without bias.
    bias: Vec<f32>,
}

impl<'a> Pass<'a> {
    fn open(attention: &'a Attention<'a>, projected: &'a Projected) -> Result<Self> {
        let inner = projected.query.dim(1)?;
        let fit = attention.spans.fit(projected.query.dim(0)?, projected.key.dim(0)?);
        assert!(fit && projected.key.dims() == projected.value.dims(), "spans and projections do not fit together");
        let longest = attention.spans.longest_keys();
        Ok(Self {
            attention,
            query: Floats::of(&projected.query)?,
            key: Floats::of(&projected.key)?,
            value: Floats::of(&projected.value)?,
            inner,
            width: inner / attention.heads,
            longest,
            bias: bias_by_distance(attention, longest)?,
        })
    }

    fn distances(&self) -> usize {
        2 * self.longest - 1
    }

    /// Runs `work` for each head of each sequence; results come in that order.
    fn each_unit<T: Send>(&self, work: impl Fn(Unit) -> T + Sync) -> Vec<T> {
        let heads = self.attention.heads;
        let unit = |index: usize| {
            let (queries, keys) = self.attention.spans.pair(index / heads);
            Unit { pass: self, head: index % heads, queries, keys }
        };
        (0..self.attention.spans.len() * heads).into_par_iter().map(|index| work(unit(index))).collect()
    }

    fn add_bias_gradient(&self, by_distance: &[Vec<f32>], gradient: &Tensor) -> Result<()> {
        let (heads, Some(bias)) = (self.attention.heads, self.attention.bias) else { return Ok(()) };
        floats::edit(gradient, |table| {
            for (index, distances) in by_distance.iter().enumerate() {
                for (at, slope) in distances.iter().enumerate() {
                    let bucket = bias.buckets.of(at as isize - (self.longest as isize - 1));
                    table[bucket * heads + index % heads] += slope;
                }
            }
            Ok(())
        })
    }
}

fn bias_by_distance(attention: &Attention, longest: usize) -> Result<Vec<f32>> {
    let Some(bias) = attention.bias else { return Ok(Vec::new()) };
    let table = Floats::of(bias.table)?;
    let distances = 1 - longest as isize..longest as isize;
    let buckets: Vec<_> = distances.map(|distance| bias.buckets.of(distance)).collect();
    let of_head = |head| buckets.iter().map(move |bucket| (head, *bucket));
    Ok((0..attention.heads).flat_map(of_head).map(|(head, b)| table[b * attention.heads + head]).collect())
}

/// One head of one sequence.
struct Unit<'a> {
    pass: &'a Pass<'a>,
    head: usize,
    queries: Range<usize>,
    keys: Range<usize>,
}

/// Some queries of a unit.
struct Block {
    /// Rows of the batch.
    rows: Range<usize>,
    /// How far the first query stands behind the first key.
    position: usize,
}

impl Unit<'_> {
    fn blocks(&self) -> impl Iterator<Item = Block> + '_ {
        let behind = self.keys.len().saturating_sub(self.queries.len());
        self.queries.clone().step_by(BLOCK).map(move |start| {
            let rows = start..(start + BLOCK).min(self.queries.end);
            Block { rows, position: start - self.queries.start + behind }
        })
    }

    fn forward(&self, context: SharedRows, log_sums: SharedRows) {
        let mut scores = vec![0f32; BLOCK.min(self.queries.len()) * self.keys.len()];
        let (keys, values) = (self.right(self.all_keys().t()), self.right(self.all_values()));
        for block in self.blocks() {
            let size = block.rows.len() * self.keys.len();
            let scores = &mut scores[..size];
            self.score(&block, &keys, scores);
            // SAFETY: each unit writes its own head's column of its own sequence's rows.
            let mut log_sums = unsafe { log_sums.block((block.rows.start, block.rows.len()), (self.head, 1)) };
            for (row, scores) in scores.chunks_mut(self.keys.len()).enumerate() {
                log_sums.row(row)[0] = softmax(&mut scores[..self.seen(&block, row)]);
                self.drop(&block, row, scores);
            }
            // SAFETY: as above, with the head's own columns.
            let context = unsafe { self.own(context, &block.rows) };
            values.multiply(context, MatRef::dense(scores, self.keys.len()));
        }
    }

    /// Returns the gradient of the bias by distance.
    fn backward(&self, kept: &Open, [d_query, d_key, d_value]: [SharedRows; 3]) -> Vec<f32> {
        let mut by_distance = vec![0f32; if self.pass.bias.is_empty() { 0 } else { self.pass.distances() }];
        let count = self.keys.len();
        let mut room = vec![0f32; 2 * BLOCK.min(self.queries.len()) * count];
        let (keys_turned, keys) = (self.right(self.all_keys().t()), self.right(self.all_keys()));
        let values_turned = self.right(self.all_values().t());
        for block in self.blocks() {
            let (p, slopes) = room[..2 * block.rows.len() * count].split_at_mut(block.rows.len() * count);
            self.score(&block, &keys_turned, p);
            let d_context = self.of_head(&kept.d_context, &block.rows);
            values_turned.multiply(MatMut::dense(slopes, count), d_context);
            for row in 0..block.rows.len() {
                self.row_slopes(kept, &block, (row, p, slopes), &mut by_distance);
            }
            let (p, slopes) = (MatRef::dense(p, count), MatRef::dense(slopes, count));
            // SAFETY: each unit writes its own head's columns of its own sequence's queries and keys; the caller has
            // checked that sequences share no keys.
            let (dq, dk, dv) =
                unsafe { (self.own(d_query, &block.rows), self.own(d_key, &self.keys), self.own(d_value, &self.keys)) };
            keys.multiply(dq, slopes);
            self.adding().run(dk, slopes.t(), self.of_head(&self.pass.query, &block.rows));
            self.adding().run(dv, p.t(), d_context);
        }
        by_distance
    }

    /// A right operand of this unit's products.
    fn right<'b>(&self, rhs: MatRef<'b>) -> Right<'b> {
        Right::new(self.pass.attention.operands, rhs, self.queries.len())
    }

    /// A product that is added to what is there.
    fn adding(&self) -> Product {
        Product { operands: self.pass.attention.operands, accumulate: true, threads: Threads::One }
    }

    /// Turns a row of scores into dropped probabilities, and the gradient of those into the gradient of the scores.
    fn row_slopes(
        &self,
        kept: &Open,
        block: &Block,
        (row, p, slopes): (usize, &mut [f32], &mut [f32]),
        by_distance: &mut [f32],
    ) {
        let at = row * self.keys.len()..(row + 1) * self.keys.len();
        let (p, slopes) = (&mut p[at.clone()], &mut slopes[at]);
        let (query, seen) = (block.rows.start + row, self.seen(block, row));
        let columns = query * self.pass.inner + self.head * self.pass.width..;
        let mean = dot(&kept.d_context[columns.clone()][..self.pass.width], &kept.context[columns][..self.pass.width]);
        let log_sum = kept.log_sums[query * self.pass.attention.heads + self.head];
        let dropout = &self.pass.attention.dropout;
        let odds = (!dropout.is_off()).then(|| (dropout.key(query, self.head as u64), dropout.odds()));
        score_slopes(&mut p[..seen], &mut slopes[..seen], log_sum, mean, odds);
        p[seen..].fill(0.0);
        slopes[seen..].fill(0.0);
        if !by_distance.is_empty() {
            let first = self.pass.longest - 1 - (block.position + row);
            add(&mut by_distance[first..first + seen], &slopes[..seen]);
        }
    }

    /// `scores = Q·Kᵀ + bias`; of no meaning for keys that a query does not see.
    fn score(&self, block: &Block, keys: &Right, scores: &mut [f32]) {
        let queries = self.of_head(&self.pass.query, &block.rows);
        keys.multiply(MatMut::dense(scores, self.keys.len()), queries);
        if self.pass.bias.is_empty() {
            return;
        }
        let bias = &self.pass.bias[self.head * self.pass.distances()..][..self.pass.distances()];
        for (row, scores) in scores.chunks_mut(self.keys.len()).enumerate() {
            let (first, seen) = (self.pass.longest - 1 - (block.position + row), self.seen(block, row));
            add(&mut scores[..seen], &bias[first..first + seen]);
        }
    }

    fn drop(&self, block: &Block, row: usize, scores: &mut [f32]) {
        let seen = self.seen(block, row);
        let dropout = &self.pass.attention.dropout;
        if !dropout.is_off() {
            drop_row(&mut scores[..seen], dropout.key(block.rows.start + row, self.head as u64), dropout.odds());
        }
        scores[seen..].fill(0.0);
    }

    /// Keys that a query of the block sees.
    fn seen(&self, block: &Block, row: usize) -> usize {
        if self.pass.attention.causal { block.position + row + 1 } else { self.keys.len() }
    }

    /// This head's columns of some rows.
    fn of_head<'b>(&self, rows: &'b [f32], range: &Range<usize>) -> MatRef<'b> {
        let start = range.start * self.pass.inner + self.head * self.pass.width;
        MatRef::new(&rows[start..], range.len(), self.pass.width, self.pass.inner)
    }

    fn all_keys(&self) -> MatRef<'_> {
        self.of_head(&self.pass.key, &self.keys)
    }

    fn all_values(&self) -> MatRef<'_> {
        self.of_head(&self.pass.value, &self.keys)
    }

    /// This head's columns of some rows, to write.
    ///
    /// # Safety
    /// As [`SharedRows::block`].
    unsafe fn own<'b>(&self, rows: SharedRows<'b>, range: &Range<usize>) -> MatMut<'b> {
        // SAFETY: the caller's promise is this function's own.
        unsafe { rows.block((range.start, range.len()), (self.head * self.pass.width, self.pass.width)) }
    }
}

/// Scores to probabilities; returns the logarithm of their sum.
pub(super) fn softmax(scores: &mut [f32]) -> f32 {
    let largest = max(scores);
    let sum = exp_and_sum(scores, largest);
    scale(scores, 1.0 / sum);
    sum.ln() + largest
}

lanes! {
/// With P = e^(S − log Σ): dS = P ⊙ (dP − mean), where dP and P carry the mask of dropout.
fn score_slopes(p: &mut [f32], slopes: &mut [f32], log_sum: f32, mean: f32, odds: Option<(RowKey, Odds)>) {
    for (column, (p, slope)) in p.iter_mut().zip(slopes).enumerate() {
        let probability = exp(*p - log_sum);
        let factor = match odds {
            Some((key, odds)) => factor(column, key, odds),
            None => 1.0,
        };
        *slope = probability * (*slope * factor - mean);
        *p = probability * factor;
    }
}
}
