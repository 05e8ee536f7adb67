//! The head and its cross-entropy together, a few rows at a time, so that the full logits never exist.

use super::cuda;
use super::floats::Floats;
use super::gemm::{MatMut, MatRef};
use super::lanes::{exp_and_sum, max};
use super::linear::{Operands, elsewhere, flops};
use super::serving::{Server, server};
use crate::meter::{Operation, measured};
use candle_core::{D, DType, Device, Result, Tensor};
use rayon::prelude::*;

/// Logits that exist at one time, at most; on a GPU, which wants larger products, and elsewhere.
const LOGITS_OF_A_GPU: usize = 64 << 20;
const LOGITS: usize = 4 << 20;

/// Cross-entropy of targets under `softmax(hidden·Wᵀ)`.
pub struct CrossEntropy<'a> {
    /// Prepared head `[vocabulary, width]`.
    pub head: &'a Tensor,
    pub operands: Operands,
    /// ε of label smoothing: each token's loss is (1 − ε)·nll + ε·(mean over the vocabulary of −log p), as in
    /// transformers' `LabelSmoother`.
    pub smoothing: f32,
}

impl CrossEntropy<'_> {
    /// Loss of each target given the prepared hidden rows `[targets, width]`.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn losses(&self, hidden: &Tensor, targets: &[u32]) -> Result<Tensor> {
        self.each_piece(hidden, targets, |piece| match server(piece.hidden) {
            Server::Cpu => piece.losses(),
            Server::Cuda => Ok(piece.on_gpu(None)?.0),
            Server::Twins => piece.composite_losses(),
        })
    }

    /// Losses, and with them the gradients of their sum times `scale`: the hidden rows' is returned, the head's added
    /// to `head_gradient`.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn backward(
        &self,
        hidden: &Tensor,
        targets: &[u32],
        scale: f32,
        head_gradient: &Tensor,
    ) -> Result<(Tensor, Tensor)> {
        let mut gradients = Vec::new();
        let losses = self.each_piece(hidden, targets, |piece| {
            let (losses, d_logits) = match server(piece.hidden) {
                Server::Cpu => piece.slopes(scale)?,
                Server::Cuda => piece.on_gpu(Some(scale))?,
                Server::Twins => piece.composite_slopes(scale)?,
            };
            let d_logits = self.operands.prepare(&d_logits)?;
            gradients.push(self.operands.input_gradient(&d_logits, self.head)?);
            self.operands.add_weight_gradient(head_gradient, &d_logits, piece.hidden)?;
            Ok(losses)
        })?;
        Ok((losses, Tensor::cat(&gradients, 0)?))
    }

    fn each_piece(
        &self,
        hidden: &Tensor,
        targets: &[u32],
        mut work: impl FnMut(Piece) -> Result<Tensor>,
    ) -> Result<Tensor> {
        let logits = if server(hidden) == Server::Cuda { LOGITS_OF_A_GPU } else { LOGITS };
        let rows = (logits / self.head.dim(0)?).max(1);
        let mut losses = Vec::new();
        for (index, targets) in targets.chunks(rows).enumerate() {
            let hidden = &hidden.narrow(0, index * rows, targets.len())?;
            losses.push(measured(Operation::CrossEntropy, 0, || work(Piece { entropy: self, hidden, targets }))?);
        }
        // Not every device has tensors of nothing.
        if losses.is_empty() { Tensor::zeros(0, DType::F32, &Device::Cpu) } else { Tensor::cat(&losses, 0) }
    }
}

/// A few rows.
struct Piece<'a> {
    entropy: &'a CrossEntropy<'a>,
    hidden: &'a Tensor,
    targets: &'a [u32],
}

