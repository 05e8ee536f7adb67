//! Adafactor's passes over one gradient on the CPU, in blocks of rows that no number of threads changes.

use super::CHUNK;
use super::moments::Factors;
use crate::ops::floats::nearest_bf16;
use placebo_experiment::plan::Precision;
use rayon::prelude::*;

/// A gradient as rows of equal length, with what each row and each column of it is multiplied by to become the update.
///
/// A vector is a matrix of one number per column.
pub(super) struct Matrix<'a> {
    gradient: &'a [f32],
    columns: usize,
    factor: f32,
    row_factors: Vec<f32>,
    column_factors: Vec<f32>,
}

/// Rows of a gradient and what each of them is multiplied by.
type Block<'a> = (&'a [f32], &'a [f32]);

/// Sums over one block of rows.
struct BlockSums {
    rows: Vec<f64>,
    columns: Vec<f64>,
}

impl<'a> Matrix<'a> {
    /// A gradient of this many columns, multiplied by `factor` wherever it is read.
    pub fn new(gradient: &'a [f32], columns: usize, factor: f32) -> Self {
        Self { gradient, columns, factor, row_factors: Vec::new(), column_factors: Vec::new() }
    }

    /// Averages the squares of a vector into its second moment.
    pub fn take_in(&mut self, moment: &mut [f32], f: Factors) {
        for (moment, gradient) in moment.iter_mut().zip(self.gradient) {
            *moment = average(*moment, self.square(*gradient, f), f);
        }
        self.row_factors = vec![1.0];
        self.column_factors = moment.iter().map(|m| m.sqrt().recip()).collect();
    }

    /// Averages the mean squares of rows and columns into the second moments of a matrix.
    pub fn take_in_factored(&mut self, row_moments: &mut [f32], column_moments: &mut [f32], f: Factors) {
        let sums = self.sums(f);
        for (moment, sum) in row_moments.iter_mut().zip(sums.rows) {
            *moment = average(*moment, sum / self.columns as f64, f);
        }
        for (moment, sum) in column_moments.iter_mut().zip(sums.columns) {
            *moment = average(*moment, sum / row_moments.len() as f64, f);
        }
        let mean = row_moments.iter().map(|m| f64::from(*m)).sum::<f64>() / row_moments.len() as f64;
        self.row_factors = row_moments.iter().map(|m| (m / mean as f32).sqrt().recip()).collect();
        self.column_factors = column_moments.iter().map(|m| m.sqrt().recip()).collect();
    }

    /// Root mean square of the update before the learning rate.
    pub fn update_size(&self) -> f64 {
        let block = |(rows, factors): Block| -> f64 {
            let rows = rows.chunks_exact(self.columns).zip(factors);
            let updates = rows.flat_map(|(row, factor)| self.row_of_updates(row, *factor));
            updates.map(|update| f64::from(update).powi(2)).sum()
        };
        let blocks: Vec<f64> = self.blocks().map(block).collect();
        (blocks.into_iter().sum::<f64>() / self.gradient.len() as f64).sqrt()
    }

    /// Takes the update from the weights.
    pub fn apply(&self, weights: &mut [f32], rate: f32, f: Factors) {
        let blocks = weights.par_chunks_mut(self.block_length()).zip_eq(self.blocks());
        blocks.for_each(|(weights, block)| self.change(weights, block, |w, update| changed(w, update * rate, f)));
    }

    /// Averages the update into the first moment and takes that from the weights.
    pub fn apply_with_momentum(&self, weights: &mut [f32], first: &mut [f32], rate: f32, f: Factors) {
        let (old, new) = (f.beta1 as f32, (1.0 - f.beta1) as f32);
        let length = self.block_length();
        let blocks = weights.par_chunks_mut(length).zip_eq(first.par_chunks_mut(length)).zip_eq(self.blocks());
        blocks.for_each(|((weights, first), block)| {
            self.change(first, block, |m, update| m * old + update * rate * new);
            weights.iter_mut().zip(first).for_each(|(w, m)| *w = changed(*w, *m, f));
        });
    }

    /// Changes numbers that lie like a block by the update before the learning rate.
    fn change(&self, numbers: &mut [f32], (gradient, factors): Block, change: impl Fn(f32, f32) -> f32) {
        let rows = numbers.chunks_exact_mut(self.columns).zip(gradient.chunks_exact(self.columns));
        for ((numbers, gradient), factor) in rows.zip(factors) {
            for (number, update) in numbers.iter_mut().zip(self.row_of_updates(gradient, *factor)) {
                *number = change(*number, update);
            }
        }
    }

    fn sums(&self, f: Factors) -> BlockSums {
        let blocks = self.gradient.par_chunks(self.block_length()).map(|rows| self.block_sums(rows, f));
        let blocks: Vec<BlockSums> = blocks.collect();
        let mut total = BlockSums { rows: Vec::new(), columns: vec![0.0; self.columns] };
        for block in blocks {
            total.rows.extend(block.rows);
            total.columns.iter_mut().zip(block.columns).for_each(|(total, sum)| *total += sum);
        }
        total
    }

    fn block_sums(&self, rows: &[f32], f: Factors) -> BlockSums {
        let mut sums = BlockSums { rows: Vec::new(), columns: vec![0.0; self.columns] };
        for row in rows.chunks_exact(self.columns) {
            let mut row_sum = 0.0;
            for (column, gradient) in sums.columns.iter_mut().zip(row) {
                let square = self.square(*gradient, f);
                *column += square;
                row_sum += square;
            }
            sums.rows.push(row_sum);
        }
        sums
    }

    /// A squared gradient as transformers regularises it.
    fn square(&self, gradient: f32, f: Factors) -> f64 {
        let gradient = gradient * self.factor;
        f64::from(gradient * gradient + f.epsilon as f32)
    }

    /// The update of a row before the learning rate.
    fn row_of_updates(&self, row: &[f32], row_factor: f32) -> impl Iterator<Item = f32> {
        row.iter().zip(&self.column_factors).map(move |(g, factor)| row_factor * factor * (g * self.factor))
    }

    /// The gradient's blocks of rows and the factors of their rows.
    fn blocks(&self) -> impl IndexedParallelIterator<Item = Block<'_>> {
        let factors = self.row_factors.par_chunks(self.rows_per_block());
        self.gradient.par_chunks(self.block_length()).zip_eq(factors)
    }

    fn block_length(&self) -> usize {
        self.rows_per_block() * self.columns
    }

    fn rows_per_block(&self) -> usize {
        (CHUNK / self.columns).max(1)
    }
}

fn average(moment: f32, square: f64, f: Factors) -> f32 {
    moment * f.decay as f32 + square as f32 * (1.0 - f.decay) as f32
}

fn changed(weight: f32, change: f32, f: Factors) -> f32 {
    let new = weight * f.keep as f32 - change;
    if f.precision == Precision::Bf16 { nearest_bf16(new) } else { new }
}
