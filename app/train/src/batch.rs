//! Ragged batches: sequences laid end to end, without padding.

use crate::ops::attention::Spans;
use std::ops::Range;

/// Token sequences laid end to end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ragged {
    ids: Vec<u32>,
    spans: Vec<Range<usize>>,
}

impl Ragged {
    /// Lays sequences end to end.
    pub fn new<'a>(sequences: impl IntoIterator<Item = &'a [u32]>) -> Self {
        let mut ragged = Self::default();
        for sequence in sequences {
            let start = ragged.ids.len();
            ragged.ids.extend_from_slice(sequence);
            ragged.spans.push(start..ragged.ids.len());
        }
        ragged
    }

    /// All tokens.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// Where each sequence lies.
    pub fn spans(&self) -> &[Range<usize>] {
        &self.spans
    }

    /// The sequences one by one.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.spans.iter().map(|span| &self.ids[span.clone()])
    }

    /// Some of the sequences.
    pub fn part(&self, sequences: Range<usize>) -> Self {
        Self::new(self.iter().skip(sequences.start).take(sequences.len()))
    }

    /// Each sequence moved one place to the right behind `first`: what a decoder reads while it learns to write this
    /// (`_shift_right`).
    pub fn shifted(&self, first: u32) -> Vec<u32> {
        let mut ids = Vec::with_capacity(self.ids.len());
        for sequence in self.iter() {
            ids.push(first);
            ids.extend_from_slice(&sequence[..sequence.len() - 1]);
        }
        ids
    }

    /// Attention of each sequence to itself.
    pub fn own_spans(&self) -> Spans {
        Spans::own(self.spans.clone())
    }
}

/// A tokenised prompt and what the model shall write, both ending in the end token.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    pub source: Vec<u32>,
    pub target: Vec<u32>,
    /// Where this visit of the example takes its dropout masks from.
    pub key: u64,
}

/// Examples that go through the model together.
#[derive(Clone, Debug)]
pub struct Batch {
    pub source: Ragged,
    pub target: Ragged,
    /// [`Example::key`] of each row.
    pub keys: Vec<u64>,
}

impl Batch {
    /// Puts examples together.
    ///
    /// # Panics
    /// When a source or target is empty: tokenisers end every text with the end token.
    pub fn new<'a>(examples: impl IntoIterator<Item = &'a Example>) -> Self {
        let examples: Vec<_> = examples.into_iter().collect();
        let filled = examples.iter().all(|e| !e.source.is_empty() && !e.target.is_empty());
        assert!(filled, "an example without tokens cannot be learnt from");
        Self {
            source: Ragged::new(examples.iter().map(|e| e.source.as_slice())),
            target: Ragged::new(examples.iter().map(|e| e.target.as_slice())),
            keys: examples.iter().map(|e| e.key).collect(),
        }
    }

    /// Real tokens, sources and targets.
    pub fn tokens(&self) -> usize {
        self.source.ids.len() + self.target.ids.len()
    }
}

/// Cuts items into consecutive groups of at most `budget` tokens each; an item above the budget goes alone.
pub fn cut(lengths: &[usize], budget: usize) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let (mut start, mut tokens) = (0, 0);
    for (index, length) in lengths.iter().enumerate() {
        if index > start && tokens + length > budget {
            groups.push(start..index);
            (start, tokens) = (index, 0);
        }
        tokens += length;
    }
    if start < lengths.len() {
        groups.push(start..lengths.len());
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_keep_their_bounds_and_shift_by_themselves() {
        let ragged = Ragged::new([[5, 6, 1].as_slice(), &[1], &[7, 1]]);
        assert_eq!(ragged.spans(), [0..3, 3..4, 4..6]);
        assert_eq!(ragged.shifted(0), [0, 5, 6, 0, 0, 7]);
        assert_eq!(ragged.part(1..3).iter().collect::<Vec<_>>(), [&[1][..], &[7, 1]]);
    }

    #[test]
    fn groups_fill_the_budget_and_never_lose_an_item() {
        assert_eq!(cut(&[4, 4, 4, 9, 1], 8), [0..2, 2..3, 3..4, 4..5]);
        assert_eq!(cut(&[20], 8), [Range { start: 0, end: 1 }]);
        assert!(cut(&[], 8).is_empty());
    }
}
