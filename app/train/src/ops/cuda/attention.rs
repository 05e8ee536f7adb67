//! Attention on the GPU: every sequence and head in a rectangle, two batched products, the softmax between them fused.

use super::launch::{Call, Grid, fresh};
use super::product::product;
use crate::ops::attention::{Attention, Projected};
use crate::ops::linear::Operands;
use candle_core::{DType, Device, Result, Tensor};

/// Kernels for rectangles in f32 and in bf16.
const PAD: [&str; 2] = ["pad_f32", "pad_bf16"];
const SOFTMAX: [&str; 2] = ["attention_softmax_f32", "attention_softmax_bf16"];
const SLOPES: [&str; 2] = ["attention_slopes_f32", "attention_slopes_bf16"];
const BIAS_SLOPES: [&str; 2] = ["bias_slopes_f32", "bias_slopes_bf16"];

/// What the backward pass reads besides the projections.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    pub log_sums: &'a Tensor,
    pub d_context: &'a Tensor,
}

/// The context `[queries, heads·width]` and the logarithms of the softmax denominators `[queries, heads]`.
pub fn forward(attention: &Attention, projected: &Projected) -> Result<(Tensor, Tensor)> {
    let pass = Pass::new(attention, projected)?;
    let rows = projected.query.dim(0)?;
    let log_sums = fresh((rows, attention.heads), DType::F32, &pass.device)?;
    let scores = pass.scores(projected)?;
    let call = pass.kernel(SOFTMAX, pass.score_rows()).changed(&scores).changed(&log_sums);
    pass.masked(call)?.run()?;
    let context = pass.multiply(&scores, &pass.pad(&projected.value, Side::Keys)?)?;
    Ok((pass.unpad(&context, Side::Queries, rows)?, log_sums))
}

/// Gradients of the projections; the bias's is added to `bias_gradient`.
pub fn backward(
    attention: &Attention,
    projected: &Projected,
    kept: Kept,
    bias_gradient: Option<&Tensor>,
) -> Result<Projected> {
    assert!(attention.spans.keys_disjoint(), "gradients of shared keys would be written by two blocks");
    let pass = Pass::new(attention, projected)?;
    let (queries, keys) = (projected.query.dim(0)?, projected.key.dim(0)?);
    let scores = pass.scores(projected)?;
    let d_context = pass.pad(kept.d_context, Side::Queries)?;
    let slopes = pass.multiply_into(pass.dtype, &d_context, &pass.pad(&projected.value, Side::Keys)?.t()?)?;
    let call = pass.kernel(SLOPES, pass.score_rows()).changed(&scores).changed(&slopes);
    pass.masked(call.read(kept.log_sums))?.run()?;
    if let Some(gradient) = bias_gradient {
        pass.add_bias_slopes(&slopes, gradient)?;
    }
    let (query, key) = (pass.pad(&projected.query, Side::Queries)?, pass.pad(&projected.key, Side::Keys)?);
    Ok(Projected {
        query: pass.unpad(&pass.multiply(&slopes, &key)?, Side::Queries, queries)?,
        key: pass.unpad(&pass.multiply(&slopes.t()?, &query)?, Side::Keys, keys)?,
        value: pass.unpad(&pass.multiply(&scores.t()?, &d_context)?, Side::Keys, keys)?,
    })
}

/// Which rows of a span are meant.
#[derive(Clone, Copy)]
enum Side {
    Queries,
    Keys,
}

/// One call with its measures.
struct Pass<'a> {
    attention: &'a Attention<'a>,
    device: Device,
    /// `[sequences, 4]`, as the kernels read it.
    spans: Tensor,
    /// Bucket of each distance, `[2·keys − 1]`.
    buckets: Option<Tensor>,
    sequences: usize,
    /// Longest spans.
    queries: usize,
    keys: usize,
    /// Width of one head.
    width: usize,
    /// Of the rectangles and scores.
    dtype: DType,
}