impl Piece<'_> {
    fn logits(&self) -> Result<Vec<f32>> {
        let (vocabulary, width) = self.entropy.head.dims2()?;
        let (head, hidden) = (Floats::of(self.entropy.head)?, Floats::of(self.hidden)?);
        let mut logits = vec![0f32; self.targets.len() * vocabulary];
        let lhs = MatRef::new(&hidden, self.targets.len(), width, width);
        let product = self.entropy.operands.product(false);
        measured(Operation::LinearForward, flops(self.hidden, self.entropy.head), || {
            product.run(MatMut::dense(&mut logits, vocabulary), lhs, MatRef::dense(&head, width).t());
        });
        Ok(logits)
    }

    fn losses(&self) -> Result<Tensor> {
        let vocabulary = self.entropy.head.dim(0)?;
        let mut logits = self.logits()?;
        let row_loss = |(row, target): (&mut [f32], &u32)| self.row(row, *target).0;
        let losses: Vec<_> = logits.par_chunks_mut(vocabulary).zip(self.targets).map(row_loss).collect();
        Tensor::from_vec(losses, self.targets.len(), self.entropy.head.device())
    }

    fn slopes(&self, scale: f32) -> Result<(Tensor, Tensor)> {
        let vocabulary = self.entropy.head.dim(0)?;
        let mut logits = self.logits()?;
        let row_slope = |(row, target): (&mut [f32], &u32)| {
            let (loss, sum) = self.row(row, *target);
            super::lanes::scale(row, scale / sum);
            let even = scale * self.entropy.smoothing / vocabulary as f32;
            if even > 0.0 {
                row.iter_mut().for_each(|x| *x -= even);
            }
            row[*target as usize] -= scale * (1.0 - self.entropy.smoothing);
            loss
        };
        let losses: Vec<_> = logits.par_chunks_mut(vocabulary).zip(self.targets).map(row_slope).collect();
        let (count, device) = (self.targets.len(), self.entropy.head.device());
        Ok((Tensor::from_vec(losses, count, device)?, Tensor::from_vec(logits, (count, vocabulary), device)?))
    }

    /// Turns a row of logits into e^(x − max); gives its loss and its sum.
    fn row(&self, row: &mut [f32], target: u32) -> (f32, f32) {
        let largest = max(row);
        let wanted = row[target as usize];
        let mean = if self.entropy.smoothing > 0.0 { row.iter().sum::<f32>() / row.len() as f32 } else { 0.0 };
        let sum = exp_and_sum(row, largest);
        let log_sum = sum.ln() + largest;
        ((1.0 - self.entropy.smoothing) * (log_sum - wanted) + self.entropy.smoothing * (log_sum - mean), sum)
    }

    /// Losses, and the gradients of the logits where a scale is given.
    fn on_gpu(&self, scale: Option<f32>) -> Result<(Tensor, Tensor)> {
        let logits = measured(Operation::LinearForward, flops(self.hidden, self.entropy.head), || {
            elsewhere(self.hidden, &self.entropy.head.t()?)
        })?;
        let losses = cuda::rows::cross_entropy(&logits, self.targets, self.entropy.smoothing, scale)?;
        Ok((losses, logits))
    }

    fn log_probabilities(&self) -> Result<Tensor> {
        let logits = self.hidden.matmul(&self.entropy.head.t()?)?.to_dtype(DType::F32)?;
        let shifted = logits.broadcast_sub(&logits.max_keepdim(D::Minus1)?)?;
        shifted.broadcast_sub(&shifted.exp()?.sum_keepdim(D::Minus1)?.log()?)
    }

    fn composite_losses(&self) -> Result<Tensor> {
        self.loss_of(&self.log_probabilities()?)
    }

    fn composite_slopes(&self, scale: f32) -> Result<(Tensor, Tensor)> {
        let log_p = self.log_probabilities()?;
        let losses = self.loss_of(&log_p)?;
        let even = f64::from(self.entropy.smoothing) / log_p.dim(1)? as f64;
        let target = self.target_column()?;
        let wanted = Tensor::full(self.entropy.smoothing - 1.0, target.shape(), self.entropy.head.device())?;
        let slopes = (log_p.exp()? - even)?.scatter_add(&target, &wanted, 1)?;
        Ok((losses, (slopes * f64::from(scale))?))
    }

    fn loss_of(&self, log_p: &Tensor) -> Result<Tensor> {
        let wanted = log_p.gather(&self.target_column()?, 1)?.squeeze(1)?;
        let smoothing = f64::from(self.entropy.smoothing);
        (wanted * (smoothing - 1.0))? - (log_p.mean(1)? * smoothing)?
    }

    fn target_column(&self) -> Result<Tensor> {
        Tensor::new(self.targets, self.entropy.head.device())?.unsqueeze(1)
    }
}

/// Sum of losses, the same whatever the number of threads.
pub fn total(losses: &[f32]) -> f64 {
    losses.iter().map(|loss| f64::from(*loss)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};

    #[test]
    fn kernel_equals_twin_with_and_without_smoothing() -> Result<()> {
        let (head, hidden) = (numbers((41, 8), 1)?, (numbers((6, 8), 2)? * 5.0)?);
        let targets = [3, 40, 0, 7, 7, 12];
        for smoothing in [0.0, 0.1] {
            let entropy = CrossEntropy { head: &head, operands: Operands::F32, smoothing };
            let piece = Piece { entropy: &entropy, hidden: &hidden, targets: &targets };
            let ((kernel, d_kernel), (twin, d_twin)) = (piece.slopes(0.3)?, piece.composite_slopes(0.3)?);
            assert_close(&kernel, &twin);
            assert_eq!(kernel.to_vec1::<f32>()?, piece.losses()?.to_vec1::<f32>()?);
            assert_close(&d_kernel, &d_twin);
        }
        Ok(())
    }

    #[test]
    fn pieces_come_together() -> Result<()> {
        let (vocabulary, width, count) = (LOGITS / 2, 1, 5);
        let (head, hidden) = (numbers((vocabulary, width), 1)?, numbers((count, width), 2)?);
        let targets = [1, 2, 3, 4, 5];
        let gradient = head.zeros_like()?;
        let entropy = CrossEntropy { head: &head, operands: Operands::F32, smoothing: 0.0 };
        let (losses, d_hidden) = entropy.backward(&hidden, &targets, 1.0, &gradient)?;
        assert_eq!(losses.to_vec1::<f32>()?, entropy.losses(&hidden, &targets)?.to_vec1::<f32>()?);
        assert_eq!(d_hidden.dims(), [count, width]);
        Ok(())
    }
}
