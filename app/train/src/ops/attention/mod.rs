//! Multi-head attention over ragged batches, with T5's relative position bias and without scaling
//! (Raffel et al. 2020, §2.1; `T5Attention`).

mod buckets;
mod composite;
mod kernel;
mod laid;
mod spans;

pub use buckets::Buckets;
pub use laid::LaidOut;
pub use spans::Spans;

use super::cuda;
use super::dropout::{Drawn, Dropout};
use super::gemm::Operands;
use super::serving::{Server, server};
use crate::meter::{Operation, measured};
use candle_core::{Result, Tensor};

/// One attention layer over one batch.
pub struct Attention<'a> {
    pub spans: &'a Spans,
    pub heads: usize,
    /// Whether a query sees only keys up to its own position.
    pub causal: bool,
    /// What the products round their operands to; the softmax between them stays in f32.
    pub operands: Operands,
    /// Added to the scores of self-attention.
    pub bias: Option<Bias<'a>>,
    /// Applied to the probabilities.
    pub dropout: Dropout,
}

/// T5's learnt bias by distance and head.
#[derive(Clone, Copy)]
pub struct Bias<'a> {
    /// `[buckets, heads]`.
    pub table: &'a Tensor,
    pub buckets: Buckets,
}

/// Projections: `query` `[queries, heads·width]`; `key` and `value` `[keys, heads·width]`.
#[derive(Debug)]
pub struct Projected {
    pub query: Tensor,
    pub key: Tensor,
    pub value: Tensor,
}

/// What the backward pass needs besides the projections.
#[derive(Debug)]
pub enum Saved {
    /// The kernels': logarithms of the softmax denominators `[queries, heads]`; probabilities are computed again.
    LogSums(Tensor),
    /// The twin's: padded probabilities `[sequences, heads, queries, keys]` and the mask drawn for them.
    Probabilities(Tensor, Drawn),
}

impl Attention<'_> {
    /// The context of each query, `[queries, heads·width]`.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn forward(&self, projected: &Projected) -> Result<(Tensor, Saved)> {
        measured(Operation::AttentionForward, self.flops(projected), || match server(&projected.query) {
            Server::Cpu => kernel::forward(self, projected),
            Server::Cuda => {
                let (context, log_sums) = cuda::attention::forward(self, projected)?;
                Ok((context, Saved::LogSums(log_sums)))
            }
            Server::Twins => composite::forward(self, projected),
        })
    }

    /// Gradients of the projections; the bias's is added to `bias_gradient`.
    ///
    /// # Errors
    /// When the shapes do not fit.
    ///
    /// # Panics
    /// When sequences share keys, which only evaluation may do.
    pub fn backward(
        &self,
        projected: &Projected,
        (context, saved): (&Tensor, &Saved),
        d_context: &Tensor,
        bias_gradient: Option<&Tensor>,
    ) -> Result<Projected> {
        // Scores are computed again; then come the gradients of scores, queries, keys and values.
        measured(Operation::AttentionBackward, self.flops(projected) / 2 * 5, || match saved {
            Saved::LogSums(log_sums) if server(d_context) == Server::Cuda => {
                cuda::attention::backward(self, projected, cuda::attention::Kept { log_sums, d_context }, bias_gradient)
            }
            Saved::LogSums(log_sums) => {
                kernel::backward(self, projected, kernel::Kept { context, log_sums, d_context }, bias_gradient)
            }
            Saved::Probabilities(p, drawn) => {
                composite::backward(self, projected, composite::Kept { p, drawn, d_context }, bias_gradient)
            }
        })
    }

    /// Of scores and context, as if every query saw every key of its sequence.
    fn flops(&self, projected: &Projected) -> usize {
        let pairs: usize = self.spans.pairs().map(|(queries, keys)| queries.len() * keys.len()).sum();
        4 * pairs * projected.query.dims()[1]
    }
}

#[cfg(test)]
mod tests;
