//! Products of a few rows with a large matrix, as decoding needs them: bound by reading the matrix once, which the
//! packing of a general product would do three times.

use super::lanes::lanes;
use rayon::prelude::*;

/// Rows up to which this is faster than the general product.
pub const ROWS: usize = 24;

/// Rows and columns of the result that are computed together.
const TILE: usize = 4;

/// Columns that one piece of work covers.
const PIECE: usize = 64;

/// `y = x·Wᵀ` for x `[rows, inner]` and W `[outputs, inner]`, both row after row.
pub fn product(x: &[f32], weight: &[f32], inner: usize) -> Vec<f32> {
    let (rows, outputs) = (x.len() / inner, weight.len() / inner);
    let mut transposed = vec![0f32; outputs * rows];
    transposed.par_chunks_mut(PIECE * rows).zip(weight.par_chunks(PIECE * inner)).for_each(|(y, weight)| {
        for (y, weight) in y.chunks_mut(TILE * rows).zip(weight.chunks(TILE * inner)) {
            tiles(y, x, weight, inner);
        }
    });
    let mut y = vec![0f32; rows * outputs];
    for (output, column) in transposed.chunks(rows).enumerate() {
        column.iter().enumerate().for_each(|(row, value)| y[row * outputs + output] = *value);
    }
    y
}

/// All rows against at most [`TILE`] rows of the matrix; `y` is `[columns, rows]`.
fn tiles(y: &mut [f32], x: &[f32], weight: &[f32], inner: usize) {
    let (rows, columns) = (x.len() / inner, weight.len() / inner);
    // At the edges the last row stands in for those that are not there; its results are not stored twice.
    let row = |row: usize, count: usize| row.min(count - 1) * inner..(row.min(count - 1) + 1) * inner;
    for first in (0..rows).step_by(TILE) {
        let xs = [0, 1, 2, 3].map(|i| &x[row(first + i, rows)]);
        let ws = [0, 1, 2, 3].map(|j| &weight[row(j, columns)]);
        let sums = tile(xs, ws);
        for j in 0..columns {
            for i in 0..TILE.min(rows - first) {
                y[j * rows + first + i] = sums[i][j];
            }
        }
    }
}

lanes! {
/// The inner products of four rows with four others.
fn tile(x: [&[f32]; 4], w: [&[f32]; 4]) -> [[f32; 4]; 4] {
    const LANES: usize = 16;
    let inner = x[0].len();
    let whole = inner / LANES * LANES;
    let mut sums = [[[0f32; LANES]; 4]; 4];
    for at in (0..whole).step_by(LANES) {
        let x: [&[f32; LANES]; 4] = x.map(|row| row[at..at + LANES].try_into().expect("whole lanes"));
        let w: [&[f32; LANES]; 4] = w.map(|row| row[at..at + LANES].try_into().expect("whole lanes"));
        for i in 0..4 {
            for j in 0..4 {
                for lane in 0..LANES {
                    sums[i][j][lane] += x[i][lane] * w[j][lane];
                }
            }
        }
    }
    let mut products = [[0f32; 4]; 4];
    for i in 0..4 {
        for j in 0..4 {
            let rest: f32 = x[i][whole..].iter().zip(&w[j][whole..]).map(|(a, b)| a * b).sum();
            products[i][j] = sums[i][j].iter().sum::<f32>() + rest;
        }
    }
    products
}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::Floats;
    use crate::ops::floats::tests::{assert_close, numbers};
    use candle_core::{Device, Result, Tensor};

    #[test]
    fn equals_the_general_product_at_every_edge() -> Result<()> {
        for (rows, outputs, inner) in [(1, 1, 1), (5, 7, 19), (4, 130, 64), (9, 64, 33)] {
            let (x, weight) = (numbers((rows, inner), 1)?, numbers((outputs, inner), 2)?);
            let y = product(&Floats::of(&x)?, &Floats::of(&weight)?, inner);
            assert_close(&Tensor::from_vec(y, (rows, outputs), &Device::Cpu)?, &x.matmul(&weight.t()?)?);
        }
        Ok(())
    }
}