impl<'a> Pass<'a> {
    fn new(attention: &'a Attention, projected: &Projected) -> Result<Self> {
        let fit = attention.spans.fit(projected.query.dim(0)?, projected.key.dim(0)?);
        assert!(fit && projected.key.dims() == projected.value.dims(), "spans and projections do not fit together");
        let device = projected.query.device().clone();
        let (queries, keys) = attention.spans.longest();
        Ok(Self {
            attention,
            spans: attention.spans.table(&device)?,
            buckets: attention.bias.map(|bias| attention.spans.distances(bias.buckets, &device)).transpose()?,
            device,
            sequences: attention.spans.len(),
            queries,
            keys,
            width: projected.query.dim(1)? / attention.heads,
            dtype: if attention.operands == Operands::Bf16 { DType::BF16 } else { DType::F32 },
        })
    }

    /// The kernel of the rectangles' type.
    fn kernel(&self, [f32, bf16]: [&'static str; 2], grid: Grid) -> Call {
        Call::kernel(if self.dtype == DType::BF16 { bf16 } else { f32 }, grid)
    }

    /// A block for each row of scores.
    fn score_rows(&self) -> Grid {
        Grid::Blocks(self.sequences * self.attention.heads * self.queries)
    }

    /// Q·Kᵀ, `[sequences, heads, queries, keys]`.
    fn scores(&self, projected: &Projected) -> Result<Tensor> {
        let (query, key) = (self.pad(&projected.query, Side::Queries)?, self.pad(&projected.key, Side::Keys)?);
        self.multiply_into(self.dtype, &query, &key.t()?)
    }

    /// The arguments that bias, masks and dropout are made from.
    fn masked(&self, call: Call) -> Result<Call> {
        let attention = self.attention;
        let call = call.read(&self.spans).read_any(attention.bias.map(|bias| bias.table));
        let call = call.read_any(self.buckets.as_ref()).count(attention.heads).count(self.queries).count(self.keys);
        call.count(usize::from(attention.causal)).dropped(&attention.dropout, &self.device)
    }

    fn multiply(&self, lhs: &Tensor, rhs: &Tensor) -> Result<Tensor> {
        self.multiply_into(DType::F32, lhs, rhs)
    }

    fn multiply_into(&self, dtype: DType, lhs: &Tensor, rhs: &Tensor) -> Result<Tensor> {
        let (sequences, heads, rows, _) = lhs.dims4()?;
        let result = fresh((sequences, heads, rows, rhs.dim(3)?), dtype, &self.device)?;
        product(&result, lhs, rhs, false)?;
        Ok(result)
    }

    /// Rows to a rectangle of the products' type.
    fn pad(&self, rows: &Tensor, side: Side) -> Result<Tensor> {
        let (longest, from) = self.side(side);
        let shape = (self.sequences, self.attention.heads, longest, self.width);
        let rectangle = fresh(shape, self.dtype, &self.device)?;
        let call =
            self.kernel(PAD, Grid::Blocks(self.sequences * longest)).changed(&rectangle).read(rows).read(&self.spans);
        call.count(from).count(self.attention.heads).count(longest).count(self.width).run()?;
        Ok(rectangle)
    }

    /// A rectangle back to rows; those of no span become zero.
    fn unpad(&self, rectangle: &Tensor, side: Side, count: usize) -> Result<Tensor> {
        let (longest, from) = self.side(side);
        let rows = Tensor::zeros((count, self.attention.heads * self.width), DType::F32, &self.device)?;
        let call = Call::kernel("unpad", Grid::Blocks(self.sequences * longest))
            .changed(&rows)
            .read(rectangle)
            .read(&self.spans);
        call.count(from).count(self.attention.heads).count(longest).count(self.width).run()?;
        Ok(rows)
    }

    /// The longest span of a side, and where the side's columns of the spans' table begin.
    fn side(&self, side: Side) -> (usize, usize) {
        match side {
            Side::Queries => (self.queries, 0),
            Side::Keys => (self.keys, 2),
        }
    }

    fn add_bias_slopes(&self, slopes: &Tensor, gradient: &Tensor) -> Result<()> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        let (heads, distances) = (self.attention.heads, 2 * self.keys - 1);
        let units = self.sequences * heads;
        let partial = fresh((units, distances), DType::F32, &self.device)?;
        let call =
            self.kernel(BIAS_SLOPES, Grid::Tiles(units, distances)).changed(&partial).read(slopes).read(&self.spans);
        call.count(heads).count(self.queries).count(self.keys).run()?;
        let call = Call::kernel("add_bias_slopes", Grid::Blocks(gradient.elem_count())).changed(gradient);
        call.read(&partial).read(buckets).count(self.sequences).count(heads).count(distances).run()
    }
}
