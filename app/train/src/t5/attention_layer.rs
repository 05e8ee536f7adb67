//! A residual attention layer: norm, projections, attention, output projection, dropout, sum.

use super::{AttentionLayout, Gradients, T5};
use crate::ops::attention::{Attention, Projected, Saved};
use crate::ops::dropout::{Drawn, Dropout};
use crate::ops::rms_norm;
use candle_core::{Result, Tensor};

/// Self-attention, or cross-attention where it is given a memory.
pub struct AttentionLayer<'a> {
    pub model: &'a T5,
    pub layout: &'a AttentionLayout,
    pub attention: Attention<'a>,
    /// Of the layer's output.
    pub dropout: Dropout,
}

/// What the backward pass needs.
#[derive(Debug)]
pub struct AttentionTrace {
    hidden: Tensor,
    inverse: Tensor,
    projected: Projected,
    context: Tensor,
    saved: Saved,
    drawn: Drawn,
}

/// The encoder's output as an operand, and the sum of its gradients.
#[derive(Clone, Copy)]
pub struct Memory<'a> {
    pub operand: &'a Tensor,
    pub gradient: Option<&'a Tensor>,
}

impl AttentionLayer<'_> {
    /// `hidden` `[tokens, d_model]` to the sum of it and the layer's output.
    pub fn forward(&self, hidden: &Tensor, memory: Option<Memory>) -> Result<(Tensor, AttentionTrace)> {
        let (x, inverse) = self.normed(hidden)?;
        let (key, value) = self.key_value(memory.map_or(&x, |m| m.operand))?;
        let projected = Projected { query: self.query(&x)?, key, value };
        let (context, saved) = self.attention.forward(&projected)?;
        let (sum, drawn) = self.finish(hidden, &context)?;
        Ok((sum, AttentionTrace { hidden: hidden.clone(), inverse, projected, context, saved, drawn }))
    }

    /// The normed input as an operand, and its inverse roots.
    pub fn normed(&self, hidden: &Tensor) -> Result<(Tensor, Tensor)> {
        let epsilon = self.model.config.layer_norm_epsilon;
        let (x, inverse) = rms_norm::forward(hidden, self.model.weight(self.layout.norm), epsilon)?;
        Ok((self.model.prepare(&x)?, inverse))
    }

    /// Queries of a normed input.
    pub fn query(&self, x: &Tensor) -> Result<Tensor> {
        self.model.project(x, self.layout.query)
    }

    /// Keys and values of a normed input or of the memory.
    pub fn key_value(&self, source: &Tensor) -> Result<(Tensor, Tensor)> {
        let project = |id| self.model.project(source, id);
        Ok((project(self.layout.key)?, project(self.layout.value)?))
    }

    /// Output projection, dropout and sum.
    pub fn finish(&self, hidden: &Tensor, context: &Tensor) -> Result<(Tensor, Drawn)> {
        let update = self.model.project(&self.model.prepare(context)?, self.layout.output)?;
        self.dropout.add(Some(hidden), &update)
    }

    /// Gradient of `hidden` from the gradient of the sum.
    pub fn backward(
        &self,
        trace: &AttentionTrace,
        d_sum: &Tensor,
        memory: Option<Memory>,
        gradients: &Gradients,
    ) -> Result<Tensor> {
        let d_context = self.backward_output(trace, d_sum, gradients)?;
        let bias = self.attention.bias.is_some().then(|| gradients.get(self.bias_id()));
        let d = self.attention.backward(&trace.projected, (&trace.context, &trace.saved), &d_context, bias)?;
        let norm = rms_norm::Backward {
            x: &trace.hidden,
            inverse: &trace.inverse,
            weight: self.model.weight(self.layout.norm),
        };
        let x = self.model.prepare(&rms_norm::apply(norm.x, norm.inverse, norm.weight)?)?;
        let d_query = self.model.prepare(&d.query)?;
        self.model.operands().add_weight_gradient(gradients.get(self.layout.query), &d_query, &x)?;
        let d_x = self.model.operands().input_gradient(&d_query, self.model.operand(self.layout.query))?;
        let (source, d_source) = match memory {
            Some(Memory { operand, gradient }) => (operand, gradient),
            None => (&x, Some(&d_x)),
        };
        for (d, id) in [(&d.key, self.layout.key), (&d.value, self.layout.value)] {
            let d = self.model.prepare(d)?;
            self.model.operands().add_weight_gradient(gradients.get(id), &d, source)?;
            if let Some(d_source) = d_source {
                self.model.operands().add_input_gradient(d_source, &d, self.model.operand(id))?;
            }
        }
        norm.run(&d_x, Some(d_sum), gradients.get(self.layout.norm))
    }

    fn backward_output(&self, trace: &AttentionTrace, d_sum: &Tensor, gradients: &Gradients) -> Result<Tensor> {
        let d_update = self.model.prepare(&self.dropout.backward(d_sum, &trace.drawn)?)?;
        let context = self.model.prepare(&trace.context)?;
        self.model.operands().add_weight_gradient(gradients.get(self.layout.output), &d_update, &context)?;
        self.model.operands().input_gradient(&d_update, self.model.operand(self.layout.output))
    }

    fn bias_id(&self) -> super::ParameterId {
        let layout = &self.model.layout;
        if self.attention.causal { layout.decoder.relative_bias } else { layout.encoder.relative_bias }
    }
}
