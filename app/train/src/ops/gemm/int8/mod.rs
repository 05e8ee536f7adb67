//! Products of 8-bit integers with sums of 32 bits: each row of the right operand's transpose, a linear layer's output,
//! and each row of the left one has a scale of its own, its largest magnitude by 127 (Dettmers et al. 2022, "LLM.int8()",
//! §2.1: vector-wise quantisation; as CTranslate2 does it).
//!
//! Integers add up to the same sum in any order, so every processor gives the same bits.

#[cfg(target_arch = "x86_64")]
mod vnni;

use super::tasks::{COLS, LINE, ROWS, left_panel};
use super::{MatMut, MatRef, SharedRows, Threads};
use crate::ops::lanes::lanes;
use rayon::prelude::*;

/// The largest integer.
const LARGEST: f32 = 127.0;

/// What is added to integers of the left operand, which are stored unsigned.
const SHIFT: i32 = 128;

/// Numbers of an item, which has 32 bits.
const PER_ITEM: usize = 4;

/// A right operand in integers, laid out for the tiles.
#[derive(Debug)]
pub struct Integers {
    /// `[panels][items][COLS]`.
    panels: Vec<u32>,
    /// Of each column.
    scales: Vec<f32>,
    /// What the shift of the left operand adds to the sum of each column.
    excesses: Vec<i32>,
    depth: usize,
}

/// Some columns of a right operand, as many as a tile has at most.
#[derive(Clone, Copy)]
struct Panel<'a> {
    items: &'a [u32],
    scales: &'a [f32],
    excesses: &'a [i32],
}

/// Some rows of a left operand, as many as a tile has at most.
#[derive(Clone, Copy)]
struct Rows<'a> {
    /// `[lines][ROWS][LINE]`.
    items: &'a [u32],
    scales: &'a [f32],
}

impl Integers {
    /// Rounds a matrix whose columns lie end to end: a linear layer's weight, turned.
    pub fn new(rhs: MatRef) -> Self {
        let (weight, depth) = (rhs.t(), rhs.rows());
        let items = depth.div_ceil(PER_ITEM);
        let mut panels = vec![0; weight.rows().div_ceil(COLS) * COLS * items];
        let mut scales = vec![0.0; weight.rows()];
        let mut excesses = vec![0; weight.rows()];
        let columns = scales.par_chunks_mut(COLS).zip(excesses.par_chunks_mut(COLS));
        let room = panels.par_chunks_mut((COLS * items).max(1)).zip(columns);
        room.enumerate().for_each(|(index, (panel, (scales, excesses)))| {
            let mut bytes = vec![0; items * PER_ITEM];
            for (place, (scale, excess)) in scales.iter_mut().zip(excesses).enumerate() {
                *scale = round(weight.row(index * COLS + place), &mut bytes[..depth], 0);
                *excess = SHIFT * bytes.iter().map(|byte| i32::from(byte.cast_signed())).sum::<i32>();
                lay_out(&bytes, &mut panel[place..], COLS);
            }
        });
        Self { panels, scales, excesses, depth }
    }

    /// `dst ≈ lhs · rhs`, where the rows of `lhs` follow one another.
    ///
    /// # Panics
    /// When the shapes do not fit together.
    pub fn multiply(&self, dst: MatMut, lhs: MatRef, threads: Threads) {
        let (rows, columns) = (lhs.rows(), self.scales.len());
        let shape = (rows, columns, self.depth);
        assert_eq!((dst.rows(), dst.cols(), lhs.cols()), shape, "the matrices do not fit together");
        let threads = threads.worth(rows * columns * self.depth);
        let items = self.depth.div_ceil(PER_ITEM);
        let (left, panel) = (Left::new(lhs, threads), left_panel(items));
        let dst: SharedRows = dst.shared();
        threads.each_tile(rows, columns, |rows, columns| {
            // SAFETY: tiles are disjoint.
            let dst = unsafe { dst.block((rows.start, rows.len()), (columns.start, columns.len())) };
            let lines = &left.panels[rows.start / ROWS * panel..][..panel];
            let rows = Rows { items: lines, scales: &left.scales[rows] };
            let items = &self.panels[columns.start * items..][..COLS * items];
            let panel = Panel { items, scales: &self.scales[columns.clone()], excesses: &self.excesses[columns] };
            multiply(rows, panel, dst);
        });
    }
}

/// A left operand in integers.
struct Left {
    /// `[panels][lines][ROWS][LINE]`.
    panels: Vec<u32>,
    scales: Vec<f32>,
}

