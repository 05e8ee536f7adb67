//! Launches of what works number by number: sums, rounding, dropout, activations.

use super::launch::{Call, Grid, fresh};
use crate::ops::dropout::Dropout;
use crate::ops::feed_forward::Inner;
use candle_core::{DType, Result, Tensor};

/// `total += addition`.
pub fn add(total: &Tensor, addition: &Tensor) -> Result<()> {
    let count = total.elem_count();
    let call = Call::kernel("add", Grid::Threads(count)).changed(total).read(&addition.contiguous()?);
    call.size(count as u64).run()
}

/// The nearest numbers of bfloat16, as operands of products.
pub fn round_to_bf16(x: &Tensor) -> Result<Tensor> {
    let rounded = fresh(x.shape(), DType::BF16, x.device())?;
    let call = Call::kernel("round_to_bf16", Grid::Threads(x.elem_count())).changed(&rounded).read(&x.contiguous()?);
    call.size(x.elem_count() as u64).run()?;
    Ok(rounded)
}

/// `hidden + dropout(update)`, or `dropout(update)` alone.
pub fn dropout_add(dropout: &Dropout, hidden: Option<&Tensor>, update: &Tensor) -> Result<Tensor> {
    let (rows, width) = update.dims2()?;
    let sum = fresh((rows, width), DType::F32, update.device())?;
    let call = Call::kernel("dropout_add", Grid::Blocks(rows)).changed(&sum).read_any(hidden).read(update);
    call.count(width).dropped(dropout, update.device())?.run()?;
    Ok(sum)
}

/// `dropout(gelu(active) ⊙ linear)` or `dropout(relu(active))`.
pub fn activation(inner: &Inner, dropout: &Dropout) -> Result<Tensor> {
    let (rows, width) = inner.active.dims2()?;
    let device = inner.active.device();
    let y = fresh((rows, width), DType::F32, device)?;
    let call = Call::kernel("activation", Grid::Blocks(rows)).changed(&y).read(&inner.active);
    call.read_any(inner.linear.as_ref()).count(width).dropped(dropout, device)?.run()?;
    Ok(y)
}

/// Gradients of both inputs.
pub fn activation_slopes(inner: &Inner, dy: &Tensor, dropout: &Dropout) -> Result<Inner> {
    let (rows, width) = dy.dims2()?;
    let device = dy.device();
    let active = fresh((rows, width), DType::F32, device)?;
    let linear = inner.linear.as_ref().map(|_| fresh((rows, width), DType::F32, device)).transpose()?;
    let call = Call::kernel("activation_slopes", Grid::Blocks(rows)).changed(&active);
    let call = call.changed_any(linear.as_ref()).read(dy).read(&inner.active).read_any(inner.linear.as_ref());
    call.count(width).dropped(dropout, device)?.run()?;
    Ok(Inner { active, linear })
}
