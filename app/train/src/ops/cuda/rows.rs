//! Launches of what works row by row: RMS norm, cross-entropy, rows of the embedding.

use super::launch::{Call, Grid, PIECE_ROWS, fresh};
use crate::ops::rms_norm::Backward;
use candle_core::{DType, Result, Tensor};
use std::collections::BTreeMap;

/// y and the inverse roots.
pub fn rms_norm(x: &Tensor, weight: &Tensor, epsilon: f64) -> Result<(Tensor, Tensor)> {
    let (rows, width) = x.dims2()?;
    let y = fresh((rows, width), DType::F32, x.device())?;
    let inverse = fresh(rows, DType::F32, x.device())?;
    let call = Call::kernel("rms_norm", Grid::Blocks(rows)).changed(&y).changed(&inverse).read(x).read(weight);
    call.count(width).number(epsilon as f32).run()?;
    Ok((y, inverse))
}

/// y from inverse roots that are known.
pub fn rms_norm_apply(x: &Tensor, inverse: &Tensor, weight: &Tensor) -> Result<Tensor> {
    let (rows, width) = x.dims2()?;
    let y = fresh((rows, width), DType::F32, x.device())?;
    let call = Call::kernel("rms_norm_apply", Grid::Blocks(rows)).changed(&y).read(x).read(inverse).read(weight);
    call.count(width).run()?;
    Ok(y)
}

/// Gradient of x plus the residual's; adds the weight's to its own.
pub fn rms_norm_slopes(
    saved: &Backward,
    dy: &Tensor,
    residual: Option<&Tensor>,
    weight_gradient: &Tensor,
) -> Result<Tensor> {
    let (rows, width) = dy.dims2()?;
    let dx = fresh((rows, width), DType::F32, dy.device())?;
    let call = Call::kernel("rms_norm_slopes", Grid::Blocks(rows)).changed(&dx).read(dy).read_any(residual);
    call.read(saved.x).read(saved.inverse).read(saved.weight).count(width).run()?;
    let pieces = rows.div_ceil(PIECE_ROWS);
    let partial = fresh((pieces, width), DType::F32, dy.device())?;
    let call = Call::kernel("rms_norm_weight_slopes", Grid::Tiles(pieces, width)).changed(&partial).read(dy);
    call.read(saved.x).read(saved.inverse).count(rows).count(width).count(PIECE_ROWS).run()?;
    let call = Call::kernel("add_column_sums", Grid::Threads(width)).changed(weight_gradient).read(&partial);
    call.count(pieces).count(width).run()?;
    Ok(dx)
}

/// Losses of the logits `[rows, vocabulary]`; with a scale the gradients of their sum times it take the logits' place.
pub fn cross_entropy(logits: &Tensor, targets: &[u32], smoothing: f32, scale: Option<f32>) -> Result<Tensor> {
    let (rows, vocabulary) = logits.dims2()?;
    let losses = fresh(rows, DType::F32, logits.device())?;
    let targets = Tensor::new(targets, logits.device())?;
    let call = Call::kernel("cross_entropy", Grid::Blocks(rows)).changed(logits).changed(&losses).read(&targets);
    let call = call.count(vocabulary).number(smoothing).number(scale.unwrap_or(0.0));
    call.count(usize::from(scale.is_some())).run()?;
    Ok(losses)
}

/// Adds each token's gradient to its row of the table, tokens of one kind in their order.
pub fn embedding_slopes(table_gradient: &Tensor, tokens: &[u32], dy: &Tensor) -> Result<()> {
    let mut places = BTreeMap::<u32, Vec<u32>>::new();
    for (token, place) in tokens.iter().zip(0..) {
        places.entry(*token).or_default().push(place);
    }
    let mut starts = vec![0];
    starts.extend(places.values().scan(0, |end, places| {
        *end += places.len() as u32;
        Some(*end)
    }));
    let tensor = |numbers: Vec<u32>| Tensor::new(numbers, dy.device());
    let ids = tensor(places.keys().copied().collect())?;
    let (starts, places) = (tensor(starts)?, tensor(places.into_values().flatten().collect())?);
    let call = Call::kernel("embedding_slopes", Grid::Blocks(ids.elem_count())).changed(table_gradient).read(dy);
    call.read(&ids).read(&starts).read(&places).count(dy.dim(1)?).run()
}
