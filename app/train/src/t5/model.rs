//! A model: its configuration, its weights, and those weights as the matrix products want them.

use super::{Config, Layout, ParameterId, Weights};
use crate::ops::fused;
use crate::ops::linear::Operands;
use crate::ops::packed::{Numbers, Packed};
use candle_core::{Device, Result, Tensor};

/// A T5 that can be trained and asked.
#[derive(Debug)]
pub struct T5 {
    pub config: Config,
    pub layout: Layout,
    weights: Weights,
    operands: Operands,
    /// The matrices as operands; empty in f32, where the weights themselves serve.
    prepared: Vec<Tensor>,
    /// The decoder's matrices and the head, laid out for a few rows; empty until [`T5::pack`].
    packed: Vec<Option<Packed>>,
    /// What these are laid out from.
    numbers: Numbers,
}

impl T5 {
    /// Wraps weights that follow the configuration's layout.
    ///
    /// # Errors
    /// When the device is out of memory.
    ///
    /// # Panics
    /// When the weights do not follow the layout; checkpoints are checked when they are read.
    pub fn new(config: Config, weights: Weights, operands: Operands) -> Result<Self> {
        let layout = Layout::new(&config);
        let shapes = layout.parameters.iter().map(|p| p.shape.as_slice());
        assert!(shapes.eq(weights.tensors.iter().map(Tensor::dims)), "weights do not follow the layout");
        let mut model = Self {
            config,
            layout,
            weights,
            operands,
            prepared: Vec::new(),
            packed: Vec::new(),
            numbers: Numbers::AsTrained,
        };
        model.refresh()?;
        Ok(model)
    }

    /// Brings the operands up to date after the weights have changed.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn refresh(&mut self) -> Result<()> {
        self.packed.clear();
        self.numbers = Numbers::AsTrained;
        if self.operands != Operands::F32 {
            self.prepared = self.weights.tensors.iter().map(|w| self.operands.prepare(w)).collect::<Result<_>>()?;
        }
        Ok(())
    }

    /// The weights, which optimizers change in place; call [`Self::refresh`] afterwards.
    pub fn weights(&mut self) -> &mut Weights {
        &mut self.weights
    }

    /// The weights, to read.
    pub fn weights_ref(&self) -> &Weights {
        &self.weights
    }

    /// Where the model lives.
    pub fn device(&self) -> &Device {
        self.weights.device()
    }

    pub(super) fn weight(&self, id: ParameterId) -> &Tensor {
        self.weights.get(id)
    }

    /// A weight as an operand.
    pub(super) fn operand(&self, id: ParameterId) -> &Tensor {
        self.prepared.get(id.0).unwrap_or_else(|| self.weights.get(id))
    }

    /// Lays out what decoding multiplies a few rows with, or every linear layer in integers, which takes a copy of those
    /// weights; for the CPU alone.
    ///
    /// # Errors
    /// When the weights are not f32.
    pub fn pack(&mut self, numbers: Numbers) -> Result<()> {
        if !fused(self.weights.get(self.layout.shared)) {
            return Ok(());
        }
        self.numbers = numbers;
        let packed: Vec<_> = match numbers {
            Numbers::AsTrained => self.layout.of_steps().collect(),
            Numbers::Int8 => self.layout.linear().collect(),
        };
        let pack = |id| if packed.contains(&id) { self.packed(self.operand(id)) } else { Ok(None) };
        self.packed = (0..self.layout.parameters.len()).map(ParameterId).map(pack).collect::<Result<_>>()?;
        Ok(())
    }

    fn packed(&self, matrix: &Tensor) -> Result<Option<Packed>> {
        Packed::new(matrix, self.numbers, self.operands)
    }

    /// A linear layer: prepared rows `[tokens, in]` to `[tokens, out]`.
    pub(super) fn project(&self, x: &Tensor, id: ParameterId) -> Result<Tensor> {
        match self.packed.get(id.0) {
            Some(Some(packed)) if packed.serves(x.dim(0)?) => packed.forward(x),
            _ => self.operands.forward(x, self.operand(id)),
        }
    }

    /// As [`Self::project`], by a matrix `[out, in]` that is used once.
    pub(super) fn project_by(&self, x: &Tensor, matrix: &Tensor) -> Result<Tensor> {
        let packed = if fused(matrix) { self.packed(matrix)? } else { None };
        packed.map_or_else(|| self.operands.forward(x, matrix), |packed| packed.forward(x))
    }

    /// What the linear layers multiply.
    pub(super) fn operands(&self) -> Operands {
        self.operands
    }

    /// An activation or gradient as an operand.
    pub(super) fn prepare(&self, tensor: &Tensor) -> Result<Tensor> {
        self.operands.prepare(tensor)
    }

    /// The head: a matrix of its own, or the embedding.
    pub(super) fn head(&self) -> ParameterId {
        self.layout.head.unwrap_or(self.layout.shared)
    }

    /// What the decoder's output is multiplied by before the head.
    pub(super) fn output_scale(&self) -> f64 {
        if self.config.scales_decoder_outputs() { (self.config.d_model as f64).powf(-0.5) } else { 1.0 }
    }
}
