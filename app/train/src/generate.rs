//! Answers to prompts: greedy decoding, decoding that can only write a label, and ranking of labels by likelihood.

use crate::batch::{Ragged, cut};
use crate::ops::cross_entropy::total;
use crate::t5::{Decoding, T5};
use candle_core::Result;
use std::ops::ControlFlow;

/// How an answer is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// The likeliest token at each step.
    Greedy,
    /// The likeliest token that still leads to one of the choices.
    Constrained,
    /// The choice with the largest log-likelihood, summed over its tokens.
    Rank,
}

/// One prompt.
#[derive(Clone, Debug)]
pub struct Query {
    /// Its tokens, ending in the end token.
    pub source: Vec<u32>,
    /// What may be answered, each ending in the end token; empty where the answer is free.
    pub choices: Vec<Vec<u32>>,
}

/// What a model answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Tokens, without the end token.
    Tokens(Vec<u32>),
    /// One of the query's choices.
    Choice(usize),
}

/// How queries are answered.
#[derive(Debug)]
pub struct Generator<'a> {
    pub model: &'a T5,
    pub strategy: Strategy,
    /// Tokens of a free answer, at most.
    pub max_new_tokens: usize,
    /// Source tokens of a batch.
    pub batch_tokens: usize,
    /// Never ends a free answer early: for timing, where all programs decode the same number of tokens.
    pub ignore_end: bool,
}

/// Queries that are answered together, by their numbers.
pub type Group = Vec<usize>;

impl Generator<'_> {
    /// Groups queries of like length, the longest first, so that what takes the most memory is tried first.
    pub fn groups(&self, queries: &[Query]) -> Vec<Group> {
        let mut order: Vec<_> = (0..queries.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(queries[*index].source.len()));
        let lengths: Vec<_> = order.iter().map(|index| queries[*index].source.len()).collect();
        cut(&lengths, self.batch_tokens).into_iter().map(|range| order[range].to_vec()).collect()
    }

    /// Answers a group, in its order.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary.
    pub fn answer(&self, queries: &[Query], group: &[usize]) -> Result<Vec<Answer>> {
        let queries: Vec<&Query> = group.iter().map(|index| &queries[*index]).collect();
        if self.strategy != Strategy::Rank {
            return self.write(&queries);
        }
        let (free, ranked): (Vec<_>, Vec<_>) = (0..queries.len()).partition(|row| queries[*row].choices.is_empty());
        let mut answers = vec![Answer::Tokens(Vec::new()); queries.len()];
        for (rows, found) in
            [(&free, self.write(&pick(&queries, &free))?), (&ranked, self.rank(&pick(&queries, &ranked))?)]
        {
            for (row, answer) in rows.iter().zip(found) {
                answers[*row] = answer;
            }
        }
        Ok(answers)
    }

    /// Answers everything; `progress` hears how many are done and may break off.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub fn answer_all(
        &self,
        queries: &[Query],
        mut progress: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Option<Vec<Answer>>> {
        let mut answers = vec![Answer::Tokens(Vec::new()); queries.len()];
        let mut done = 0;
        for group in self.groups(queries) {
            for (index, answer) in group.iter().zip(self.answer(queries, &group)?) {
                answers[*index] = answer;
            }
            done += group.len();
            if progress(done).is_break() {
                return Ok(None);
            }
        }
        Ok(Some(answers))
    }

    fn write(&self, queries: &[&Query]) -> Result<Vec<Answer>> {
        let config = &self.model.config;
        let mut rows: Vec<_> = queries.iter().map(|query| Row::new(query, self)).collect();
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut decoding = Decoding::start(self.model, &Ragged::new(queries.iter().map(|q| q.source.as_slice())))?;
        let mut writing: Vec<_> = (0..rows.len()).collect();
        let mut tokens = vec![config.decoder_start_token_id; rows.len()];
        while !writing.is_empty() {
            let logits = decoding.step(&tokens)?;
            let mut going = Vec::new();
            for (place, logits) in logits.to_vec2()?.iter().enumerate() {
                if rows[writing[place]].push(logits) {
                    going.push(place);
                }
            }
            writing = going.iter().map(|place| writing[*place]).collect();
            tokens = writing.iter().map(|row| rows[*row].last()).collect();
            if going.len() < logits.dim(0)? && !going.is_empty() {
                decoding.keep(&going)?;
            }
        }
        Ok(rows.into_iter().map(Row::answer).collect())
    }

    fn rank(&self, queries: &[&Query]) -> Result<Vec<Answer>> {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        let source = Ragged::new(queries.iter().map(|query| query.source.as_slice()));
        let memory = self.model.encode(&source)?;
        let spans = queries.iter().zip(source.spans()).flat_map(|(q, span)| vec![span.clone(); q.choices.len()]);
        let target = Ragged::new(queries.iter().flat_map(|query| query.choices.iter().map(Vec::as_slice)));
        let losses = self.model.target_losses(&memory, spans.collect(), &target)?;
        let mut costs = target.spans().iter().map(|span| total(&losses[span.clone()]));
        let best = |query: &&Query| {
            let costs: Vec<_> = costs.by_ref().take(query.choices.len()).collect();
            let order = |a: &usize, b: &usize| costs[*a].total_cmp(&costs[*b]);
            Answer::Choice((0..costs.len()).min_by(order).unwrap_or(0))
        };
        Ok(queries.iter().map(best).collect())
    }
}

