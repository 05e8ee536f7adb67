//! Decoding step by step: keys and values of what was written are cached, those of the memory computed once. Rows leave
//! as they finish, and others enter meanwhile, in waves: those whose sources were read together.

mod memory;

use super::T5;
use super::attention_layer::AttentionLayer;
use super::stack::{Block, Stack};
use crate::batch::Ragged;
use crate::ops::attention::{Projected, Spans};
use crate::ops::dropout::Dropout;
use crate::ops::{embedding, rms_norm};
use candle_core::{DType, Result, Tensor};
use memory::Memory;
use std::ops::Range;

/// Positions that a cache is made for at first; it doubles when they are full.
const FIRST_CAPACITY: usize = 16;

/// Rows that are being written, wave after wave.
pub struct Decoding<'a> {
    model: &'a T5,
    waves: Vec<Wave>,
}

/// Rows that entered together and are all at the same position.
struct Wave {
    memory: Memory,
    rows: usize,
    /// Keys and values of what was written, `[rows, capacity, inner]`, in each block.
    written: Vec<Cached>,
    own_spans: Spans,
    capacity: usize,
    position: usize,
}

/// Keys and values.
type Cached = (Tensor, Tensor);

impl<'a> Decoding<'a> {
    /// Nothing is being written yet.
    pub fn new(model: &'a T5) -> Self {
        Self { model, waves: Vec::new() }
    }

    /// Reads sources, and stands before the first token of each; these rows come after those that are there.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary.
    pub fn enter(&mut self, sources: &Ragged) -> Result<()> {
        self.waves.push(Wave::new(self.model, sources)?);
        Ok(())
    }

    /// The decoder's normed output for the next token of each row, `[rows, d_model]`, after `tokens`, one a row.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary.
    pub fn step(&mut self, tokens: &[u32]) -> Result<Tensor> {
        let model = self.model;
        self.waves.iter_mut().try_for_each(|wave| wave.advance(model))?;
        let step = Step { waves: &self.waves, stacks: self.waves.iter().map(|wave| wave.stack(model)).collect() };
        let mut hidden = embedding::forward(model.weight(model.layout.shared), tokens)?;
        for index in 0..model.layout.decoder.blocks.len() {
            hidden = step.block(index, &hidden)?;
        }
        let norm = model.weight(model.layout.decoder.final_norm);
        Ok(rms_norm::forward(&hidden, norm, model.config.layer_norm_epsilon)?.0)
    }

    /// Goes on with some of the rows; the others are finished.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn keep(&mut self, rows: &[usize]) -> Result<()> {
        let mut first = 0;
        for wave in &mut self.waves {
            let end = first + wave.rows;
            let own: Vec<_> = rows.iter().filter(|row| (first..end).contains(row)).map(|row| row - first).collect();
            if own.len() < wave.rows {
                wave.keep(&own)?;
            }
            first = end;
        }
        self.waves.retain(|wave| wave.rows > 0);
        Ok(())
    }

    /// Rows that are being written.
    pub fn rows(&self) -> usize {
        self.waves.iter().map(|wave| wave.rows).sum()
    }

    /// Source tokens whose keys and values are held.
    pub fn memory_tokens(&self) -> usize {
        self.waves.iter().map(|wave| wave.memory.tokens()).sum()
    }
}

/// One step of all waves.
struct Step<'a> {
    waves: &'a [Wave],
    /// The decoder as each wave sees it.
    stacks: Vec<Stack<'a>>,
}

