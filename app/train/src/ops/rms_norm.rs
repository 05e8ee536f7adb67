//! RMS norm, `y = w ⊙ x / √(mean(x²) + ε)` (Zhang & Sennrich 2019; `T5LayerNorm`), over the rows of `[tokens, width]`.

use super::floats::{self, Floats};
use super::lanes::{dot, lanes};
use super::serving::{Server, server};
use super::{cuda, rows};
use crate::meter::{Operation, measured};
use candle_core::{D, Result, Tensor};

/// Normalises each row.
///
/// Returns y and the inverse root mean squares `[tokens]`, which the backward pass needs.
///
/// # Errors
/// When the shapes do not fit.
pub fn forward(x: &Tensor, weight: &Tensor, epsilon: f64) -> Result<(Tensor, Tensor)> {
    measured(Operation::NormForward, 0, || {
        let inverse = match server(x) {
            Server::Cpu => inverse_roots(x, epsilon)?,
            Server::Cuda => return cuda::rows::rms_norm(x, weight, epsilon),
            Server::Twins => composite::inverse_roots(x, epsilon)?,
        };
        Ok((apply(x, &inverse, weight)?, inverse))
    })
}

/// Normalises with inverse roots that are known already: the backward pass rebuilds y instead of keeping it.
///
/// # Errors
/// When the shapes do not fit.
pub fn apply(x: &Tensor, inverse: &Tensor, weight: &Tensor) -> Result<Tensor> {
    match server(x) {
        Server::Cpu => fused_apply(x, inverse, weight),
        Server::Cuda => cuda::rows::rms_norm_apply(x, inverse, weight),
        Server::Twins => composite::apply(x, inverse, weight),
    }
}

fn fused_apply(x: &Tensor, inverse: &Tensor, weight: &Tensor) -> Result<Tensor> {
    let width = x.dim(1)?;
    let (values, inverse, weight) = (Floats::of(x)?, Floats::of(inverse)?, Floats::of(weight)?);
    let mut y = vec![0f32; values.len()];
    rows::each(&mut y, width, |row, y| normalise(y, &values[row * width..][..width], &weight, inverse[row]));
    Tensor::from_vec(y, x.shape(), x.device())
}

/// What the backward pass reads.
pub struct Backward<'a> {
    pub x: &'a Tensor,
    pub inverse: &'a Tensor,
    pub weight: &'a Tensor,
}

impl Backward<'_> {
    /// Gradient of x plus `residual`, the gradient that goes around the norm; adds w's to `weight_gradient`.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn run(&self, dy: &Tensor, residual: Option<&Tensor>, weight_gradient: &Tensor) -> Result<Tensor> {
        measured(Operation::NormBackward, 0, || match server(dy) {
            Server::Cpu => self.fused(dy, residual, weight_gradient),
            Server::Cuda => cuda::rows::rms_norm_slopes(self, dy, residual, weight_gradient),
            Server::Twins => composite::backward(self, dy, residual, weight_gradient),
        })
    }

    fn fused(&self, dy: &Tensor, residual: Option<&Tensor>, weight_gradient: &Tensor) -> Result<Tensor> {
        let width = dy.dim(1)?;
        let (x, inverse) = (Floats::of(self.x)?, Floats::of(self.inverse)?);
        let (weight, dy_values) = (Floats::of(self.weight)?, Floats::of(dy)?);
        let mut dx = match residual {
            Some(residual) => Floats::of(residual)?.to_vec(),
            None => vec![0f32; dy_values.len()],
        };
        rows::each(&mut dx, width, |row, dx| {
            let at = row * width..(row + 1) * width;
            add_slope(dx, Row { x: &x[at.clone()], dy: &dy_values[at], weight: &weight, inverse: inverse[row] });
        });
        let sums = rows::sum(inverse.len(), width, |range, sum| {
            for row in range {
                let at = row * width..(row + 1) * width;
                add_weight_slope(sum, &x[at.clone()], &dy_values[at], inverse[row]);
            }
        });
        floats::add_to(weight_gradient, &Tensor::from_vec(sums, width, dy.device())?)?;
        Tensor::from_vec(dx, dy.shape(), dy.device())
    }
}

