//! Token embeddings: rows of a table, and the gradient that goes back into those rows.

use super::cuda;
use super::floats::{self, Floats};
use super::lanes::add;
use super::serving::{Server, server};
use crate::meter::{Operation, measured};
use candle_core::{Result, Tensor};

/// The table's row for each token: `[tokens, width]`.
///
/// # Errors
/// When a token lies outside the table.
pub fn forward(table: &Tensor, tokens: &[u32]) -> Result<Tensor> {
    measured(Operation::Embedding, 0, || table.index_select(&Tensor::new(tokens, table.device())?, 0))
}

/// Adds each token's gradient to its row.
///
/// # Errors
/// When the shapes do not fit.
pub fn add_gradient(table_gradient: &Tensor, tokens: &[u32], dy: &Tensor) -> Result<()> {
    measured(Operation::Embedding, 0, || add_rows(table_gradient, tokens, dy))
}

fn add_rows(table_gradient: &Tensor, tokens: &[u32], dy: &Tensor) -> Result<()> {
    match server(dy) {
        Server::Cpu => {}
        Server::Cuda => return cuda::rows::embedding_slopes(table_gradient, tokens, dy),
        Server::Twins => {
            let tokens = Tensor::new(tokens, dy.device())?;
            return table_gradient.slice_set(&table_gradient.index_add(&tokens, dy, 0)?, 0, 0);
        }
    }
    let width = dy.dim(1)?;
    let dy = Floats::of(dy)?;
    floats::edit(table_gradient, |table| {
        for (token, dy) in tokens.iter().zip(dy.chunks(width)) {
            add(&mut table[*token as usize * width..][..width], dy);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};
    use candle_core::{DType, Device};

    #[test]
    fn gradients_of_repeated_tokens_add_up() -> Result<()> {
        let tokens = [3, 0, 3, 1];
        let dy = numbers((4, 5), 1)?;
        let kernel = Tensor::zeros((6, 5), DType::F32, &Device::Cpu)?;
        add_gradient(&kernel, &tokens, &dy)?;
        let twin = kernel.zeros_like()?.index_add(&Tensor::new(&tokens, &Device::Cpu)?, &dy, 0)?;
        assert_close(&kernel, &twin);
        assert_close(&forward(&twin, &[3])?, &(dy.narrow(0, 0, 1)? + dy.narrow(0, 2, 1)?)?);
        Ok(())
    }
}
