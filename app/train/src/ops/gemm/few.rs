//! Products of a few rows with a matrix as it lies: bound by reading it, they lay nothing out.

use super::{MatMut, MatRef};
use crate::ops::lanes::lanes;

/// Numbers summed side by side, so that sums can use vector registers.
const LANES: usize = 16;

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
    y.fill(0.0);
    for (factor, start) in x.iter().zip((0..).step_by(stride)) {
        for (y, number) in y.iter_mut().zip(&rows[start..]) {
            *y += factor * number;
        }
    }
}
}