impl Left {
    fn new(lhs: MatRef, threads: Threads) -> Self {
        let height = left_panel(lhs.cols().div_ceil(PER_ITEM));
        let mut panels = vec![0; lhs.rows().div_ceil(ROWS) * height];
        let mut scales = vec![0.0; lhs.rows()];
        let panel = |(index, (panel, scales)): (usize, (&mut [u32], &mut [f32]))| {
            let mut bytes = vec![0; lhs.cols().next_multiple_of(LINE * PER_ITEM)];
            for (place, scale) in scales.iter_mut().enumerate() {
                *scale = round(lhs.row(index * ROWS + place), &mut bytes[..lhs.cols()], SHIFT as u8);
                for (lines, bytes) in panel.chunks_mut(ROWS * LINE).zip(bytes.chunks(LINE * PER_ITEM)) {
                    lay_out(bytes, &mut lines[place * LINE..], 1);
                }
            }
        };
        let height = height.max(1);
        match threads {
            Threads::One => panels.chunks_mut(height).zip(scales.chunks_mut(ROWS)).enumerate().for_each(panel),
            Threads::All => panels.par_chunks_mut(height).zip(scales.par_chunks_mut(ROWS)).enumerate().for_each(panel),
        }
        Self { panels, scales }
    }
}

/// Rounds a row to integers, as bytes that are moved by `shift`; gives the scale.
fn round(row: &[f32], bytes: &mut [u8], shift: u8) -> f32 {
    let largest = magnitude(row);
    round_by(row, if largest > 0.0 { LARGEST / largest } else { 0.0 }, bytes, shift);
    largest / LARGEST
}

lanes! {
/// The largest magnitude of a row.
fn magnitude(row: &[f32]) -> f32 {
    let mut largest = [0f32; 16];
    let chunks = row.chunks_exact(largest.len());
    let rest = chunks.remainder().iter().fold(0f32, |rest, number| rest.max(number.abs()));
    for chunk in chunks {
        for (largest, number) in largest.iter_mut().zip(chunk) {
            *largest = if number.abs() > *largest { number.abs() } else { *largest };
        }
    }
    largest.into_iter().fold(rest, f32::max)
}
}

lanes! {
/// Multiplies a row and rounds it, ties to even.
fn round_by(row: &[f32], factor: f32, bytes: &mut [u8], shift: u8) {
    // Adding 1.5·2²³ rounds to an integer and leaves it in the low bits.
    const ROUND: f32 = 12_582_912.0;
    for (byte, number) in bytes.iter_mut().zip(row) {
        *byte = ((number * factor + ROUND).to_bits() as u8).wrapping_add(shift);
    }
}
}

/// Puts items of four bytes, the first in the lowest, into a panel, so far from one another.
fn lay_out(bytes: &[u8], panel: &mut [u32], step: usize) {
    for (item, four) in panel.iter_mut().step_by(step).zip(bytes.as_chunks().0) {
        *item = u32::from_le_bytes(*four);
    }
}

fn multiply(rows: Rows, panel: Panel, dst: MatMut) {
    #[cfg(target_arch = "x86_64")]
    if vnni::is_here() {
        return vnni::multiply(rows, panel, dst);
    }
    portable(rows, panel, dst);
}

/// For processors without instructions of their own.
fn portable(rows: Rows, panel: Panel, mut dst: MatMut) {
    for (row, scale) in rows.scales.iter().enumerate() {
        let mut sums = [0i32; COLS];
        for (item, right) in panel.items.chunks_exact(COLS).enumerate() {
            let left = rows.items[(item / LINE * ROWS + row) * LINE + item % LINE].to_le_bytes();
            for (sum, right) in sums.iter_mut().zip(right) {
                let products = left.iter().zip(right.to_le_bytes());
                *sum += products.map(|(a, b)| i32::from(*a) * i32::from(b.cast_signed())).sum::<i32>();
            }
        }
        panel.write(dst.row(row), &sums, *scale);
    }
}

impl Panel<'_> {
    /// Turns the sums of a row of this scale into what they stand for.
    #[inline(always)]
    fn write(&self, row: &mut [f32], sums: &[i32; COLS], scale: f32) {
        let columns = self.scales.iter().zip(self.excesses);
        for ((number, sum), (own, excess)) in row.iter_mut().zip(sums).zip(columns) {
            *number = (sum - excess) as f32 * own * scale;
        }
    }
}

#[cfg(test)]
mod tests;
