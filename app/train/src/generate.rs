//! Answers to prompts: greedy decoding, decoding that can only write a label, and ranking of labels by likelihood.

use crate::batch::{Ragged, cut};
use crate::ops::cross_entropy::total;
use crate::t5::T5;
use candle_core::Result;
use std::ops::ControlFlow;
use writing::Writing;

mod row;
mod writing;

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
    /// Source tokens that are worked on at one time.
    pub batch_tokens: usize,
    /// Never ends a free answer early: for timing, where all programs decode the same number of tokens.
    pub ignore_end: bool,
}

/// Queries whose sources are read together, by their numbers.
pub type Group = Vec<usize>;

impl Generator<'_> {
    /// Groups queries of like length, the longest first, so that what takes the most memory is tried first.
    ///
    /// A group takes half of the budget, so that the next can begin before its last answer is written.
    pub fn groups(&self, queries: &[Query]) -> Vec<Group> {
        let mut order: Vec<_> = (0..queries.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(queries[*index].source.len()));
        let lengths: Vec<_> = order.iter().map(|index| queries[*index].source.len()).collect();
        cut(&lengths, self.batch_tokens / 2).into_iter().map(|range| order[range].to_vec()).collect()
    }

    /// Answers groups; `ended` hears of each, in their order, with the answers in its own, and may break off.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary, and what `ended` returns.
    pub fn answer<E: From<candle_core::Error>>(
        &self,
        queries: &[Query],
        groups: &[Group],
        mut ended: impl FnMut(Vec<Answer>) -> std::result::Result<ControlFlow<()>, E>,
    ) -> std::result::Result<ControlFlow<()>, E> {
        if self.strategy != Strategy::Rank {
            return Writing::new(self, queries, groups).run(ended);
        }
        for group in groups {
            if ended(self.rank_or_write(queries, group)?)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Answers everything, in the order of the queries.
    ///
    /// # Errors
    /// When the device is out of memory or a token lies outside the vocabulary.
    pub fn answer_all(&self, queries: &[Query]) -> Result<Vec<Answer>> {
        let groups = self.groups(queries);
        let mut answers = vec![Answer::Tokens(Vec::new()); queries.len()];
        let mut order = groups.iter();
        let _ = self.answer(queries, &groups, |group| {
            for (index, answer) in order.next().into_iter().flatten().zip(group) {
                answers[*index] = answer;
            }
            Ok::<_, candle_core::Error>(ControlFlow::Continue(()))
        })?;
        Ok(answers)
    }

    /// Ranks the choices of those that have some, and writes the others freely.
    fn rank_or_write(&self, queries: &[Query], group: &Group) -> Result<Vec<Answer>> {
        let is_free = |index: &usize| queries[*index].choices.is_empty();
        let (free, ranked): (Group, Group) = group.iter().partition(|index| is_free(index));
        let mut written = Vec::new();
        let _ = Writing::new(self, queries, std::slice::from_ref(&free)).run(|answers| {
            written = answers;
            Ok::<_, candle_core::Error>(ControlFlow::Continue(()))
        })?;
        let best = self.rank(&ranked.iter().map(|index| &queries[*index]).collect::<Vec<_>>())?;
        let (mut written, mut best) = (written.into_iter(), best.into_iter());
        Ok(group.iter().filter_map(|index| if is_free(index) { written.next() } else { best.next() }).collect())
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
