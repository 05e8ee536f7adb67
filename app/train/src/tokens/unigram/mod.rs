//! Learns the pieces of a unigram language model from counted words (Kudo 2018, *Subword regularization*).
//!
//! The algorithm is SentencePiece's: many candidate pieces, then expectation-maximisation and removal of those that the
//! likelihood misses least, until the wanted number is left. The tokenizers crate has a trainer too, but it counts
//! candidates per different word instead of per occurrence, so that a frequent label like `positive` never becomes one
//! piece, and its result depends on the number of threads and on the order of a hash map. Here words come in order, sums
//! are made over a fixed number of parts, and ties go by the alphabet: the same words give the same bits.

mod candidates;
mod estimate;
mod lattice;
mod prune;
mod trie;

use std::collections::BTreeMap;
use trie::Trie;

/// Longest piece in characters.
const LONGEST: usize = 16;
/// Candidates per wanted piece, and at least so many.
const CANDIDATES: usize = 30;
const FEWEST_CANDIDATES: usize = 50_000;
/// Share of the pieces that one round keeps.
const KEPT: f64 = 0.75;
/// Rounds end a little above the wanted number, and the least likely pieces go last.
const MARGIN: f64 = 1.1;
/// Parts that sums are made of, so that the number of threads changes no digit.
const PARTS: usize = 32;

/// A word and how often it occurs.
pub(super) struct Word {
    characters: Vec<char>,
    count: f64,
}

/// A piece and its log-probability.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    text: Vec<char>,
    score: f64,
}

/// Pieces and the way to find them in a word.
struct Model {
    pieces: Vec<Piece>,
    trie: Trie,
}

impl Model {
    fn new(mut pieces: Vec<Piece>) -> Self {
        pieces.sort_by(|a, b| a.text.cmp(&b.text));
        let trie = Trie::new(&pieces);
        Self { pieces, trie }
    }
}

impl Piece {
    /// Single characters stay whatever happens, so that every word can be spelled.
    fn is_character(&self) -> bool {
        self.text.len() == 1
    }
}

/// Learns at most `wanted` pieces, likeliest first; all characters of the words are among them.
///
/// `progress` hears how many candidates are left.
pub(super) fn learn(
    words: &BTreeMap<String, u64>,
    wanted: usize,
    progress: &mut dyn FnMut(usize),
) -> Vec<(String, f64)> {
    let word = |(text, count): (&String, &u64)| Word { characters: text.chars().collect(), count: *count as f64 };
    let words: Vec<Word> = words.iter().map(word).collect();
    let enough = (wanted as f64 * MARGIN) as usize;
    let mut model = Model::new(candidates::find(&words, (wanted * CANDIDATES).max(FEWEST_CANDIDATES)));
    loop {
        progress(model.pieces.len());
        for _ in 0..2 {
            model = estimate::improved(&model, &words);
        }
        let pruned = enough.max((model.pieces.len() as f64 * KEPT) as usize);
        if model.pieces.len() <= pruned {
            return likeliest(model.pieces, wanted);
        }
        let before = model.pieces.len();
        model = prune::pruned(model, &words, pruned);
        if model.pieces.len() == before {
            return likeliest(model.pieces, wanted);
        }
    }
}

/// The characters and the likeliest other pieces.
fn likeliest(mut pieces: Vec<Piece>, wanted: usize) -> Vec<(String, f64)> {
    let order = |a: &Piece, b: &Piece| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text));
    pieces.sort_by(|a, b| b.is_character().cmp(&a.is_character()).then_with(|| order(a, b)));
    pieces.truncate(wanted);
    pieces.sort_by(order);
    pieces.into_iter().map(|piece| (piece.text.into_iter().collect(), piece.score)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(words: &[(&str, u64)], wanted: usize) -> Vec<(String, f64)> {
        let words = words.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect();
        learn(&words, wanted, &mut |_| {})
    }

    #[test]
    fn frequent_words_become_pieces_though_they_are_single_words() {
        let pieces = learned(&[("▁positive", 500), ("▁negative", 400), ("▁nave", 3), ("▁post", 2)], 14);
        assert_eq!(pieces.len(), 14);
        assert_eq!((pieces[0].0.as_str(), pieces[1].0.as_str()), ("▁positive", "▁negative"));
    }

    #[test]
    fn what_words_share_is_cut_off() {
        let stems: Vec<String> =
            (0..60).map(|i| format!("▁{}", ["wa", "ta", "ju", "lo"][i % 4].repeat(1 + i / 9))).collect();
        let words: Vec<String> = stems.iter().flat_map(|s| [format!("{s}ing"), format!("{s}ed")]).collect();
        let words: Vec<(&str, u64)> = words.iter().map(|word| (word.as_str(), 10)).collect();
        let pieces = learned(&words, 24);
        let has = |piece: &str| pieces.iter().any(|(text, _)| text == piece);
        assert!(has("ing"), "{pieces:?}");
    }

    #[test]
    fn every_character_stays() {
        let pieces = learned(&[("▁abc", 1000), ("▁xyz", 1), ("▁abd", 900)], 8);
        let characters: Vec<&str> =
            pieces.iter().map(|(text, _)| text.as_str()).filter(|t| t.chars().count() == 1).collect();
        assert_eq!(characters.len(), 8);
    }

    #[test]
    fn probabilities_add_up_to_about_one() {
        let words: Vec<String> = (0..200).map(|i| format!("▁{}", i * 7919)).collect();
        let words: Vec<(&str, u64)> = words.iter().map(|word| (word.as_str(), 5)).collect();
        let sum: f64 = learned(&words, 100_000).iter().map(|(_, score)| score.exp()).sum();
        assert!((0.8..1.05).contains(&sum), "{sum}");
    }
}
