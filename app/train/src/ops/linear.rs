//! Linear layers without bias, `y = x·Wᵀ`, in f32 or with operands rounded to bf16 and sums kept in f32.

use super::cuda;
use super::floats::{self, Floats};
use super::fused;
pub use super::gemm::Operands;
use super::gemm::{MatMut, MatRef, Product, Threads};
use super::serving::{Server, server};
use crate::meter::{Operation, measured};
use candle_core::{DType, Result, Tensor};

impl Operands {
    /// Prepares one operand: where the device multiplies bf16 itself it becomes bf16; on the CPU products round what
    /// they read.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn prepare(self, tensor: &Tensor) -> Result<Tensor> {
        match self {
            Self::Bf16 if tensor.dtype() == DType::F32 => match server(tensor) {
                Server::Cpu => Ok(tensor.clone()),
                Server::Cuda => cuda::elements::round_to_bf16(tensor),
                Server::Twins => tensor.to_dtype(DType::BF16),
            },
            _ => Ok(tensor.clone()),
        }
    }

    /// `y = x·Wᵀ` for prepared operands: x `[tokens, in]`, W `[out, in]`, y `[tokens, out]` in f32.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn forward(self, x: &Tensor, weight: &Tensor) -> Result<Tensor> {
        measured(Operation::LinearForward, flops(x, weight), || {
            if !fused(x) {
                return elsewhere(x, &weight.t()?);
            }
            let (tokens, outputs) = (x.dim(0)?, weight.dim(0)?);
            let (x, w) = (Matrix::of(x)?, Matrix::of(weight)?);
            let mut y = vec![0f32; tokens * outputs];
            self.product(false).run(MatMut::dense(&mut y, outputs), x.view(), w.view().t());
            Tensor::from_vec(y, (tokens, outputs), weight.device())
        })
    }

    /// Gradient of the input, `dx = dy·W`, for prepared operands.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn input_gradient(self, dy: &Tensor, weight: &Tensor) -> Result<Tensor> {
        measured(Operation::LinearInputGradient, flops(dy, weight), || {
            if !fused(dy) {
                return elsewhere(dy, weight);
            }
            let (tokens, inputs) = (dy.dim(0)?, weight.dim(1)?);
            let (dy, w) = (Matrix::of(dy)?, Matrix::of(weight)?);
            let mut dx = vec![0f32; tokens * inputs];
            self.product(false).run(MatMut::dense(&mut dx, inputs), dy.view(), w.view());
            Tensor::from_vec(dx, (tokens, inputs), weight.device())
        })
    }

    /// Adds `dy·W` to `dx` in place: inputs that feed several layers collect their gradients so.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn add_input_gradient(self, dx: &Tensor, dy: &Tensor, weight: &Tensor) -> Result<()> {
        measured(Operation::LinearInputGradient, flops(dy, weight), || {
            if !fused(dy) {
                return add_elsewhere(dx, dy, weight);
            }
            let (dy, w) = (Matrix::of(dy)?, Matrix::of(weight)?);
            self.add_product(dx, dy.view(), w.view())
        })
    }

    /// Adds the gradient of the weight, `dyᵀ·x`, to `gradient` in place, for prepared operands.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn add_weight_gradient(self, gradient: &Tensor, dy: &Tensor, x: &Tensor) -> Result<()> {
        measured(Operation::LinearWeightGradient, flops(dy, gradient), || {
            if !fused(dy) {
                return add_elsewhere(gradient, &dy.t()?, x);
            }
            let (dy, x) = (Matrix::of(dy)?, Matrix::of(x)?);
            self.add_product(gradient, dy.view().t(), x.view())
        })
    }

    /// A product by all threads.
    pub(super) fn product(self, accumulate: bool) -> Product {
        Product { operands: self, accumulate, threads: Threads::All }
    }

    fn add_product(self, total: &Tensor, lhs: MatRef, rhs: MatRef) -> Result<()> {
        let width = total.dim(1)?;
        floats::edit(total, |total| {
            self.product(true).run(MatMut::dense(total, width), lhs, rhs);
            Ok(())
        })
    }
}

/// A product on another device than the CPU, in f32.
pub(super) fn elsewhere(lhs: &Tensor, rhs: &Tensor) -> Result<Tensor> {
    match server(lhs) {
        Server::Cuda => cuda::product::multiplied(lhs, rhs),
        Server::Cpu | Server::Twins => lhs.matmul(rhs)?.to_dtype(DType::F32),
    }
}

/// Adds such a product in place.
fn add_elsewhere(total: &Tensor, lhs: &Tensor, rhs: &Tensor) -> Result<()> {
    match server(total) {
        Server::Cuda => cuda::product::product(total, lhs, rhs, true),
        Server::Cpu | Server::Twins => floats::add_to(total, &elsewhere(lhs, rhs)?),
    }
}

/// Of a product of so many rows with a weight or its transpose.
pub(super) fn flops(rows: &Tensor, weight: &Tensor) -> usize {
    2 * rows.dims()[0] * weight.elem_count()
}

/// A two-dimensional tensor held open.
struct Matrix<'a> {
    values: Floats<'a>,
    shape: (usize, usize),
}

impl<'a> Matrix<'a> {
    fn of(tensor: &'a Tensor) -> Result<Self> {
        Ok(Self { values: Floats::of(tensor)?, shape: tensor.dims2()? })
    }

    fn view(&self) -> MatRef<'_> {
        MatRef::new(&self.values, self.shape.0, self.shape.1, self.shape.1)
    }
}
