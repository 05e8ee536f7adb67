//! Work shared among the threads row by row, in chunks whose bounds do not depend on how many threads there are.

use rayon::prelude::*;

/// Numbers that one piece of work covers at least; less is not worth handing to another thread.
const GRAIN: usize = 16 * 1024;

/// Rows that one piece of work covers.
pub fn rows_per_piece(width: usize) -> usize {
    GRAIN.div_ceil(width.max(1))
}

/// Calls `work` for each row of `output`, with the row's number.
pub fn each(output: &mut [f32], width: usize, work: impl Fn(usize, &mut [f32]) + Sync) {
    let rows = rows_per_piece(width);
    output.par_chunks_mut(rows * width).enumerate().for_each(|(piece, chunk)| {
        for (row, values) in chunk.chunks_mut(width).enumerate() {
            work(piece * rows + row, values);
        }
    });
}

/// Calls `work` for each pair of rows of two outputs of one width.
pub fn each_pair(
    first: &mut [f32],
    second: &mut [f32],
    width: usize,
    work: impl Fn(usize, &mut [f32], &mut [f32]) + Sync,
) {
    let rows = rows_per_piece(width);
    let pieces = first.par_chunks_mut(rows * width).zip(second.par_chunks_mut(rows * width));
    pieces.enumerate().for_each(|(piece, (first, second))| {
        for (row, (a, b)) in first.chunks_mut(width).zip(second.chunks_mut(width)).enumerate() {
            work(piece * rows + row, a, b);
        }
    });
}

/// Calls `work` for each pair of numbers.
pub fn zip_mut(output: &mut [f32], input: &[f32], work: impl Fn(&mut f32, f32) + Sync) {
    output.par_chunks_mut(GRAIN).zip(input.par_chunks(GRAIN)).for_each(|(output, input)| {
        output.iter_mut().zip(input).for_each(|(o, i)| work(o, *i));
    });
}

/// Sums what `work` gives for pieces of `count` rows, always in the same order.
pub fn sum(count: usize, width: usize, work: impl Fn(std::ops::Range<usize>, &mut [f32]) + Sync) -> Vec<f32> {
    let rows = rows_per_piece(width).max(64);
    let partial = |piece: usize| {
        let mut sum = vec![0f32; width];
        work(piece * rows..((piece + 1) * rows).min(count), &mut sum);
        sum
    };
    let partials: Vec<_> = (0..count.div_ceil(rows)).into_par_iter().map(partial).collect();
    partials.into_iter().fold(vec![0f32; width], |mut total, part| {
        total.iter_mut().zip(part).for_each(|(t, p)| *t += p);
        total
    })
}
