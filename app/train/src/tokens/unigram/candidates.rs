//! The pieces that training starts from: what occurs again and again.

use super::{LONGEST, Piece, Word};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A place in a word, and so the beginning of a piece.
#[derive(Clone, Copy)]
struct Suffix {
    word: u32,
    start: u32,
}

/// All characters, and the strings within words that cover most text (occurrences times length), at most `limit`.
///
/// Of strings that always occur together with the same next character only the longest is taken.
pub(super) fn find(words: &[Word], limit: usize) -> Vec<Piece> {
    let suffixes = sorted_suffixes(words);
    let shared: Vec<usize> = suffixes.windows(2).map(|pair| shared(words, pair[0], pair[1])).collect();
    let lengths = (2..=LONGEST).into_par_iter().map(|length| of_length(words, &suffixes, &shared, length));
    let mut found: Vec<Piece> = lengths.collect::<Vec<_>>().into_iter().flatten().collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    found.truncate(limit);
    found.extend(characters(words));
    to_log_probabilities(&mut found);
    found
}

fn characters(words: &[Word]) -> impl Iterator<Item = Piece> {
    let mut counts = BTreeMap::<char, f64>::new();
    for word in words {
        word.characters.iter().for_each(|character| *counts.entry(*character).or_default() += word.count);
    }
    counts.into_iter().map(|(character, count)| Piece { text: vec![character], score: count })
}

fn sorted_suffixes(words: &[Word]) -> Vec<Suffix> {
    let of_word = |(word, w): (usize, &Word)| {
        (0..w.characters.len() as u32).map(move |start| Suffix { word: word as u32, start }).collect::<Vec<_>>()
    };
    let mut suffixes: Vec<Suffix> = words.iter().enumerate().flat_map(of_word).collect();
    suffixes.par_sort_by(|a, b| text(words, *a).cmp(text(words, *b)));
    suffixes
}

/// What a suffix begins with, as far as a piece can reach.
fn text(words: &[Word], suffix: Suffix) -> &[char] {
    let rest = &words[suffix.word as usize].characters[suffix.start as usize..];
    &rest[..rest.len().min(LONGEST)]
}

fn shared(words: &[Word], a: Suffix, b: Suffix) -> usize {
    text(words, a).iter().zip(text(words, b)).take_while(|(a, b)| a == b).count()
}

/// The candidates of one length, scored by the text that they cover.
fn of_length(words: &[Word], suffixes: &[Suffix], shared: &[usize], length: usize) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < suffixes.len() {
        let same = shared[start..].iter().take_while(|shared| **shared >= length).count();
        let (group, within) = (&suffixes[start..=start + same], &shared[start..start + same]);
        let beginning = text(words, group[0]);
        if beginning.len() >= length && stands_alone(words, group, within, length) {
            let count: f64 = group.iter().map(|suffix| words[suffix.word as usize].count).sum();
            if count > 1.0 {
                found.push(Piece { text: beginning[..length].to_vec(), score: count * length as f64 });
            }
        }
        start += same + 1;
    }
    found
}

/// Whether what a group of suffixes begins with goes on in different ways, or is a whole word.
fn stands_alone(words: &[Word], group: &[Suffix], shared: &[usize], length: usize) -> bool {
    match shared.iter().min() {
        Some(least) => *least == length,
        None => group[0].start == 0 && words[group[0].word as usize].characters.len() == length,
    }
}

fn to_log_probabilities(pieces: &mut [Piece]) {
    let sum = pieces.iter().map(|piece| piece.score).sum::<f64>().ln();
    pieces.iter_mut().for_each(|piece| piece.score = piece.score.ln() - sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[(&str, f64)], limit: usize) -> Vec<(String, f64)> {
        let word = |(text, count): &(&str, f64)| Word { characters: text.chars().collect(), count: *count };
        let words: Vec<Word> = words.iter().map(word).collect();
        let scale = find(&words, limit).iter().map(|piece| piece.score.exp()).fold(f64::INFINITY, f64::min);
        find(&words, limit).into_iter().map(|p| (p.text.iter().collect(), (p.score.exp() / scale).round())).collect()
    }

    #[test]
    fn strings_count_by_occurrences_and_length() {
        // The least is a character that occurs once: "d".
        let pieces = found(&[("xabc", 5.0), ("yabc", 3.0), ("xabd", 1.0)], 100);
        let score = |text: &str| pieces.iter().find(|(piece, _)| piece == text).map(|(_, score)| *score);
        assert_eq!(score("abc"), Some(24.0));
        assert_eq!(score("ab"), Some(18.0));
        assert_eq!(score("xab"), Some(18.0));
        assert_eq!(score("xabc"), Some(20.0));
        assert_eq!(score("yabc"), Some(12.0));
        // Always followed by "b", and a word that occurs once.
        assert_eq!((score("xa"), score("xabd")), (None, None));
        assert_eq!(score("a"), Some(9.0));
    }

    #[test]
    fn the_limit_leaves_the_best_and_all_characters() {
        let pieces = found(&[("xabc", 5.0), ("yabc", 3.0)], 1);
        let texts: Vec<&str> = pieces.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["abc", "a", "b", "c", "x", "y"]);
    }

    #[test]
    fn long_words_have_pieces_of_the_longest_length_at_most() {
        let word = "abcdefghijklmnopqrstuvwxyz";
        assert!(
            found(&[(word, 9.0), ("0abcdefghijklmnopqrstuvwxyz", 2.0)], 100)
                .iter()
                .all(|(text, _)| text.len() <= LONGEST)
        );
    }
}
