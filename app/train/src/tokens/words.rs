//! The ids of words, found once: prompts of a study repeat the same words in every condition, seed and run.
//!
//! A tokenizer spends most of its time on normalising and searching what it has seen before. Where words are tokenized
//! each on its own, the ids of a text are those of its words one after another, and words that are known cost a
//! look-up. Whoever shares the tokenizer shares them.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Longer words are rare and seldom come again: addresses, sums in base 64, whole sentences of scripts without blanks.
const LONGEST: usize = 32;

/// Words kept at most, of some 100 bytes each; 274 tasks of 40 instances have 77 thousand.
const MOST: usize = 500_000;

/// Words with their ids.
#[derive(Default)]
pub(super) struct Words {
    known: RwLock<HashMap<Box<str>, Box<[u32]>>>,
}

impl Words {
    /// The ids of a text's words, those of unknown words by `tokenize`.
    pub fn encode(&self, text: &str, tokenize: impl Fn(&str) -> Vec<u32>) -> Vec<u32> {
        let (mut ids, mut found) = (Vec::new(), Vec::new());
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        for word in text.split_ascii_whitespace() {
            if let Some(known) = known.get(word) {
                ids.extend_from_slice(known);
                continue;
            }
            let new = tokenize(word);
            ids.extend_from_slice(&new);
            found.push((word, new));
        }
        drop(known);
        self.keep(found);
        ids
    }

    fn keep(&self, mut found: Vec<(&str, Vec<u32>)>) {
        found.retain(|(word, _)| word.len() <= LONGEST);
        if found.is_empty() {
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        found.truncate(MOST.saturating_sub(known.len()));
        known.extend(found.into_iter().map(|(word, ids)| (word.into(), ids.into())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_word_is_tokenized_once_unless_it_is_long() {
        let (words, asked) = (Words::default(), Cell::new(0));
        let tokenize = |word: &str| {
            asked.set(asked.get() + 1);
            vec![word.len() as u32]
        };
        assert_eq!(words.encode(" one two\n\nthree one ", tokenize), [3, 3, 5, 3]);
        assert_eq!(asked.replace(0), 4);
        assert_eq!(words.encode("three\ttwo four", tokenize), [5, 3, 4]);
        assert_eq!(asked.replace(0), 1);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!([words.encode(&long, tokenize), words.encode(&long, tokenize)], [[33], [33]]);
        assert_eq!(asked.get(), 2);
    }
}
