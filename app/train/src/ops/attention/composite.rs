//! Attention in plain tensor operations on a padded rectangle: for every device, and the kernel's test.

use super::super::dropout::Drawn;
use super::super::floats;
use super::spans::{MASKED, Padding};
use super::{Attention, Projected, Saved};
use candle_core::{D, DType, Result, Tensor};

/// What the backward pass reads besides the projections.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    pub p: &'a Tensor,
    pub drawn: &'a Drawn,
    pub d_context: &'a Tensor,
}

pub fn forward(attention: &Attention, projected: &Projected) -> Result<(Tensor, Saved)> {
    let pass = Pass::new(attention, projected)?;
    let scores = (pass.query.matmul(&pass.key.t()?)?).broadcast_add(&pass.offsets()?)?;
    let p = candle_nn::ops::softmax(&scores, D::Minus1)?;
    let drawn = attention.dropout.draw(p.dims(), p.device())?;
    let context = attention.dropout.apply(&p, &drawn)?.matmul(&pass.value)?;
    Ok((pass.ragged(&context, &pass.padding.query_places)?, Saved::Probabilities(p, drawn)))
}

pub fn backward(
    attention: &Attention,
    projected: &Projected,
    kept: Kept,
    bias_gradient: Option<&Tensor>,
) -> Result<Projected> {
    let pass = Pass::new(attention, projected)?;
    let d_context = pass.rectangle(kept.d_context, &pass.padding.queries)?;
    let dropped = attention.dropout.apply(kept.p, kept.drawn)?;
    let d_p = attention.dropout.apply(&d_context.matmul(&pass.value.t()?)?, kept.drawn)?;
    let mean = (kept.p * &d_p)?.sum_keepdim(D::Minus1)?;
    let slopes = (kept.p * d_p.broadcast_sub(&mean)?)?;
    if let Some(gradient) = bias_gradient {
        pass.add_bias_gradient(&slopes, gradient)?;
    }
    let (queries, keys) = (&pass.padding.query_places, &pass.padding.key_places);
    Ok(Projected {
        query: pass.ragged(&slopes.matmul(&pass.key)?, queries)?,
        key: pass.ragged(&slopes.t()?.matmul(&pass.query)?, keys)?,
        value: pass.ragged(&dropped.t()?.matmul(&d_context)?, keys)?,
    })
}

/// One call with its projections as `[sequences, heads, positions, width]`.
struct Pass<'a> {
    attention: &'a Attention<'a>,
    padding: Padding,
    query: Tensor,
    key: Tensor,
    value: Tensor,
}

impl<'a> Pass<'a> {
    fn new(attention: &'a Attention, projected: &Projected) -> Result<Self> {
        let padding = attention.spans.padding(projected.key.dim(0)?, projected.query.device())?;
        let mut pass = Self {
            attention,
            padding,
            query: projected.query.clone(),
            key: projected.key.clone(),
            value: projected.value.clone(),
        };
        pass.query = pass.rectangle(&projected.query, &pass.padding.queries)?;
        pass.key = pass.rectangle(&projected.key, &pass.padding.keys)?;
        pass.value = pass.rectangle(&projected.value, &pass.padding.keys)?;
        Ok(pass)
    }

    /// Rows to a rectangle; empty places become zero.
    fn rectangle(&self, rows: &Tensor, places: &Tensor) -> Result<Tensor> {
        let (sequences, inner) = (self.attention.spans.len(), rows.dim(1)?);
        let shape = (sequences, places.dim(0)? / sequences, self.attention.heads, inner / self.attention.heads);
        let with_zero = Tensor::cat(&[rows, &Tensor::zeros((1, inner), DType::F32, rows.device())?], 0)?;
        with_zero.index_select(places, 0)?.reshape(shape)?.transpose(1, 2)?.contiguous()
    }

    /// A rectangle back to rows; rows without a place become zero.
    fn ragged(&self, rectangle: &Tensor, places: &Tensor) -> Result<Tensor> {
        let (sequences, heads, positions, width) = rectangle.dims4()?;
        let flat = rectangle.transpose(1, 2)?.reshape((sequences * positions, heads * width))?;
        let zero = Tensor::zeros((1, heads * width), DType::F32, rectangle.device())?;
        Tensor::cat(&[&flat, &zero], 0)?.index_select(places, 0)
    }

    /// What is added to the scores: bias, and the masks of absent and later keys.
    fn offsets(&self) -> Result<Tensor> {
        let mut offsets = self.padding.mask.clone();
        if self.attention.causal {
            offsets = offsets.broadcast_add(&self.later_keys()?)?;
        }
        let Some(bias) = self.attention.bias else { return Ok(offsets) };
        let (queries, keys) = self.padding.longest;
        let by_place = bias.table.index_select(&self.buckets()?, 0)?.reshape((queries, keys, ()))?;
        offsets.broadcast_add(&by_place.permute((2, 0, 1))?.unsqueeze(0)?)
    }

    /// How far each query stands behind its sequence's first key; the same for all sequences.
    fn behind(&self) -> usize {
        let mut behind = self.attention.spans.pairs().map(|(q, k)| k.len().saturating_sub(q.len()));
        let first = behind.next().unwrap_or(0);
        assert!(behind.all(|b| b == first), "sequences of one batch decode in step");
        first
    }

    fn later_keys(&self) -> Result<Tensor> {
        let ((queries, keys), behind) = (self.padding.longest, self.behind());
        let later = |i: usize| (0..keys).map(move |j| if j > i + behind { MASKED } else { 0.0 });
        let mask: Vec<f32> = (0..queries).flat_map(later).collect();
        Tensor::from_vec(mask, (1, 1, queries, keys), self.query.device())
    }

    /// Bucket of each place, row after row.
    fn buckets(&self) -> Result<Tensor> {
        let ((queries, keys), behind) = (self.padding.longest, self.behind() as isize);
        let buckets = self.attention.bias.map(|bias| bias.buckets);
        let of = |i: usize, j: usize| buckets.map_or(0, |b| b.of(j as isize - (i as isize + behind))) as u32;
        let all: Vec<u32> = (0..queries).flat_map(|i| (0..keys).map(move |j| of(i, j))).collect();
        Tensor::from_vec(all, queries * keys, self.query.device())
    }

    fn add_bias_gradient(&self, slopes: &Tensor, gradient: &Tensor) -> Result<()> {
        let by_head = slopes.sum(0)?.flatten(1, 2)?.t()?.contiguous()?;
        floats::add_to(gradient, &gradient.zeros_like()?.index_add(&self.buckets()?, &by_head, 0)?)
    }
}
