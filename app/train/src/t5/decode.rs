//! Decoding step by step: keys and values of what was written are cached, those of the memory computed once.

use super::T5;
use crate::batch::Ragged;
use crate::ops::attention::{Projected, Spans};
use crate::ops::dropout::Dropout;
use crate::ops::rms_norm;
use candle_core::{DType, Result, Tensor};
use std::ops::Range;

/// Positions that a cache is made for at first; it doubles when they are full.
const FIRST_CAPACITY: usize = 16;

/// Rows that are being written, all at the same position.
pub struct Decoding<'a> {
    model: &'a T5,
    /// Keys and values of the memory in each block.
    memory: Vec<(Tensor, Tensor)>,
    memory_spans: Spans,
    rows: Vec<Range<usize>>,
    /// Keys and values of what was written, `[rows, capacity, inner]`, in each block.
    written: Vec<(Tensor, Tensor)>,
    capacity: usize,
    position: usize,
}

impl<'a> Decoding<'a> {
    /// Reads the sources and stands before the first token of each.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary.
    pub fn start(model: &'a T5, source: &Ragged) -> Result<Self> {
        let memory = model.prepare(&model.encode(source)?)?;
        let rows = source.spans().to_vec();
        let memory_spans = single_queries(rows.clone());
        let own = single_queries(rows.clone());
        let stack = model.decoder(&own, &memory_spans, Dropout::off());
        let of_block = |index| match stack.block(index).cross_attention() {
            Some(cross) => cross.key_value(&memory),
            None => unreachable!("every block of a decoder looks at the memory"),
        };
        let memory = (0..stack.layout.blocks.len()).map(of_block).collect::<Result<_>>()?;
        let mut decoding =
            Self { model, memory, memory_spans, rows, written: Vec::new(), capacity: FIRST_CAPACITY, position: 0 };
        decoding.written = (0..decoding.memory.len()).map(|_| decoding.empty()).collect::<Result<_>>()?;
        Ok(decoding)
    }

    /// Logits of the next token of each row, `[rows, vocabulary]`, after `tokens`, one a row.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary.
    pub fn step(&mut self, tokens: &[u32]) -> Result<Tensor> {
        self.grow()?;
        let (model, capacity) = (self.model, self.capacity);
        let own =
            single_queries((0..self.rows.len()).map(|r| r * capacity..r * capacity + self.position + 1).collect());
        let stack = model.decoder(&own, &self.memory_spans, Dropout::off());
        let mut hidden = crate::ops::embedding::forward(model.weight(model.layout.shared), tokens)?;
        for index in 0..stack.layout.blocks.len() {
            let block = stack.block(index);
            let layer = block.self_attention();
            let (x, _) = layer.normed(&hidden)?;
            let (key, value) = self.append(index, layer.key_value(&x)?)?;
            let (context, _) = layer.attention.forward(&Projected { query: layer.query(&x)?, key, value })?;
            hidden = layer.finish(&hidden, &context)?.0;
            if let Some(layer) = block.cross_attention() {
                let query = layer.query(&layer.normed(&hidden)?.0)?;
                let (key, value) = self.memory[index].clone();
                let (context, _) = layer.attention.forward(&Projected { query, key, value })?;
                hidden = layer.finish(&hidden, &context)?.0;
            }
            hidden = block.feed_forward().forward(&hidden)?.0;
        }
        self.position += 1;
        let norm = model.weight(model.layout.decoder.final_norm);
        model.head_logits(&rms_norm::forward(&hidden, norm, model.config.layer_norm_epsilon)?.0)
    }

    /// Goes on with some of the rows; the others are finished.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn keep(&mut self, rows: &[usize]) -> Result<()> {
        self.rows = rows.iter().map(|row| self.rows[*row].clone()).collect();
        self.memory_spans = single_queries(self.rows.clone());
        let indexes: Vec<u32> = rows.iter().map(|row| *row as u32).collect();
        let indexes = Tensor::new(indexes, self.model.device())?;
        for (key, value) in &mut self.written {
            (*key, *value) = (key.index_select(&indexes, 0)?, value.index_select(&indexes, 0)?);
        }
        Ok(())
    }

    /// Rows that are still being written.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    fn empty(&self) -> Result<(Tensor, Tensor)> {
        let shape = (self.rows.len(), self.capacity, self.model.config.inner_dim());
        let zeros = || Tensor::zeros(shape, DType::F32, self.model.device());
        Ok((zeros()?, zeros()?))
    }

    fn grow(&mut self) -> Result<()> {
        if self.position < self.capacity {
            return Ok(());
        }
        self.capacity *= 2;
        for index in 0..self.written.len() {
            let (key, value) = self.empty()?;
            key.slice_set(&self.written[index].0, 1, 0)?;
            value.slice_set(&self.written[index].1, 1, 0)?;
            self.written[index] = (key, value);
        }
        Ok(())
    }

    /// Writes the keys and values of this position; gives all that were written, row after row.
    fn append(&self, block: usize, (key, value): (Tensor, Tensor)) -> Result<(Tensor, Tensor)> {
        let (keys, values) = &self.written[block];
        keys.slice_set(&key.unsqueeze(1)?, 1, self.position)?;
        values.slice_set(&value.unsqueeze(1)?, 1, self.position)?;
        Ok((keys.flatten(0, 1)?, values.flatten(0, 1)?))
    }
}

/// One query a row.
fn single_queries(keys: Vec<Range<usize>>) -> Spans {
    Spans::new((0..keys.len()).map(|row| row..row + 1).collect(), keys)
}
