//! Products by tiles of our own, for processors with AVX-512 and its dot products of bf16 pairs: operands are laid out,
//! and rounded where so wanted, in panels that the tiles read from end to end, in blocks that stay in the caches (Goto &
//! van de Geijn 2008, "Anatomy of High-Performance Matrix Multiplication").
//!
//! A row of the result depends on its own row of the left operand alone, to the last bit: not on what is computed beside
//! it.

mod pack;
mod tile;

use super::tasks::{COLS, ROWS, left_panel, pieces};
use super::{MatMut, MatRef, Operands, Product, SharedRows, Threads};
use rayon::prelude::*;
use std::cell::Cell;
use std::ops::Range;

/// Items of depth of a block: a panel of the right operand then fills most of the first cache.
const DEPTH: usize = 256;

/// Columns that are laid out at one time.
const BLOCK_COLS: usize = 4096;

/// Bytes of a line of the cache.
const LINE: usize = 64;

/// Whether this processor has the instructions.
pub fn are_here() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bf16")
}

/// Runs a product of matrices that fit together and are not empty.
///
/// # Panics
/// Where [`are_here`] says no.
pub fn run(product: Product, dst: MatMut, lhs: MatRef, rhs: MatRef) {
    assert!(are_here(), "this processor lacks the instructions");
    let (rows, depth, operands) = (lhs.rows(), lhs.cols(), product.operands);
    let threads = product.threads.worth(rows * rhs.cols() * depth);
    let mut scratch = SCRATCH.take();
    let dst = dst.shared();
    for columns in pieces(0..rhs.cols(), BLOCK_COLS) {
        for depth in pieces(0..depth, DEPTH * per_item(operands)) {
            let accumulate = product.accumulate || depth.start > 0;
            let (left, right) = (lhs.block(0..rows, depth.clone()), rhs.block(depth.clone(), columns.clone()).t());
            let left = Left::new(operands, left, threads, &mut scratch.0);
            let right = lay_out_right(operands, right, threads, &mut scratch.1);
            let depth = items(operands, depth.len());
            let block = Block { operands, left, right, depth, column: columns.start, dst, accumulate };
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
    operands: Operands,
    panels: Vec<u32>,
    /// Depth and columns.
    shape: (usize, usize),
}

impl Laid {
    /// Lays out a matrix, where this processor has the instructions.
    pub fn new(operands: Operands, rhs: MatRef, threads: Threads) -> Option<Self> {
        let laid = || {
            let mut panels = Vec::new();
            lay_out_right(operands, rhs.t(), threads, &mut panels);
            Self { operands, panels, shape: (rhs.rows(), rhs.cols()) }
        };
        are_here().then(laid)
    }

    /// `dst = lhs · rhs`: the right operand is read once, from end to end, for each few rows.
    ///
    /// # Panics
    /// When the shapes do not fit together.
    pub fn multiply(&self, mut dst: MatMut, lhs: MatRef, threads: Threads) {
        let (operands, (depth, cols)) = (self.operands, self.shape);
        assert_eq!((dst.rows(), dst.cols(), lhs.cols()), (lhs.rows(), cols, depth), "the matrices do not fit together");
        if depth == 0 {
            return (0..dst.rows()).for_each(|row| dst.row(row).fill(0.0));
        }
        let threads = threads.worth(lhs.rows() * cols * depth);
        let mut scratch = SCRATCH.take();
        let left = Left::new(operands, lhs, threads.worth(lhs.rows() * depth), &mut scratch.0);
        let depth = items(operands, depth);
        let right = &self.panels[line(&self.panels)..][..cols.div_ceil(COLS) * COLS * depth];
        let block = Block { operands, left, right, depth, column: 0, dst: dst.shared(), accumulate: false };
        block.run(lhs.rows(), cols, threads);
        SCRATCH.set(scratch);
    }
}

/// In which order the items of a left panel stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// `[lines][ROWS][LINE]`: of rows that follow one another, which are copied line by line.
    Lines,
    /// `[items][ROWS]`: of rows that lie side by side.
    Columns,
}

/// A left operand, laid out in panels of [`ROWS`] rows.
#[derive(Clone, Copy)]
struct Left<'a> {
    order: Order,
    panels: &'a [u32],
    /// Length of a panel.
    panel: usize,
}

impl<'a> Left<'a> {
    fn new(operands: Operands, matrix: MatRef, threads: Threads, scratch: &'a mut Vec<u32>) -> Self {
        let order = if matrix.strides().1 == 1 { Order::Lines } else { Order::Columns };
        let items = items(operands, matrix.cols());
        let panel = match order {
            Order::Lines => left_panel(items),
            Order::Columns => ROWS * items,
        };
        let panels = lay_out((matrix, ROWS), panel, threads, scratch, |rows, panel| {
            // SAFETY: the callers have made sure that the instructions are there.
            unsafe {
                match order {
                    Order::Lines => pack::lines(operands, rows, panel),
                    Order::Columns => pack::panel(operands, rows, ROWS, panel),
                }
            }
        });
        Self { order, panels, panel }
    }

    /// The panel that begins with this row.
    fn at(&self, row: usize) -> &'a [u32] {
        &self.panels[row / ROWS * self.panel..][..self.panel]
    }
}

/// A right operand's columns, given as rows, in panels `[items][COLS]`, the last filled up with zeros.
fn lay_out_right<'a>(operands: Operands, turned: MatRef, threads: Threads, scratch: &'a mut Vec<u32>) -> &'a [u32] {
    let panel = COLS * items(operands, turned.cols());
    lay_out((turned, COLS), panel, threads, scratch, |rows, panel| {
        // SAFETY: the callers have made sure that the instructions are there.
        unsafe { pack::panel(operands, rows, COLS, panel) }
    })
}

/// Rows in panels of so many, one after another.
fn lay_out<'a>(
    (matrix, height): (MatRef, usize),
    panel: usize,
    threads: Threads,
    scratch: &'a mut Vec<u32>,
    lay_out: impl Fn(MatRef, &mut [u32]) + Sync,
) -> &'a [u32] {
    let panels = aligned(scratch, matrix.rows().div_ceil(height) * panel);
    let lay_out = |(index, panel): (usize, &mut [u32])| {
        let rows = index * height..matrix.rows().min((index + 1) * height);
        lay_out(matrix.block(rows, 0..matrix.cols()), panel);
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
    operands: Operands,
    left: Left<'a>,
    right: &'a [u32],
    /// In items.
    depth: usize,
    /// First column of the destination.
    column: usize,
    dst: SharedRows<'a>,
    accumulate: bool,
}

impl Block<'_> {
    fn run(&self, rows: usize, columns: usize, threads: Threads) {
        threads.each_tile(rows, columns, |rows, columns| self.multiply(&rows, &columns));
    }

    fn multiply(&self, rows: &Range<usize>, columns: &Range<usize>) {
        let left = self.left.at(rows.start);
        let right = &self.right[columns.start * self.depth..][..COLS * self.depth];
        // SAFETY: tiles are disjoint.
        let dst = unsafe { self.dst.block((rows.start, rows.len()), (self.column + columns.start, columns.len())) };
        // SAFETY: the callers have made sure that the instructions are there.
        unsafe { tile::multiply(self.operands, (left, self.left.order, right), dst, self.accumulate) };
    }
}

/// Numbers of an item, which has 32 bits.
fn per_item(operands: Operands) -> usize {
    match operands {
        Operands::F32 => 1,
        Operands::Bf16 => 2,
    }
}

/// Items of so many numbers.
fn items(operands: Operands, numbers: usize) -> usize {
    numbers.div_ceil(per_item(operands))
}
