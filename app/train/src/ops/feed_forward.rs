//! The activations of T5's feed-forward layers, ReLU and gated GELU, fused with the dropout that follows them.

use super::dropout::{Drawn, Dropout};
use super::floats::Floats;
use super::lanes::{gelu, lanes};
use super::serving::{Server, server};
use super::{cuda, rows};
use crate::meter::{Operation, measured};
use candle_core::{Result, Tensor};

/// What goes into the activation: `wi·x`, or `wi_0·x` and `wi_1·x` for the gated kind; each `[tokens, d_ff]`.
#[derive(Debug)]
pub struct Inner {
    pub active: Tensor,
    /// The linear half of gated GELU; without it the activation is ReLU.
    pub linear: Option<Tensor>,
}

/// Gradients of [`Inner`].
pub type InnerGradient = Inner;

impl Inner {
    /// `dropout(gelu(active) ⊙ linear)` or `dropout(relu(active))`.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn forward(&self, dropout: &Dropout) -> Result<(Tensor, Drawn)> {
        measured(Operation::ActivationForward, 0, || {
            if server(&self.active) == Server::Twins {
                let drawn = dropout.draw(self.active.dims(), self.active.device())?;
                return Ok((dropout.apply(&composite::forward(self)?, &drawn)?, drawn));
            }
            Ok((self.with_mask(dropout, &None)?, None))
        })
    }

    /// The output once more, with the mask of the forward pass, for a backward pass that did not keep it.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn again(&self, dropout: &Dropout, drawn: &Drawn) -> Result<Tensor> {
        measured(Operation::ActivationForward, 0, || self.with_mask(dropout, drawn))
    }

    fn with_mask(&self, dropout: &Dropout, drawn: &Drawn) -> Result<Tensor> {
        match server(&self.active) {
            Server::Cpu => self.fused_forward(dropout),
            Server::Cuda => cuda::elements::activation(self, dropout),
            Server::Twins => dropout.apply(&composite::forward(self)?, drawn),
        }
    }

    /// Gradients of both inputs.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn backward(&self, dy: &Tensor, dropout: &Dropout, drawn: &Drawn) -> Result<InnerGradient> {
        measured(Operation::ActivationBackward, 0, || match server(dy) {
            Server::Cpu => self.fused_backward(dy, dropout),
            Server::Cuda => cuda::elements::activation_slopes(self, dy, dropout),
            Server::Twins => composite::backward(self, &dropout.apply(dy, drawn)?),
        })
    }

    fn fused_forward(&self, dropout: &Dropout) -> Result<Tensor> {
        let width = self.active.dim(1)?;
        let active = Floats::of(&self.active)?;
        let linear = self.linear.as_ref().map(Floats::of).transpose()?;
        let mut y = vec![0f32; active.len()];
        rows::each(&mut y, width, |row, y| {
            let at = row * width..(row + 1) * width;
            match &linear {
                Some(linear) => gated(y, &active[at.clone()], &linear[at]),
                None => relu(y, &active[at]),
            }
            if !dropout.is_off() {
                super::dropout::drop_row(y, dropout.key(row, 0), dropout.odds());
            }
        });
        Tensor::from_vec(y, self.active.shape(), self.active.device())
    }

    fn fused_backward(&self, dy: &Tensor, dropout: &Dropout) -> Result<InnerGradient> {
        let width = dy.dim(1)?;
        let (active, dy_values) = (Floats::of(&self.active)?, Floats::of(dy)?);
        let mut d_active = dy_values.to_vec();
        let tensor = |values| Tensor::from_vec(values, dy.shape(), dy.device());
        let keep = |row: usize, dy: &mut [f32]| {
            if !dropout.is_off() {
                super::dropout::drop_row(dy, dropout.key(row, 0), dropout.odds());
            }
        };
        let Some(linear) = &self.linear else {
            rows::each(&mut d_active, width, |row, d| {
                keep(row, d);
                relu_slope(d, &active[row * width..][..width]);
            });
            return Ok(Inner { active: tensor(d_active)?, linear: None });
        };
        let linear = Floats::of(linear)?;
        let mut d_linear = vec![0f32; dy_values.len()];
        rows::each_pair(&mut d_active, &mut d_linear, width, |row, d_active, d_linear| {
            let at = row * width..(row + 1) * width;
            keep(row, d_active);
            gated_slope(d_active, d_linear, &active[at.clone()], &linear[at]);
        });
        Ok(Inner { active: tensor(d_active)?, linear: Some(tensor(d_linear)?) })
    }
}