fn inverse_roots(x: &Tensor, epsilon: f64) -> Result<Tensor> {
    let width = x.dim(1)?;
    let values = Floats::of(x)?;
    let root = |row: &[f32]| 1.0 / (dot(row, row) / width as f32 + epsilon as f32).sqrt();
    let roots: Vec<f32> = values.chunks(width).map(root).collect();
    Tensor::from_vec(roots, x.dim(0)?, x.device())
}

struct Row<'a> {
    x: &'a [f32],
    dy: &'a [f32],
    weight: &'a [f32],
    inverse: f32,
}

lanes! {
fn normalise(y: &mut [f32], x: &[f32], weight: &[f32], inverse: f32) {
    for ((y, x), w) in y.iter_mut().zip(x).zip(weight) {
        *y = w * (x * inverse);
    }
}
}

lanes! {
/// dx += (w ⊙ dy)·r − x·r³·mean(w ⊙ dy ⊙ x)
fn add_slope(dx: &mut [f32], row: Row<'_>) {
    let Row { x, dy, weight, inverse } = row;
    let mut product = 0f32;
    let mut sums = [0f32; 16];
    let whole = x.len() / 16 * 16;
    for at in (0..whole).step_by(16) {
        for lane in 0..16 {
            sums[lane] += weight[at + lane] * dy[at + lane] * x[at + lane];
        }
    }
    for at in whole..x.len() {
        product += weight[at] * dy[at] * x[at];
    }
    product += sums.iter().sum::<f32>();
    let factor = inverse * inverse * inverse * product / x.len() as f32;
    for (((dx, x), dy), w) in dx.iter_mut().zip(x).zip(dy).zip(weight) {
        *dx += w * dy * inverse - x * factor;
    }
}
}

lanes! {
fn add_weight_slope(sum: &mut [f32], x: &[f32], dy: &[f32], inverse: f32) {
    for ((s, x), dy) in sum.iter_mut().zip(x).zip(dy) {
        *s += dy * (x * inverse);
    }
}
}

mod composite {
    //! The same in plain tensor operations.

    use super::{Backward, D, Result, Tensor, floats};

    pub fn inverse_roots(x: &Tensor, epsilon: f64) -> Result<Tensor> {
        (x.sqr()?.mean(D::Minus1)? + epsilon)?.sqrt()?.recip()
    }

    pub fn apply(x: &Tensor, inverse: &Tensor, weight: &Tensor) -> Result<Tensor> {
        x.broadcast_mul(&inverse.unsqueeze(1)?)?.broadcast_mul(weight)
    }

    pub fn backward(
        saved: &Backward,
        dy: &Tensor,
        residual: Option<&Tensor>,
        weight_gradient: &Tensor,
    ) -> Result<Tensor> {
        let inverse = saved.inverse.unsqueeze(1)?;
        let unit = saved.x.broadcast_mul(&inverse)?;
        floats::add_to(weight_gradient, &(dy * &unit)?.sum(0)?)?;
        let weighted = dy.broadcast_mul(saved.weight)?;
        let mean = (&weighted * &unit)?.mean_keepdim(D::Minus1)?;
        let dx = (weighted - unit.broadcast_mul(&mean)?)?.broadcast_mul(&inverse)?;
        residual.map_or(Ok(dx.clone()), |residual| residual + &dx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};
    use candle_core::{DType, Device};

    #[test]
    fn kernel_equals_twin() -> Result<()> {
        let (x, dy, residual) = (numbers((5, 37), 1)?, numbers((5, 37), 2)?, numbers((5, 37), 3)?);
        let weight = numbers(37, 4)?;
        let (y, inverse) = forward(&x, &weight, 1e-6)?;
        assert_close(&inverse, &composite::inverse_roots(&x, 1e-6)?);
        assert_close(&y, &composite::apply(&x, &inverse, &weight)?);
        let zeros = || Tensor::zeros(37, DType::F32, &Device::Cpu);
        let (kernel, twin) = (zeros()?, zeros()?);
        let saved = Backward { x: &x, inverse: &inverse, weight: &weight };
        let dx = saved.run(&dy, Some(&residual), &kernel)?;
        assert_close(&dx, &composite::backward(&saved, &dy, Some(&residual), &twin)?);
        assert_close(&kernel, &twin);
        Ok(())
    }
}
