//! What the rows of a wave look at: keys and values of what the encoder has read, in each block of the decoder.

use super::super::T5;
use super::super::attention_layer::AttentionLayer;
use super::{Cached, cross_attention, select, single_queries};
use crate::ops::attention::{LaidOut, Projected, Spans};
use crate::ops::dropout::Dropout;
use candle_core::{Result, Tensor};
use std::ops::Range;

/// Keys and values of each row, in each block.
pub(super) struct Memory {
    /// Where each row's lie, in tensors that may hold more.
    rows: Vec<Range<usize>>,
    /// One query for each row.
    pub spans: Spans,
    blocks: Vec<KeyValues>,
}

/// Keys and values of one block.
enum KeyValues {
    /// Laid out once, row by row.
    Laid(Vec<LaidOut>),
    Plain(Cached),
}

impl Memory {
    /// Keys and values of what the encoder has read, `[tokens, d_model]`, for each of these rows of it.
    pub fn new(model: &T5, read: &Tensor, rows: Vec<Range<usize>>) -> Result<Self> {
        let operand = model.prepare(read)?;
        let spans = single_queries(rows.clone());
        let blocks = {
            let stack = model.decoder(&spans, &spans, Dropout::off());
            let of_block = |index| {
                let block = stack.block(index);
                let layer = cross_attention(&block);
                let (key, value) = layer.key_value(&operand)?;
                let laid = layer.attention.lay_out((&key, &value))?;
                Ok(laid.map_or(KeyValues::Plain((key, value)), KeyValues::Laid))
            };
            (0..model.layout.decoder.blocks.len()).map(of_block).collect::<Result<_>>()?
        };
        Ok(Self { rows, spans, blocks })
    }

    /// What one query of each row finds in a block.
    pub fn context(&self, block: usize, layer: &AttentionLayer, query: Tensor) -> Result<Tensor> {
        match &self.blocks[block] {
            KeyValues::Laid(rows) => layer.attention.look_at(rows, &query),
            KeyValues::Plain((key, value)) => {
                let projected = Projected { query, key: key.clone(), value: value.clone() };
                Ok(layer.attention.forward(&projected)?.0)
            }
        }
    }

    /// Forgets all but these rows.
    pub fn keep(&mut self, rows: &[usize]) -> Result<()> {
        self.rows = rows.iter().map(|row| self.rows[*row].clone()).collect();
        let wanted: usize = self.rows.iter().map(Range::len).sum();
        let is_sparse = 2 * wanted <= self.tokens();
        for block in &mut self.blocks {
            match block {
                KeyValues::Laid(laid) => {
                    let mut all: Vec<_> = laid.drain(..).map(Some).collect();
                    laid.extend(rows.iter().filter_map(|row| all[*row].take()));
                }
                KeyValues::Plain(cached) if is_sparse => select(cached, self.rows.iter().cloned().flatten())?,
                KeyValues::Plain(_) => {}
            }
        }
        if is_sparse {
            let mut end = 0;
            for row in &mut self.rows {
                (*row, end) = (end..end + row.len(), end + row.len());
            }
        }
        self.spans = single_queries(self.rows.clone());
        Ok(())
    }

    /// Tokens whose keys and values are held, where they are not laid out also of rows that are finished.
    pub fn tokens(&self) -> usize {
        match self.blocks.first() {
            Some(KeyValues::Plain((key, _))) => key.dims()[0],
            _ => self.rows.iter().map(Range::len).sum(),
        }
    }
}
