//! The encoder or the decoder: embedding, blocks, final norm, and the way back through them.

use super::attention_layer::{AttentionLayer, AttentionTrace, Memory};
use super::feed_forward_layer::{FeedForwardLayer, FeedForwardTrace};
use super::{BlockLayout, Gradients, StackLayout, T5};
use crate::ops::attention::{Attention, Bias, Buckets, Spans};
use crate::ops::dropout::{Drawn, Dropout};
use crate::ops::{embedding, rms_norm};
use candle_core::{Result, Tensor};

/// One of a model's two stacks, over one batch.
pub struct Stack<'a> {
    pub model: &'a T5,
    pub layout: &'a StackLayout,
    /// Self-attention.
    pub spans: &'a Spans,
    /// Cross-attention of a decoder: its queries to the memory's rows.
    pub memory_spans: Option<&'a Spans>,
    pub dropout: Dropout,
}

/// What a forward pass keeps for the backward pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing: evaluation.
    Nothing,
    /// Each block's input, from which the backward pass computes the block again (Chen et al. 2016).
    Inputs,
    /// Everything.
    Everything,
}

/// What was kept of one pass.
pub struct StackTrace {
    embedding: Drawn,
    blocks: Vec<KeptBlock>,
    hidden: Tensor,
    inverse: Tensor,
    output: Drawn,
}

enum KeptBlock {
    Input(Tensor),
    Trace(BlockTrace),
}

struct BlockTrace {
    self_attention: AttentionTrace,
    cross_attention: Option<AttentionTrace>,
    feed_forward: FeedForwardTrace,
}

impl<'a> Stack<'a> {
    /// Tokens to the normed output `[tokens, d_model]`.
    pub fn forward(&self, tokens: &[u32], memory: Option<Memory>, keep: Keep) -> Result<(Tensor, StackTrace)> {
        let device = self.model.device();
        self.dropout.reseed(device)?;
        let embedded = embedding::forward(self.model.weight(self.model.layout.shared), tokens)?;
        let (mut hidden, embedding) = self.dropout.at(EMBEDDING).add(None, &embedded)?;
        let mut blocks = Vec::new();
        for index in 0..self.layout.blocks.len() {
            let (next, trace) = self.block(index).forward(&hidden, memory)?;
            match keep {
                Keep::Nothing => {}
                Keep::Inputs => blocks.push(KeptBlock::Input(hidden)),
                Keep::Everything => blocks.push(KeptBlock::Trace(trace)),
            }
            hidden = next;
        }
        self.dropout.at(OUTPUT).reseed(device)?;
        let norm = self.model.weight(self.layout.final_norm);
        let (normed, inverse) = rms_norm::forward(&hidden, norm, self.model.config.layer_norm_epsilon)?;
        let (result, output) = self.dropout.at(OUTPUT).add(None, &normed)?;
        Ok((result, StackTrace { embedding, blocks, hidden, inverse, output }))
    }

    /// Takes the gradient of the output down to the embedding; `memory` collects its own.
    pub fn backward(
        &self,
        tokens: &[u32],
        trace: StackTrace,
        d_output: &Tensor,
        memory: Option<Memory>,
        gradients: &Gradients,
    ) -> Result<()> {
        let d_normed = self.dropout.at(OUTPUT).backward(d_output, &trace.output)?;
        let norm = rms_norm::Backward {
            x: &trace.hidden,
            inverse: &trace.inverse,
            weight: self.model.weight(self.layout.final_norm),
        };
        let mut d_hidden = norm.run(&d_normed, None, gradients.get(self.layout.final_norm))?;
        // From the last block to the first, each freed once it is done with.
        for (index, kept) in trace.blocks.into_iter().enumerate().rev() {
            let block = self.block(index);
            let trace = match kept {
                KeptBlock::Trace(trace) => trace,
                KeptBlock::Input(hidden) => block.forward(&hidden, memory)?.1,
            };
            d_hidden = block.backward(&trace, &d_hidden, memory, gradients)?;
        }
        let d_embedded = self.dropout.at(EMBEDDING).backward(&d_hidden, &trace.embedding)?;
        embedding::add_gradient(gradients.get(self.model.layout.shared), tokens, &d_embedded)
    }

    /// Block by number; with it the layers can be run one by one, as decoding does.
    pub fn block(&self, index: usize) -> Block<'_> {
        Block { stack: self, layout: &self.layout.blocks[index], dropout: self.dropout.at(FIRST_BLOCK + index as u64) }
    }
}

/// Places of the dropout layers in a stack.
const EMBEDDING: u64 = 0;
const OUTPUT: u64 = 1;
const FIRST_BLOCK: u64 = 2;

/// One block of a stack.
pub struct Block<'a> {
    stack: &'a Stack<'a>,
    layout: &'a BlockLayout,
    dropout: Dropout,
}

impl Block<'_> {
    fn forward(&self, hidden: &Tensor, memory: Option<Memory>) -> Result<(Tensor, BlockTrace)> {
        self.dropout.reseed(self.stack.model.device())?;
        let (mut hidden, self_attention) = self.self_attention().forward(hidden, None)?;
        let mut cross_trace = None;
        if let Some(cross) = self.cross_attention() {
            let (next, trace) = cross.forward(&hidden, memory)?;
            (hidden, cross_trace) = (next, Some(trace));
        }
        let (hidden, feed_forward) = self.feed_forward().forward(&hidden)?;
        Ok((hidden, BlockTrace { self_attention, cross_attention: cross_trace, feed_forward }))
    }

    fn backward(
        &self,
        trace: &BlockTrace,
        d_hidden: &Tensor,
        memory: Option<Memory>,
        gradients: &Gradients,
    ) -> Result<Tensor> {
        let mut d_hidden = self.feed_forward().backward(&trace.feed_forward, d_hidden, gradients)?;
        if let (Some(cross), Some(trace)) = (self.cross_attention(), &trace.cross_attention) {
            d_hidden = cross.backward(trace, &d_hidden, memory, gradients)?;
        }
        self.self_attention().backward(&trace.self_attention, &d_hidden, None, gradients)
    }

    /// Self-attention, causal in a decoder.
    pub fn self_attention(&self) -> AttentionLayer<'_> {
        let (model, causal) = (self.stack.model, self.layout.cross_attention.is_some());
        let buckets = Buckets {
            count: model.config.relative_attention_num_buckets,
            max_distance: model.config.relative_attention_max_distance,
            bidirectional: !causal,
        };
        let bias = Bias { table: model.weight(self.stack.layout.relative_bias), buckets };
        let attention = Attention {
            spans: self.stack.spans,
            heads: model.config.num_heads,
            operands: model.operands(),
            causal,
            bias: Some(bias),
            dropout: self.dropout.at(0),
        };
        AttentionLayer { model, layout: &self.layout.self_attention, attention, dropout: self.dropout.at(1) }
    }

    /// Attention to the memory, in a decoder.
    pub fn cross_attention(&self) -> Option<AttentionLayer<'_>> {
        let model = self.stack.model;
        let attention = Attention {
            spans: self.stack.memory_spans?,
            heads: model.config.num_heads,
            operands: model.operands(),
            causal: false,
            bias: None,
            dropout: self.dropout.at(2),
        };
        let layout = self.layout.cross_attention.as_ref()?;
        Some(AttentionLayer { model, layout, attention, dropout: self.dropout.at(3) })
    }

    /// The feed-forward layer.
    pub fn feed_forward(&self) -> FeedForwardLayer<'_> {
        FeedForwardLayer { model: self.stack.model, layout: &self.layout.feed_forward, dropout: self.dropout.at(4) }
    }
}