fn pick<'a>(queries: &[&'a Query], rows: &[usize]) -> Vec<&'a Query> {
    rows.iter().map(|row| queries[*row]).collect()
}

/// One answer as it is written.
struct Row<'a> {
    choices: &'a [Vec<u32>],
    written: Vec<u32>,
    limit: usize,
    end: u32,
    ignore_end: bool,
}

impl<'a> Row<'a> {
    fn new(query: &'a Query, generator: &Generator) -> Self {
        let constrained = generator.strategy == Strategy::Constrained;
        Self {
            choices: if constrained { &query.choices } else { &[] },
            written: Vec::new(),
            limit: generator.max_new_tokens,
            end: generator.model.config.eos_token_id,
            ignore_end: generator.ignore_end,
        }
    }

    /// Takes the next token; says whether the answer goes on.
    fn push(&mut self, logits: &[f32]) -> bool {
        let token = self.next(logits);
        self.written.push(token);
        if !self.choices.is_empty() {
            return !self.choices.contains(&self.written);
        }
        token != self.end && self.written.len() < self.limit
    }

    /// The likeliest allowed token; of equals the first, as everywhere.
    fn next(&self, logits: &[f32]) -> u32 {
        let position = self.written.len();
        let mut allowed: Vec<u32> =
            self.choices.iter().filter(|c| c.starts_with(&self.written)).map(|c| c[position]).collect();
        allowed.sort_unstable();
        if !allowed.is_empty() {
            return best(allowed.into_iter().map(|token| (token, logits[token as usize])));
        }
        let tokens = (0..).zip(logits.iter().copied());
        best(tokens.filter(|(token, _)| !self.ignore_end || *token != self.end))
    }

    fn last(&self) -> u32 {
        self.written.last().copied().unwrap_or(0)
    }

    fn answer(mut self) -> Answer {
        if let Some(choice) = self.choices.iter().position(|choice| *choice == self.written) {
            return Answer::Choice(choice);
        }
        self.written.pop_if(|token| *token == self.end);
        Answer::Tokens(self.written)
    }
}

fn best(tokens: impl Iterator<Item = (u32, f32)>) -> u32 {
    let better = |best: (u32, f32), next: (u32, f32)| if next.1 > best.1 { next } else { best };
    tokens.reduce(better).map_or(0, |(token, _)| token)
}
