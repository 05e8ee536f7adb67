//! Weights laid out once for many products: for the few rows of a step of decoding, which is bound by reading them, or in
//! integers of 8 bits for any number of rows.

use super::floats::Floats;
use super::gemm::{Integers, Laid, MatMut, MatRef, Operands, Threads};
use super::lanes::lanes;
use crate::meter::{Operation, measured};
use candle_core::{Result, Tensor};
use rayon::prelude::*;

/// Rows up to which panels are faster than the general product.
const ROWS: usize = 48;

/// Outputs that stand together.
const PANEL: usize = 32;

/// Rows that are multiplied together.
const TILE: usize = 4;

/// Numbers of a matrix below which one thread is enough.
const ALONE: usize = 1 << 14;

/// What weights are laid out in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// As they were trained.
    #[default]
    AsTrained,
    /// Integers of 8 bits with a scale for each output.
    Int8,
}

/// A linear layer's weight, laid out.
#[derive(Debug)]
pub struct Packed {
    layout: Layout,
    outputs: usize,
    inner: usize,
}

#[derive(Debug)]
enum Layout {
    /// For our tiles.
    Laid(Laid),
    /// In integers of 8 bits.
    Integers(Integers),
    /// In f32 where our tiles are not: outputs cut into panels, `[panels][inner][PANEL]`, the last filled up with zeros.
    Panels(Vec<f32>),
}

impl Packed {
    /// Lays out a weight `[out, in]`; `None` where that is of no use on this processor.
    ///
    /// # Errors
    /// When the weight is not a contiguous f32 matrix on the CPU.
    pub fn new(weight: &Tensor, numbers: Numbers, operands: Operands) -> Result<Option<Self>> {
        let (outputs, inner) = weight.dims2()?;
        let values = Floats::of(weight)?;
        let turned = MatRef::dense(&values, inner).t();
        let laid = || Laid::new(operands, turned, Threads::All).map(Layout::Laid);
        let panels = || (operands == Operands::F32).then(|| Layout::Panels(panels(&values, outputs, inner)));
        let layout = match numbers {
            Numbers::AsTrained => laid().or_else(panels),
            Numbers::Int8 => Some(Layout::Integers(Integers::new(turned))),
        };
        Ok(layout.map(|layout| Self { layout, outputs, inner }))
    }

    /// Whether so many rows are multiplied with this layout.
    ///
    /// With our tiles and in integers all are, so that a row's result does not depend on how many others there are.
    pub fn serves(&self, rows: usize) -> bool {
        !matches!(self.layout, Layout::Panels(_)) || rows <= ROWS
    }

    /// `y = x·Wᵀ` for x `[rows, in]`.
    ///
    /// # Errors
    /// When x is not a contiguous f32 matrix of that width on the CPU.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let rows = x.dim(0)?;
        measured(Operation::LinearPacked, 2 * rows * self.outputs * self.inner, || self.multiply(x, rows))
    }

    fn multiply(&self, x: &Tensor, rows: usize) -> Result<Tensor> {
        let x_values = Floats::of(x)?;
        let mut y = vec![0f32; rows * self.outputs];
        let threads = if self.outputs * self.inner < ALONE { Threads::One } else { Threads::All };
        let (dst, lhs) = (MatMut::dense(&mut y, self.outputs), MatRef::dense(&x_values, self.inner));
        match &self.layout {
            Layout::Laid(laid) => laid.multiply(dst, lhs, threads),
            Layout::Integers(integers) => integers.multiply(dst, lhs, threads),
            Layout::Panels(panels) => self.multiply_panels(panels, &x_values, &mut y, threads),
        }
        Tensor::from_vec(y, (rows, self.outputs), x.device())
    }

    fn multiply_panels(&self, panels: &[f32], x: &[f32], y: &mut [f32], threads: Threads) {
        let panel_of = |panel: &[f32]| product(x, panel, self.inner);
        let parts: Vec<Vec<f32>> = match threads {
            Threads::One => panels.chunks(PANEL * self.inner).map(panel_of).collect(),
            Threads::All => panels.par_chunks(PANEL * self.inner).with_min_len(2).map(panel_of).collect(),
        };
        for (panel, part) in parts.iter().enumerate() {
            let (first, width) = (panel * PANEL, PANEL.min(self.outputs - panel * PANEL));
            for (row, values) in part.chunks(PANEL).enumerate() {
                y[row * self.outputs + first..][..width].copy_from_slice(&values[..width]);
            }
        }
    }
}

fn panels(weight: &[f32], outputs: usize, inner: usize) -> Vec<f32> {
    let mut panels = vec![0f32; outputs.div_ceil(PANEL) * PANEL * inner];
    panels.par_chunks_mut(PANEL * inner).zip(weight.par_chunks(PANEL * inner)).for_each(|(panel, rows)| {
        for (output, row) in rows.chunks(inner).enumerate() {
            row.iter().enumerate().for_each(|(k, value)| panel[k * PANEL + output] = *value);
        }
    });
    panels
}

/// All rows against one panel: `[rows, PANEL]`.
fn product(x: &[f32], panel: &[f32], inner: usize) -> Vec<f32> {
    let mut y = vec![0f32; x.len() / inner * PANEL];
    for (x, y) in x.chunks(TILE * inner).zip(y.chunks_mut(TILE * PANEL)) {
        match x.len() / inner {
            TILE => tile::<TILE>(x, panel, y),
            _ => x.chunks(inner).zip(y.chunks_mut(PANEL)).for_each(|(x, y)| tile::<1>(x, panel, y)),
        }
    }
    y
}

lanes! {
fn tile<const R: usize>(x: &[f32], panel: &[f32], y: &mut [f32]) {
    let inner = x.len() / R;
    let mut sums = [[0f32; PANEL]; R];
    for (k, weights) in panel.chunks_exact(PANEL).enumerate() {
        for (row, sums) in sums.iter_mut().enumerate() {
            let factor = x[row * inner + k];
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += factor * weight;
            }
        }
    }
    for (y, sums) in y.chunks_exact_mut(PANEL).zip(&sums) {
        y.copy_from_slice(sums);
    }
}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};

    #[test]
    fn equals_the_general_product_at_every_edge() -> Result<()> {
        for (rows, outputs, inner) in [(1, 1, 1), (5, 7, 19), (4, 130, 264), (9, 64, 33)] {
            let (x, weight) = (numbers((rows, inner), 1)?, numbers((outputs, inner), 2)?);
            for operands in [Operands::F32, Operands::Bf16] {
                if let Some(packed) = Packed::new(&weight, Numbers::AsTrained, operands)? {
                    assert_close(&packed.forward(&x)?, &operands.forward(&x, &weight)?);
                }
            }
        }
        Ok(())
    }
}
