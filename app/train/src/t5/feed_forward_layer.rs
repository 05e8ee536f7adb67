//! A residual feed-forward layer: norm, inner projections, activation, output projection, dropout, sum.

use super::{FeedForwardLayout, Gradients, T5};
use crate::ops::dropout::{Drawn, Dropout};
use crate::ops::feed_forward::Inner;
use crate::ops::rms_norm;
use candle_core::{Result, Tensor};

/// One feed-forward layer of a model.
pub struct FeedForwardLayer<'a> {
    pub model: &'a T5,
    pub layout: &'a FeedForwardLayout,
    /// Of the layer; the activation and the output take places of their own in it.
    pub dropout: Dropout,
}

/// What the backward pass needs.
#[derive(Debug)]
pub struct FeedForwardTrace {
    hidden: Tensor,
    inverse: Tensor,
    inner: Inner,
    inner_drawn: Drawn,
    drawn: Drawn,
}

impl FeedForwardLayer<'_> {
    /// `hidden` `[tokens, d_model]` to the sum of it and the layer's output.
    pub fn forward(&self, hidden: &Tensor) -> Result<(Tensor, FeedForwardTrace)> {
        let norm = self.model.weight(self.layout.norm);
        let (x, inverse) = rms_norm::forward(hidden, norm, self.model.config.layer_norm_epsilon)?;
        let x = self.model.prepare(&x)?;
        let project = |id| self.model.project(&x, id);
        let inner = Inner { active: project(self.layout.inner)?, linear: self.layout.linear.map(project).transpose()? };
        let (activated, inner_drawn) = inner.forward(&self.dropout.at(0))?;
        let update = self.model.project(&self.model.prepare(&activated)?, self.layout.output)?;
        let (sum, drawn) = self.dropout.at(1).add(Some(hidden), &update)?;
        Ok((sum, FeedForwardTrace { hidden: hidden.clone(), inverse, inner, inner_drawn, drawn }))
    }

    /// Gradient of `hidden` from the gradient of the sum.
    pub fn backward(&self, trace: &FeedForwardTrace, d_sum: &Tensor, gradients: &Gradients) -> Result<Tensor> {
        let d_activated = self.backward_output(trace, d_sum, gradients)?;
        let d = trace.inner.backward(&d_activated, &self.dropout.at(0), &trace.inner_drawn)?;
        let norm = rms_norm::Backward {
            x: &trace.hidden,
            inverse: &trace.inverse,
            weight: self.model.weight(self.layout.norm),
        };
        let x = self.model.prepare(&rms_norm::apply(norm.x, norm.inverse, norm.weight)?)?;
        let d_active = self.model.prepare(&d.active)?;
        self.model.operands().add_weight_gradient(gradients.get(self.layout.inner), &d_active, &x)?;
        let d_x = self.model.operands().input_gradient(&d_active, self.model.operand(self.layout.inner))?;
        if let (Some(d_linear), Some(id)) = (d.linear, self.layout.linear) {
            let d_linear = self.model.prepare(&d_linear)?;
            self.model.operands().add_weight_gradient(gradients.get(id), &d_linear, &x)?;
            self.model.operands().add_input_gradient(&d_x, &d_linear, self.model.operand(id))?;
        }
        norm.run(&d_x, Some(d_sum), gradients.get(self.layout.norm))
    }

    fn backward_output(&self, trace: &FeedForwardTrace, d_sum: &Tensor, gradients: &Gradients) -> Result<Tensor> {
        let d_update = self.model.prepare(&self.dropout.at(1).backward(d_sum, &trace.drawn)?)?;
        let activated = self.model.prepare(&trace.inner.again(&self.dropout.at(0), &trace.inner_drawn)?)?;
        self.model.operands().add_weight_gradient(gradients.get(self.layout.output), &d_update, &activated)?;
        self.model.operands().input_gradient(&d_update, self.model.operand(self.layout.output))
    }
}
