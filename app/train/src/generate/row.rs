//! One answer as it is written.

use super::writing::Wanted;
use super::{Answer, Generator, Query, Strategy};

/// An answer and what it may become.
pub struct Row<'a> {
    /// What may be answered; none where the answer is free.
    choices: &'a [Vec<u32>],
    written: Vec<u32>,
    limit: usize,
    end: u32,
    ignore_end: bool,
}

impl<'a> Row<'a> {
    pub fn new(query: &'a Query, generator: &Generator) -> Self {
        let constrained = generator.strategy == Strategy::Constrained;
        Self {
            choices: if constrained { &query.choices } else { &[] },
            written: Vec::new(),
            limit: generator.max_new_tokens,
            end: generator.model.config.eos_token_id,
            ignore_end: generator.ignore_end,
        }
    }

    /// The tokens that lead on to a choice, in order; `None` where any may come.
    pub fn allowed(&self) -> Option<Vec<u32>> {
        if self.choices.is_empty() {
            return None;
        }
        let mut allowed: Vec<u32> = self.open().map(|(_, choice)| choice[self.written.len()]).collect();
        allowed.sort_unstable();
        allowed.dedup();
        Some(allowed)
    }

    /// Takes the likeliest token that may come next; of equals the first, as everywhere.
    pub fn push(&mut self, wanted: &Wanted, logits: &[f32]) {
        let allowed = self.allowed();
        let may_come = |token: u32| match &allowed {
            Some(allowed) => allowed.binary_search(&token).is_ok(),
            None => !self.ignore_end || token != self.end,
        };
        self.written.push(best(wanted.zip(logits).filter(|(token, _)| may_come(*token))));
    }

    /// The last token; `None` before the first.
    pub fn last(&self) -> Option<u32> {
        self.written.last().copied()
    }

    /// The answer, once it is decided: a choice as soon as no other is left.
    pub fn answer(&self) -> Option<Answer> {
        if !self.choices.is_empty() {
            let (first, choice) = self.open().next()?;
            return self.open().all(|(_, other)| other == choice).then_some(Answer::Choice(first));
        }
        let ended = self.last() == Some(self.end) && !self.ignore_end;
        (ended || self.written.len() == self.limit).then(|| {
            let mut tokens = self.written.clone();
            tokens.pop_if(|token| *token == self.end);
            Answer::Tokens(tokens)
        })
    }

    /// The choices that begin with what is written.
    fn open(&self) -> impl Iterator<Item = (usize, &'a Vec<u32>)> {
        self.choices.iter().enumerate().filter(|(_, choice)| choice.starts_with(&self.written))
    }
}

fn best(tokens: impl Iterator<Item = (u32, f32)>) -> u32 {
    let better = |best: (u32, f32), next: (u32, f32)| if next.1 > best.1 { next } else { best };
    tokens.reduce(better).map_or(0, |(token, _)| token)
}