lanes! {
fn gated(y: &mut [f32], active: &[f32], linear: &[f32]) {
    for ((y, a), l) in y.iter_mut().zip(active).zip(linear) {
        *y = gelu(*a).0 * l;
    }
}
}

lanes! {
fn relu(y: &mut [f32], active: &[f32]) {
    for (y, a) in y.iter_mut().zip(active) {
        *y = a.max(0.0);
    }
}
}

lanes! {
/// Takes the gradient of the product in `d_active` and leaves the two factors' gradients.
fn gated_slope(d_active: &mut [f32], d_linear: &mut [f32], active: &[f32], linear: &[f32]) {
    for (((da, dl), a), l) in d_active.iter_mut().zip(d_linear).zip(active).zip(linear) {
        let (value, slope) = gelu(*a);
        *dl = *da * value;
        *da *= l * slope;
    }
}
}

lanes! {
fn relu_slope(d_active: &mut [f32], active: &[f32]) {
    for (d, a) in d_active.iter_mut().zip(active) {
        *d = if *a > 0.0 { *d } else { 0.0 };
    }
}
}

mod composite {
    //! The same in plain tensor operations.

    use super::{Inner, InnerGradient, Result, Tensor};

    pub fn forward(inner: &Inner) -> Result<Tensor> {
        match &inner.linear {
            Some(linear) => inner.active.gelu()? * linear,
            None => inner.active.relu(),
        }
    }

    pub fn backward(inner: &Inner, dy: &Tensor) -> Result<InnerGradient> {
        let Some(linear) = &inner.linear else {
            let active = inner.active.gt(0f32)?.to_dtype(dy.dtype())? * dy;
            return Ok(Inner { active: active?, linear: None });
        };
        let d_linear = (inner.active.gelu()? * dy)?;
        Ok(Inner { active: ((slope(&inner.active)? * linear)? * dy)?, linear: Some(d_linear) })
    }

    /// Derivative of GELU by tanh.
    fn slope(x: &Tensor) -> Result<Tensor> {
        const ROOT: f64 = 0.797_884_560_802_865_4; // √(2/π)
        // Not a power: of negative numbers Metal may make none.
        let cubic = ((x.sqr()? * x)? * 0.044_715)?;
        let t = ((x + cubic)? * ROOT)?.tanh()?;
        let inner = ((x.sqr()? * (3.0 * 0.044_715 * ROOT))? + ROOT)?;
        let bell = (x * 0.5)?.mul(&(1.0 - t.sqr()?)?)?.mul(&inner)?;
        ((t + 1.0)? * 0.5)? + bell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};

    fn inner(gated: bool) -> Result<Inner> {
        let linear = if gated { Some(numbers((3, 21), 2)?) } else { None };
        Ok(Inner { active: (numbers((3, 21), 1)? * 4.0)?, linear })
    }

    #[test]
    fn kernels_equal_their_twins() -> Result<()> {
        for gated in [true, false] {
            let (inner, dy, off) = (inner(gated)?, numbers((3, 21), 3)?, Dropout::off());
            assert_close(&inner.forward(&off)?.0, &composite::forward(&inner)?);
            let (kernel, twin) = (inner.backward(&dy, &off, &None)?, composite::backward(&inner, &dy)?);
            assert_close(&kernel.active, &twin.active);
            assert_eq!(kernel.linear.is_some(), gated);
            if let (Some(kernel), Some(twin)) = (kernel.linear, twin.linear) {
                assert_close(&kernel, &twin);
            }
        }
        Ok(())
    }

    #[test]
    fn dropped_values_pass_no_gradient() -> Result<()> {
        let dropout = Dropout::new(0.5, (0..3).map(|t| super::super::dropout::token_key(1, t)).collect());
        let (inner, dy) = (inner(true)?, numbers((3, 21), 3)?);
        let (y, drawn) = inner.forward(&dropout)?;
        assert_close(&y, &inner.again(&dropout, &drawn)?);
        let gradient = inner.backward(&dy, &dropout, &drawn)?;
        let (y, d) = (Floats::of(&y)?, Floats::of(&gradient.active)?);
        assert!(y.iter().zip(d.iter()).all(|(y, d)| *y != 0.0 || *d == 0.0));
        assert!(y.iter().filter(|y| **y == 0.0).count() > 10);
        Ok(())
    }
}
