//! What a model makes of whole targets: their losses, the gradients of these, and their logits.

use super::attention_layer::Memory;
use super::stack::{Keep, Stack, StackTrace};
use super::{Gradients, T5};
use crate::batch::{Batch, Ragged, cut};
use crate::ops::attention::Spans;
use crate::ops::cross_entropy::CrossEntropy;
use crate::ops::dropout::{Dropout, token_key};
use crate::ops::embedding;
use candle_core::{Result, Tensor};
use std::ops::Range;

/// Source tokens that the CPU reads at once: what one layer makes of them is still in its caches when the next one reads
/// it. Measured on T5-small: 7,000 tokens at once take a quarter longer.
const READ_AT_ONCE: usize = 2048;

/// How a batch is learnt from.
#[derive(Clone, Copy, Debug)]
pub struct Learning {
    pub dropout: f64,
    /// ε of label smoothing.
    pub smoothing: f32,
    /// Whether blocks are computed again in the backward pass instead of being kept.
    pub checkpointing: bool,
}

impl T5 {
    /// Loss of each target token, left on the device; adds the gradients of their sum times `scale` to `gradients`.
    ///
    /// Nothing here waits for the device: reading the losses does.
    /// With `scale` = 1 / target tokens of all micro-batches, these add up to the gradient of the mean loss.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary.
    pub fn accumulate(&self, batch: &Batch, learning: Learning, scale: f32, gradients: &Gradients) -> Result<Tensor> {
        let keep = if learning.checkpointing { Keep::Inputs } else { Keep::Everything };
        let (source_spans, target_spans) = (batch.source.own_spans(), batch.target.own_spans());
        let memory_spans = Spans::new(batch.target.spans().to_vec(), batch.source.spans().to_vec());
        let encoder = self.encoder(&source_spans, dropout(learning, &batch.source, &batch.keys, 0));
        let decoder_dropout = dropout(learning, &batch.target, &batch.keys, 1);
        let decoder = self.decoder(&target_spans, &memory_spans, decoder_dropout);

        let (memory, encoder_trace) = encoder.forward(batch.source.ids(), None, keep)?;
        let operand = self.prepare(&memory)?;
        let d_memory = memory.zeros_like()?;
        let memory = Some(Memory { operand: &operand, gradient: Some(&d_memory) });
        let inputs = batch.target.shifted(self.config.decoder_start_token_id);
        let (hidden, decoder_trace) = decoder.forward(&inputs, memory, keep)?;

        let (losses, d_hidden) =
            self.head_backward(&hidden, batch.target.ids(), (learning.smoothing, scale), gradients)?;
        decoder.backward(&inputs, decoder_trace, &d_hidden, memory, gradients)?;
        encoder.backward(batch.source.ids(), encoder_trace, &d_memory, None, gradients)?;
        Ok(losses)
    }

    /// Loss of each target token, without dropout.
    ///
    /// # Errors
    /// As [`Self::accumulate`].
    pub fn losses(&self, batch: &Batch) -> Result<Vec<f32>> {
        let memory = self.encode(&batch.source)?;
        self.target_losses(&memory, batch.source.spans().to_vec(), &batch.target)
    }

    /// Loss of each target token given the encoder's output; several targets may read one span of it.
    ///
    /// # Errors
    /// As [`Self::accumulate`].
    pub fn target_losses(&self, memory: &Tensor, spans: Vec<Range<usize>>, target: &Ragged) -> Result<Vec<f32>> {
        let hidden = self.scaled(&self.decode_forced(memory, spans, target)?)?;
        let entropy = CrossEntropy { head: self.operand(self.head()), operands: self.operands(), smoothing: 0.0 };
        entropy.losses(&self.prepare(&hidden)?, target.ids())?.to_vec1()
    }

    /// Logits of each target token, `[targets, vocabulary]`, without dropout.
    ///
    /// # Errors
    /// As [`Self::accumulate`].
    pub fn logits(&self, batch: &Batch) -> Result<Tensor> {
        let memory = self.encode(&batch.source)?;
        let hidden = self.decode_forced(&memory, batch.source.spans().to_vec(), &batch.target)?;
        self.head_logits(&hidden)
    }

