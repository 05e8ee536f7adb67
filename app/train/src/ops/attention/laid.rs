//! Keys and values that one query after another looks at, as a decoder's do at what the encoder has read: laid out once,
//! for our tiles.

use super::super::floats::Floats;
use super::super::gemm::{Laid, MatMut, MatRef, Threads};
use super::super::serving::{Server, server};
use super::Attention;
use super::kernel::softmax;
use crate::meter::{Operation, measured};
use candle_core::{Result, Tensor};
use rayon::prelude::*;
use std::ops::Range;

/// Keys and values of one sequence.
#[derive(Debug)]
pub struct LaidOut {
    keys: usize,
    heads: Vec<Head>,
}

#[derive(Debug)]
struct Head {
    /// Turned: `[width, keys]`.
    keys: Laid,
    /// `[keys, width]`.
    values: Laid,
}

impl Attention<'_> {
    /// Lays out the keys and values of each sequence, `[keys, heads·width]`; `None` where other kernels than our tiles
    /// serve.
    ///
    /// # Errors
    /// When they are no contiguous matrices.
    pub fn lay_out(&self, (key, value): (&Tensor, &Tensor)) -> Result<Option<Vec<LaidOut>>> {
        if server(key) != Server::Cpu {
            return Ok(None);
        }
        let inner = key.dim(1)?;
        let width = inner / self.heads;
        let (keys, values) = (Floats::of(key)?, Floats::of(value)?);
        let sequences: Vec<_> = self.spans.pairs().map(|(_, keys)| keys).collect();
        let lay_out = |rows: &[f32], head: usize, sequence: &Range<usize>, turned: bool| {
            let matrix = MatRef::new(&rows[sequence.start * inner + head * width..], sequence.len(), width, inner);
            Laid::new(self.operands, if turned { matrix.t() } else { matrix }, Threads::One)
        };
        let of_sequence = |sequence: &Range<usize>| {
            let head = |head| {
                let (keys, values) = (lay_out(&keys, head, sequence, true), lay_out(&values, head, sequence, false));
                Some(Head { keys: keys?, values: values? })
            };
            let heads = (0..self.heads).map(head).collect::<Option<_>>()?;
            Some(LaidOut { keys: sequence.len(), heads })
        };
        Ok(sequences.par_iter().map(of_sequence).collect())
    }

    /// The context of one query for each sequence, `[sequences, heads·width]`, without bias and dropout.
    ///
    /// # Errors
    /// When the queries are no contiguous matrix.
    pub fn look_at(&self, sequences: &[LaidOut], query: &Tensor) -> Result<Tensor> {
        let (rows, inner) = query.dims2()?;
        assert_eq!(rows, sequences.len(), "every sequence has one query");
        let keys: usize = sequences.iter().map(|sequence| sequence.keys).sum();
        measured(Operation::AttentionForward, 4 * keys * inner, || {
            let queries = Floats::of(query)?;
            let mut context = vec![0f32; rows * inner];
            let all = context.par_chunks_mut(inner).zip(queries.par_chunks(inner)).zip(sequences);
            all.for_each(|((context, query), sequence)| sequence.look(query, context));
            Tensor::from_vec(context, (rows, inner), query.device())
        })
    }
}

impl LaidOut {
    fn look(&self, query: &[f32], context: &mut [f32]) {
        let width = query.len() / self.heads.len();
        let mut scores = vec![0f32; self.keys];
        for (head, (query, context)) in self.heads.iter().zip(query.chunks(width).zip(context.chunks_mut(width))) {
            head.keys.multiply(MatMut::dense(&mut scores, self.keys), MatRef::dense(query, width), Threads::One);
            softmax(&mut scores);
            head.values.multiply(MatMut::dense(context, width), MatRef::dense(&scores, self.keys), Threads::One);
        }
    }
}
