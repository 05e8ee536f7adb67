//! Products of operands rounded to bf16 by AVX-512's dot products of pairs: operands are rounded and laid out in panels
//! that the tiles read from end to end, in blocks that stay in the caches (Goto & van de Geijn 2008, "Anatomy of
//! High-Performance Matrix Multiplication").

mod pack;
mod tile;

use super::{MatMut, MatRef, Product, SharedRows, Threads};
use rayon::prelude::*;
use std::cell::Cell;
use std::ops::Range;
use tile::{COLS, ROWS};

/// Depth of a block: a panel of the right operand then fills most of the first cache.
const DEPTH: usize = 512;

/// Columns that are laid out at one time.
const BLOCK_COLS: usize = 4096;

/// Rows and columns of a task, whose panels stay in the second cache.
const TASK: (usize, usize) = (8 * ROWS, 16 * COLS);

/// Bytes of a line of the cache.
const LINE: usize = 64;

/// Multiplications below which a second thread costs more than it saves.
const ALONE: usize = 1 << 18;

/// Whether this processor has the instructions.
pub fn is_here() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bf16")
}

/// Runs a product of matrices that fit together and are not empty.
///
/// # Panics
/// Where [`is_here`] says no.
pub fn run(product: Product, dst: MatMut, lhs: MatRef, rhs: MatRef) {
    assert!(is_here(), "this processor has no products of bf16");
    let (rows, depth) = (lhs.rows(), lhs.cols());
    let threads = if rows * rhs.cols() * depth < ALONE { Threads::One } else { product.threads };
    let mut scratch = SCRATCH.take();
    let dst = dst.shared();
    for columns in pieces(0..rhs.cols(), BLOCK_COLS) {
        for depth in pieces(0..depth, DEPTH) {
            let accumulate = product.accumulate || depth.start > 0;
            let left = lay_out(lhs.block(0..rows, depth.clone()), ROWS, threads, &mut scratch.0);
            let right = lay_out(rhs.block(depth.clone(), columns.clone()).t(), COLS, threads, &mut scratch.1);
            let block = Block { left, right, pairs: pairs(depth.len()), column: columns.start, dst, accumulate };
            block.run(rows, columns.len(), threads);
        }
    }
    SCRATCH.set(scratch);
}

thread_local! {
    /// Room for the operands of the product that this thread has begun.
    static SCRATCH: Cell<(Vec<u32>, Vec<u32>)> = const { Cell::new((Vec::new(), Vec::new())) };
}

/// A right operand that is laid out once for many products.
#[derive(Debug)]
pub struct Laid {
    panels: Vec<u32>,
    /// Depth and columns.
    shape: (usize, usize),
}

impl Laid {
    /// Lays out a matrix, where this processor has the instructions.
    pub fn new(rhs: MatRef) -> Option<Self> {
        let lay_out = || {
            let mut panels = Vec::new();
            lay_out(rhs.t(), COLS, Threads::All, &mut panels);
            Self { panels, shape: (rhs.rows(), rhs.cols()) }
        };
        is_here().then(lay_out)
    }

    /// `dst = lhs · rhs`, meant for a few rows: the right operand is read once, from end to end.
    ///
    /// # Panics
    /// When the shapes do not fit together.
    pub fn multiply(&self, mut dst: MatMut, lhs: MatRef, threads: Threads) {
        let ((depth, cols), pairs) = (self.shape, pairs(self.shape.0));
        assert_eq!((dst.rows(), dst.cols(), lhs.cols()), (lhs.rows(), cols, depth), "the matrices do not fit together");
        if pairs == 0 {
            return (0..dst.rows()).for_each(|row| dst.row(row).fill(0.0));
        }
        let mut scratch = SCRATCH.take();
        let left = lay_out(lhs, ROWS, Threads::One, &mut scratch.0);
        let right = &self.panels[line(&self.panels)..][..cols.div_ceil(COLS) * COLS * pairs];
        let block = Block { left, right, pairs, column: 0, dst: dst.shared(), accumulate: false };
        block.run(lhs.rows(), cols, threads);
        SCRATCH.set(scratch);
    }
}

/// Rows in panels of so many, one after another, the last filled up with zeros.
fn lay_out<'a>(matrix: MatRef, height: usize, threads: Threads, scratch: &'a mut Vec<u32>) -> &'a [u32] {
    let panel = height * pairs(matrix.cols());
    let panels = aligned(scratch, matrix.rows().div_ceil(height) * panel);
    let lay_out = |(index, panel): (usize, &mut [u32])| {
        let rows = index * height..matrix.rows().min((index + 1) * height);
        // SAFETY: `run` has asserted that the instructions are there.
        unsafe { pack::panel(matrix.block(rows, 0..matrix.cols()), height, panel) }
    };
    match threads {
        Threads::One => panels.chunks_mut(panel).enumerate().for_each(lay_out),
        Threads::All => panels.par_chunks_mut(panel).enumerate().for_each(lay_out),
    }
    panels
}

/// Room that begins where a line of the cache does, since whole lines are loaded from there.
fn aligned(scratch: &mut Vec<u32>, length: usize) -> &mut [u32] {
    scratch.resize(scratch.len().max(length + LINE / size_of::<u32>()), 0);
    let start = line(scratch);
    &mut scratch[start..start + length]
}

/// Where the first line of the cache begins.
fn line(items: &[u32]) -> usize {
    items.as_ptr().align_offset(LINE)
}

/// A part of a product's depth and columns.
struct Block<'a> {
    left: &'a [u32],
    right: &'a [u32],
    /// Depth, in pairs.
    pairs: usize,
    /// First column of the destination.
    column: usize,
    dst: SharedRows<'a>,
    accumulate: bool,
}

impl Block<'_> {
    fn run(&self, rows: usize, columns: usize, threads: Threads) {
        let of_rows = |rows: Range<usize>| pieces(0..columns, TASK.1).map(move |columns| (rows.clone(), columns));
        let tasks = pieces(0..rows, TASK.0).flat_map(of_rows);
        match threads {
            Threads::One => tasks.for_each(|(rows, columns)| self.multiply(rows, columns)),
            Threads::All => {
                let tasks: Vec<_> = tasks.collect();
                tasks.into_par_iter().for_each(|(rows, columns)| self.multiply(rows, columns));
            }
        }
    }

    fn multiply(&self, rows: Range<usize>, columns: Range<usize>) {
        for columns in pieces(columns, COLS) {
            let right = &self.right[columns.start * self.pairs..][..COLS * self.pairs];
            for rows in pieces(rows.clone(), ROWS) {
                let left = &self.left[rows.start * self.pairs..][..ROWS * self.pairs];
                let column = self.column + columns.start;
                // SAFETY: tasks are disjoint, and a task's tiles are computed one after another.
                let dst = unsafe { self.dst.block((rows.start, rows.len()), (column, columns.len())) };
                // SAFETY: `run` has asserted that the instructions are there.
                unsafe { tile::multiply(left, right, dst, self.accumulate) };
            }
        }
    }
}

/// A range in pieces of so many, the last with what is left.
fn pieces(range: Range<usize>, piece: usize) -> impl Iterator<Item = Range<usize>> {
    range.clone().step_by(piece).map(move |start| start..range.end.min(start + piece))
}

/// Pairs that so many numbers need.
fn pairs(numbers: usize) -> usize {
    numbers.div_ceil(2)
}
