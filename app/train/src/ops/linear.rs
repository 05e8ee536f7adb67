//! Linear layers without bias, `y = x·Wᵀ`, in f32 or with operands rounded to bf16 and sums kept in f32.

use super::floats::{self, Floats};
use super::fused;
use super::gemm::{MatMut, MatRef, Threads, gemm};
use candle_core::{DType, Result, Tensor};

/// What the operands of a matrix product are rounded to; sums and all other operations stay in f32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operands {
    F32,
    Bf16,
}

impl Operands {
    /// Prepares one operand: where the device multiplies bf16 itself it becomes bf16, on the CPU it is rounded.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn prepare(self, tensor: &Tensor) -> Result<Tensor> {
        match self {
            Self::F32 => Ok(tensor.clone()),
            Self::Bf16 if fused(tensor) => tensor.to_dtype(DType::BF16)?.to_dtype(DType::F32),
            Self::Bf16 => tensor.to_dtype(DType::BF16),
        }
    }
}

/// `y = x·Wᵀ` for prepared operands: x `[tokens, in]`, W `[out, in]`, y `[tokens, out]` in f32.
///
/// # Errors
/// When the shapes do not fit.
pub fn forward(x: &Tensor, weight: &Tensor) -> Result<Tensor> {
    if !fused(x) {
        return x.matmul(&weight.t()?)?.to_dtype(DType::F32);
    }
    let (tokens, outputs) = (x.dim(0)?, weight.dim(0)?);
    let (x, w) = (Matrix::of(x)?, Matrix::of(weight)?);
    let mut y = vec![0f32; tokens * outputs];
    gemm(MatMut::dense(&mut y, outputs), x.view(), w.view().t(), false, Threads::All);
    Tensor::from_vec(y, (tokens, outputs), weight.device())
}

/// Gradient of the input, `dx = dy·W`, for prepared operands.
///
/// # Errors
/// When the shapes do not fit.
pub fn input_gradient(dy: &Tensor, weight: &Tensor) -> Result<Tensor> {
    if !fused(dy) {
        return dy.matmul(weight)?.to_dtype(DType::F32);
    }
    let dx = Tensor::zeros((dy.dim(0)?, weight.dim(1)?), DType::F32, dy.device())?;
    add_input_gradient(&dx, dy, weight)?;
    Ok(dx)
}

/// Adds `dy·W` to `dx` in place: inputs that feed several layers collect their gradients so.
///
/// # Errors
/// When the shapes do not fit.
pub fn add_input_gradient(dx: &Tensor, dy: &Tensor, weight: &Tensor) -> Result<()> {
    if !fused(dy) {
        return floats::add_to(dx, &dy.matmul(weight)?.to_dtype(DType::F32)?);
    }
    let (dy, w) = (Matrix::of(dy)?, Matrix::of(weight)?);
    edit_product(dx, dy.view(), w.view())
}

/// Adds the gradient of the weight, `dyᵀ·x`, to `gradient` in place, for prepared operands.
///
/// # Errors
/// When the shapes do not fit.
pub fn add_weight_gradient(gradient: &Tensor, dy: &Tensor, x: &Tensor) -> Result<()> {
    if !fused(dy) {
        return floats::add_to(gradient, &dy.t()?.matmul(x)?.to_dtype(DType::F32)?);
    }
    let (dy, x) = (Matrix::of(dy)?, Matrix::of(x)?);
    edit_product(gradient, dy.view().t(), x.view())
}

fn edit_product(total: &Tensor, lhs: MatRef, rhs: MatRef) -> Result<()> {
    let width = total.dim(1)?;
    floats::edit(total, |total| {
        gemm(MatMut::dense(total, width), lhs, rhs, true, Threads::All);
        Ok(())
    })
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
