//! Products of a few rows with a matrix as it lies: bound by reading it, they lay nothing out.

use super::{MatMut, MatRef};
use crate::ops::lanes::{LANES, lanes};

/// Rows that are added up side by side, so that none waits for the one before it.
const CHAINS: usize = 2;

/// Columns of a block, whose sums stay in registers.
const BLOCK: usize = 2 * LANES;

/// `dst = lhs · rhs` in f32, where the rows of `lhs` follow one another.
///
/// # Panics
/// When the shapes do not fit together, or `lhs` lies the other way.
pub fn multiply(mut dst: MatMut, lhs: MatRef, rhs: MatRef) {
    let shape = (lhs.rows(), rhs.cols(), lhs.cols());
    assert_eq!((dst.rows(), dst.cols(), rhs.rows()), shape, "the matrices do not fit together");
    for row in 0..lhs.rows() {
        let (x, y) = (lhs.row(row), dst.row(row));
        match rhs.strides() {
            (1, stride) => dots(x, rhs.data(), stride, y),
            (stride, _) => add_rows(x, rhs.data(), stride, y),
        }
    }
}

lanes! {
/// Σₖ x(k)·column(k), where columns begin every `stride` numbers.
fn dots(x: &[f32], columns: &[f32], stride: usize, y: &mut [f32]) {
    for (y, start) in y.iter_mut().zip((0..).step_by(stride)) {
        let column = &columns[start..start + x.len()];
        let mut sums = [0f32; LANES];
        let (x_chunks, chunks) = (x.chunks_exact(LANES), column.chunks_exact(LANES));
        let rest: f32 = x_chunks.remainder().iter().zip(chunks.remainder()).map(|(a, b)| a * b).sum();
        for (a, b) in x_chunks.zip(chunks) {
            for lane in 0..LANES {
                sums[lane] += a[lane] * b[lane];
            }
        }
        *y = sums.iter().sum::<f32>() + rest;
    }
}
}

lanes! {
/// Σₖ x(k)·row(k), where rows begin every `stride` numbers.
fn add_rows(x: &[f32], rows: &[f32], stride: usize, y: &mut [f32]) {
    for (columns, y) in (0..).step_by(BLOCK).zip(y.chunks_mut(BLOCK)) {
        if y.len() < BLOCK {
            add_narrow(x, rows, (stride, columns), y);
            continue;
        }
        let mut sums = [[0f32; BLOCK]; CHAINS];
        let groups = x.chunks_exact(CHAINS);
        let (rest, first) = (groups.remainder(), x.len() / CHAINS * CHAINS);
        for (group, factors) in groups.enumerate() {
            for (chain, (sums, factor)) in sums.iter_mut().zip(factors).enumerate() {
                add(sums, *factor, &rows[(group * CHAINS + chain) * stride + columns..]);
            }
        }
        (first..).zip(rest).for_each(|(row, factor)| add(&mut sums[0], *factor, &rows[row * stride + columns..]));
        for (lane, y) in y.iter_mut().enumerate() {
            *y = sums[0][lane] + sums[1][lane];
        }
    }
}
}

/// The same of the last few columns.
fn add_narrow(x: &[f32], rows: &[f32], (stride, columns): (usize, usize), y: &mut [f32]) {
    y.fill(0.0);
    x.iter().enumerate().for_each(|(row, factor)| add(y, *factor, &rows[row * stride + columns..]));
}

/// Adds as much of a row as there are sums.
#[inline(always)]
fn add(sums: &mut [f32], factor: f32, row: &[f32]) {
    let count = sums.len();
    for (sum, number) in sums.iter_mut().zip(&row[..count]) {
        *sum += factor * number;
    }
}
