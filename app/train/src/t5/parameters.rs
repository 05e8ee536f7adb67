//! The numbers of a model and their gradients, both in the layout's order.

use super::{Layout, ParameterId};
use candle_core::{DType, Device, Result, Tensor};

/// A model's parameters: contiguous tensors on one device, in the order of [`Layout::parameters`].
///
/// Optimizers change them in place, so a clone shares its values.
#[derive(Clone, Debug)]
pub struct Weights {
    pub tensors: Vec<Tensor>,
}

/// Gradients of one batch, in the same order and of the same shapes as [`Weights`]; always f32.
///
/// Micro-batches add to them; [`Gradients::clear`] starts the next batch.
#[derive(Debug)]
pub struct Gradients {
    pub tensors: Vec<Tensor>,
}

impl Weights {
    /// One parameter.
    pub fn get(&self, id: ParameterId) -> &Tensor {
        &self.tensors[id.0]
    }

    /// Where the parameters live.
    ///
    /// # Panics
    /// Never: a layout has parameters.
    pub fn device(&self) -> &Device {
        self.tensors[0].device()
    }
}

impl Gradients {
    /// Zero for every parameter.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn zeros(layout: &Layout, device: &Device) -> Result<Self> {
        let zero = |spec: &super::ParameterSpec| Tensor::zeros(spec.shape.as_slice(), DType::F32, device);
        Ok(Self { tensors: layout.parameters.iter().map(zero).collect::<Result<_>>()? })
    }

    /// Forgets the last batch.
    ///
    /// # Errors
    /// When the device fails.
    pub fn clear(&mut self) -> Result<()> {
        self.tensors.iter().try_for_each(Tensor::zero_set)
    }

    /// One parameter's gradient.
    pub fn get(&self, id: ParameterId) -> &Tensor {
        &self.tensors[id.0]
    }
}