impl Step<'_> {
    /// One block of the decoder: its linear layers over all rows, its attention wave by wave.
    fn block(&self, index: usize, hidden: &Tensor) -> Result<Tensor> {
        // The linear layers are those of any wave.
        let block = self.stacks[0].block(index);
        let layer = block.self_attention();
        let (x, _) = layer.normed(hidden)?;
        let (query, (key, value)) = (layer.query(&x)?, layer.key_value(&x)?);
        let context = self.each_wave(|wave, stack, rows| {
            let own = |all: &Tensor| all.narrow(0, rows.start, rows.len());
            let (key, value) = wave.append(index, (own(&key)?, own(&value)?))?;
            let projected = Projected { query: own(&query)?, key, value };
            Ok(stack.block(index).self_attention().attention.forward(&projected)?.0)
        })?;
        let hidden = layer.finish(hidden, &context)?.0;
        let layer = cross_attention(&block);
        let query = layer.query(&layer.normed(&hidden)?.0)?;
        let context = self.each_wave(|wave, stack, rows| {
            let query = query.narrow(0, rows.start, rows.len())?;
            wave.memory.context(index, &cross_attention(&stack.block(index)), query)
        })?;
        let hidden = layer.finish(&hidden, &context)?.0;
        Ok(block.feed_forward().forward(&hidden)?.0)
    }

    /// What `work` makes of each wave and its rows, one after another.
    fn each_wave(&self, work: impl Fn(&Wave, &Stack, Range<usize>) -> Result<Tensor>) -> Result<Tensor> {
        let mut parts = Vec::with_capacity(self.waves.len());
        let mut first = 0;
        for (wave, stack) in self.waves.iter().zip(&self.stacks) {
            parts.push(work(wave, stack, first..first + wave.rows)?);
            first += wave.rows;
        }
        if parts.len() == 1 { Ok(parts.swap_remove(0)) } else { Tensor::cat(&parts, 0) }
    }
}

impl Wave {
    fn new(model: &T5, sources: &Ragged) -> Result<Self> {
        let rows = sources.spans().len();
        let mut wave = Self {
            memory: Memory::new(model, &model.encode(sources)?, sources.spans().to_vec())?,
            rows,
            own_spans: single_queries(sources.spans().to_vec()),
            written: Vec::new(),
            capacity: FIRST_CAPACITY,
            position: 0,
        };
        let blocks = 0..model.layout.decoder.blocks.len();
        wave.written = blocks.map(|_| wave.empty(model)).collect::<Result<_>>()?;
        Ok(wave)
    }

    /// The decoder over these rows.
    fn stack<'a>(&'a self, model: &'a T5) -> Stack<'a> {
        model.decoder(&self.own_spans, &self.memory.spans, Dropout::off())
    }

    /// Makes room for the next position, and goes there.
    fn advance(&mut self, model: &T5) -> Result<()> {
        if self.position == self.capacity {
            self.capacity *= 2;
            for index in 0..self.written.len() {
                let (key, value) = self.empty(model)?;
                key.slice_set(&self.written[index].0, 1, 0)?;
                value.slice_set(&self.written[index].1, 1, 0)?;
                self.written[index] = (key, value);
            }
        }
        self.position += 1;
        let own = |row: usize| row * self.capacity..row * self.capacity + self.position;
        self.own_spans = single_queries((0..self.rows).map(own).collect());
        Ok(())
    }

    fn empty(&self, model: &T5) -> Result<Cached> {
        let shape = (self.rows, self.capacity, model.config.inner_dim());
        let zeros = || Tensor::zeros(shape, DType::F32, model.device());
        Ok((zeros()?, zeros()?))
    }

    /// Writes the keys and values of this position; gives all that were written, row after row.
    fn append(&self, block: usize, (key, value): Cached) -> Result<Cached> {
        let (keys, values) = &self.written[block];
        keys.slice_set(&key.unsqueeze(1)?, 1, self.position - 1)?;
        values.slice_set(&value.unsqueeze(1)?, 1, self.position - 1)?;
        Ok((keys.flatten(0, 1)?, values.flatten(0, 1)?))
    }

    fn keep(&mut self, rows: &[usize]) -> Result<()> {
        self.rows = rows.len();
        self.written.iter_mut().try_for_each(|cached| select(cached, rows.iter().copied()))?;
        self.memory.keep(rows)
    }
}

/// The layer that looks at the memory.
fn cross_attention<'a>(block: &'a Block) -> AttentionLayer<'a> {
    match block.cross_attention() {
        Some(layer) => layer,
        None => unreachable!("every block of a decoder looks at the memory"),
    }
}

/// Keeps these of the first dimension.
fn select((key, value): &mut Cached, kept: impl Iterator<Item = usize>) -> Result<()> {
    let indexes = Tensor::new(kept.map(|index| index as u32).collect::<Vec<_>>(), key.device())?;
    (*key, *value) = (key.index_select(&indexes, 0)?, value.index_select(&indexes, 0)?);
    Ok(())
}

/// One query a row.
fn single_queries(keys: Vec<Range<usize>>) -> Spans {
    Spans::new((0..keys.len()).map(|row| row..row + 1).collect(), keys)
}
