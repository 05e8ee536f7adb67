//! Launches of the gradients' norm and AdamW.

use super::launch::{Call, Grid, PIECE, fresh};
use crate::optimizer::Factors;
use candle_core::{DType, Result, Tensor};

/// Euclidean norm of all tensors together, `[1]`.
pub fn norm(tensors: &[Tensor]) -> Result<Tensor> {
    let pieces: usize = tensors.iter().map(|tensor| tensor.elem_count().div_ceil(PIECE)).sum();
    let partial = fresh(pieces, DType::F32, tensors[0].device())?;
    let mut first = 0;
    for tensor in tensors {
        let pieces = tensor.elem_count().div_ceil(PIECE);
        let call = Call::kernel("squares", Grid::Blocks(pieces)).changed(&partial.narrow(0, first, pieces)?);
        call.read(tensor).size(tensor.elem_count() as u64).count(PIECE).run()?;
        first += pieces;
    }
    let norm = fresh(1, DType::F32, partial.device())?;
    Call::kernel("root_of_sum", Grid::Blocks(1)).changed(&norm).read(&partial).size(pieces as u64).run()?;
    Ok(norm)
}

/// One AdamW step of a weight and its moments; the gradient comes with what multiplies it, `[1]`.
pub fn adamw(weight: &Tensor, moments: [&Tensor; 2], gradient: (&Tensor, &Tensor), factors: &Factors) -> Result<()> {
    let count = weight.elem_count();
    let call = Call::kernel("adamw", Grid::Threads(count)).changed(weight).changed(moments[0]).changed(moments[1]);
    let call = call.read(gradient.0).read(gradient.1).number(factors.keep);
    let call = call.number(factors.betas[0]).number(factors.betas[1]);
    let call = call.number(factors.complements[0]).number(factors.complements[1]).number(factors.step_size);
    let call = call.number(factors.root_correction).number(factors.epsilon).count(usize::from(factors.round));
    call.size(count as u64).run()
}