    /// The encoder's output, `[tokens, d_model]`, without dropout.
    ///
    /// # Errors
    /// As [`Self::accumulate`].
    pub fn encode(&self, source: &Ragged) -> Result<Tensor> {
        let read = |source: &Ragged| {
            let spans = source.own_spans();
            Ok(self.encoder(&spans, Dropout::off()).forward(source.ids(), None, Keep::Nothing)?.0)
        };
        if !self.device().is_cpu() {
            return read(source);
        }
        let lengths: Vec<_> = source.iter().map(<[u32]>::len).collect();
        let pieces = cut(&lengths, READ_AT_ONCE).into_iter();
        let memory: Vec<_> = pieces.map(|piece| read(&source.part(piece))).collect::<Result<_>>()?;
        Tensor::cat(&memory, 0)
    }

    /// Logits of decoder outputs, `[rows, vocabulary]`.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn head_logits(&self, hidden: &Tensor) -> Result<Tensor> {
        self.project(&self.prepare(&self.scaled(hidden)?)?, self.head())
    }

    /// Logits of some tokens alone, `[rows, tokens]`.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary.
    pub fn logits_of(&self, hidden: &Tensor, tokens: &[u32]) -> Result<Tensor> {
        let head = embedding::forward(self.operand(self.head()), tokens)?;
        self.project_by(&self.prepare(&self.scaled(hidden)?)?, &head)
    }

    pub(super) fn encoder<'a>(&'a self, spans: &'a Spans, dropout: Dropout) -> Stack<'a> {
        Stack { model: self, layout: &self.layout.encoder, spans, memory_spans: None, dropout }
    }

    pub(super) fn decoder<'a>(&'a self, spans: &'a Spans, memory: &'a Spans, dropout: Dropout) -> Stack<'a> {
        Stack { model: self, layout: &self.layout.decoder, spans, memory_spans: Some(memory), dropout }
    }

    fn decode_forced(&self, memory: &Tensor, spans: Vec<Range<usize>>, target: &Ragged) -> Result<Tensor> {
        let (own, memory_spans) = (target.own_spans(), Spans::new(target.spans().to_vec(), spans));
        let decoder = self.decoder(&own, &memory_spans, Dropout::off());
        let operand = self.prepare(memory)?;
        let inputs = target.shifted(self.config.decoder_start_token_id);
        let memory = Memory { operand: &operand, gradient: None };
        let (hidden, _): (_, StackTrace) = decoder.forward(&inputs, Some(memory), Keep::Nothing)?;
        Ok(hidden)
    }

    fn head_backward(
        &self,
        hidden: &Tensor,
        targets: &[u32],
        (smoothing, scale): (f32, f32),
        gradients: &Gradients,
    ) -> Result<(Tensor, Tensor)> {
        let head = self.head();
        let entropy = CrossEntropy { head: self.operand(head), operands: self.operands(), smoothing };
        let hidden = self.prepare(&self.scaled(hidden)?)?;
        let (losses, d_hidden) = entropy.backward(&hidden, targets, scale, gradients.get(head))?;
        Ok((losses, self.scaled(&d_hidden)?))
    }

    fn scaled(&self, hidden: &Tensor) -> Result<Tensor> {
        if self.output_scale() == 1.0 { Ok(hidden.clone()) } else { hidden * self.output_scale() }
    }
}

/// Dropout whose masks follow each example's key; `side` tells sources from targets.
fn dropout(learning: Learning, sequences: &Ragged, keys: &[u64], side: u64) -> Dropout {
    let of_row = |(key, span): (&u64, &Range<usize>)| {
        let key = token_key(*key, side as usize);
        (0..span.len()).map(move |position| token_key(key, position))
    };
    Dropout::new(learning.dropout, keys.iter().zip(sequences.spans()).flat_map(of_row).collect())
}
