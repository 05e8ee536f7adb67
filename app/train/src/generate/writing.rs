//! Writing answers token by token: groups enter as soon as others leave room, so that no step is spent on a few rows.

use super::row::Row;
use super::{Answer, Generator, Group, Query};
use crate::batch::Ragged;
use crate::t5::Decoding;
use candle_core::{Error, Tensor};
use std::ops::ControlFlow;

/// Rows below which a step costs what it costs with more: reading the weights.
const ENOUGH: usize = 48;

/// Groups on their way to their answers.
pub struct Writing<'a> {
    generator: &'a Generator<'a>,
    queries: &'a [Query],
    groups: &'a [Group],
    decoding: Decoding<'a>,
    /// What is being written, in the order of the decoding's rows.
    rows: Vec<(Place, Row<'a>)>,
    /// Answers of the groups that have entered; those of a group that is told of are taken away.
    answers: Vec<Vec<Option<Answer>>>,
    /// Groups that `ended` was told of.
    told: usize,
}

/// A group, and a place in it.
type Place = (usize, usize);

impl<'a> Writing<'a> {
    pub fn new(generator: &'a Generator, queries: &'a [Query], groups: &'a [Group]) -> Self {
        let decoding = Decoding::new(generator.model);
        Self { generator, queries, groups, decoding, rows: Vec::new(), answers: Vec::new(), told: 0 }
    }

    /// Writes everything; `ended` hears of each group, in their order, and may break off.
    pub fn run<E: From<Error>>(
        mut self,
        mut ended: impl FnMut(Vec<Answer>) -> Result<ControlFlow<()>, E>,
    ) -> Result<ControlFlow<()>, E> {
        loop {
            while self.has_room() {
                self.enter()?;
            }
            while let Some(answers) = self.next_complete() {
                if ended(answers)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            if self.rows.is_empty() && self.answers.len() == self.groups.len() {
                return Ok(ControlFlow::Continue(()));
            }
            if !self.rows.is_empty() {
                self.step()?;
            }
        }
    }

    /// Whether the next group may enter.
    fn has_room(&self) -> bool {
        let Some(group) = self.groups.get(self.answers.len()) else { return false };
        let tokens: usize = group.iter().map(|index| self.queries[*index].source.len()).sum();
        let fits = self.decoding.memory_tokens() + tokens <= self.generator.batch_tokens;
        self.rows.is_empty() || self.rows.len() < ENOUGH && fits
    }

    fn enter(&mut self) -> Result<(), Error> {
        let number = self.answers.len();
        let group = &self.groups[number];
        let mut answers = Vec::with_capacity(group.len());
        let mut begun = Vec::new();
        for (place, index) in group.iter().enumerate() {
            let row = Row::new(&self.queries[*index], self.generator);
            let answer = row.answer();
            if answer.is_none() {
                begun.push(((number, place), row));
            }
            answers.push(answer);
        }
        self.answers.push(answers);
        if !begun.is_empty() {
            let source = |(place, _): &(Place, Row)| self.queries[group[place.1]].source.as_slice();
            self.decoding.enter(&Ragged::new(begun.iter().map(source)))?;
            self.rows.extend(begun);
        }
        Ok(())
    }

    /// The answers of the next group to tell of, where all are there.
    fn next_complete(&mut self) -> Option<Vec<Answer>> {
        let answers = self.answers.get_mut(self.told)?;
        let complete: Option<Vec<Answer>> = answers.iter().cloned().collect();
        if complete.is_some() {
            answers.clear();
            self.told += 1;
        }
        complete
    }

    /// Writes the next token of every row; those that are finished leave.
    fn step(&mut self) -> Result<(), Error> {
        let start = self.generator.model.config.decoder_start_token_id;
        let last: Vec<_> = self.rows.iter().map(|(_, row)| row.last().unwrap_or(start)).collect();
        let hidden = self.decoding.step(&last)?;
        let (wanted, logits) = self.logits(&hidden)?;
        let mut going = Vec::new();
        for (index, ((group, place), row)) in self.rows.iter_mut().enumerate() {
            row.push(&wanted, &logits[index]);
            match row.answer() {
                Some(answer) => self.answers[*group][*place] = Some(answer),
                None => going.push(index),
            }
        }
        if going.len() < self.rows.len() {
            self.decoding.keep(&going)?;
            let mut kept = going.iter().peekable();
            let mut index = 0..;
            self.rows.retain(|_| kept.next_if_eq(&&index.next().unwrap_or(usize::MAX)).is_some());
        }
        Ok(())
    }

    /// Logits of every row: of the tokens that some row may write next, or of all where one may write any.
    fn logits(&self, hidden: &Tensor) -> Result<(Wanted, Vec<Vec<f32>>), Error> {
        let allowed: Option<Vec<Vec<u32>>> = self.rows.iter().map(|(_, row)| row.allowed()).collect();
        let Some(allowed) = allowed else {
            return Ok((Wanted::All, self.generator.model.head_logits(hidden)?.to_vec2()?));
        };
        let mut tokens = allowed.concat();
        tokens.sort_unstable();
        tokens.dedup();
        let logits = self.generator.model.logits_of(hidden, &tokens)?.to_vec2()?;
        Ok((Wanted::Some(tokens), logits))
    }
}

/// The tokens that logits are of.
pub enum Wanted {
    /// Every one of the vocabulary.
    All,
    /// These, in order.
    Some(Vec<u32>),
}

impl Wanted {
    /// The tokens with their logits.
    pub fn zip<'l>(&'l self, logits: &'l [f32]) -> impl Iterator<Item = (u32, f32)> + 'l {
        let token = move |place: usize| match self {
            Self::All => place as u32,
            Self::Some(tokens) => tokens[place],
        };
        logits.iter().enumerate().map(move |(place, logit)| (token(place), *logit))
    }
}
