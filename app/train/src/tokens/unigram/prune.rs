//! Removes the pieces that the likelihood of the words misses least.

use super::estimate::sum_of_parts;
use super::lattice::Lattice;
use super::{Model, PARTS, Piece, Word};
use rayon::prelude::*;

/// The model with `wanted` pieces or, where more of them are used or are characters, with those.
pub(super) fn pruned(model: Model, words: &[Word], wanted: usize) -> Model {
    let counts = counts_in_best_ways(&model, words);
    let total: f64 = counts.iter().sum();
    let losses = (0..model.pieces.len()).into_par_iter().map_init(Lattice::default, |lattice, piece| {
        if model.pieces[piece].is_character() { f64::INFINITY } else { loss(&model, lattice, &counts, total, piece) }
    });
    let mut ranked: Vec<(f64, Piece)> = losses.collect::<Vec<_>>().into_iter().zip(model.pieces).collect();
    ranked.retain(|(loss, _)| *loss != f64::NEG_INFINITY);
    ranked.sort_by(|(a_loss, a), (b_loss, b)| b_loss.total_cmp(a_loss).then_with(|| a.text.cmp(&b.text)));
    let characters = ranked.iter().take_while(|(loss, _)| *loss == f64::INFINITY).count();
    ranked.truncate(wanted.max(characters));
    Model::new(ranked.into_iter().map(|(_, piece)| piece).collect())
}

/// How often each piece occurs when every word is cut in its likeliest way.
fn counts_in_best_ways(model: &Model, words: &[Word]) -> Vec<f64> {
    let part = |words: &[Word]| {
        let (mut lattice, mut counts) = (Lattice::default(), vec![0.0; model.pieces.len()]);
        for word in words {
            let pieces = lattice.best(model, &word.characters, None);
            pieces.into_iter().for_each(|piece| counts[piece] += word.count);
        }
        counts
    };
    sum_of_parts(words.par_chunks(words.len().div_ceil(PARTS)).map(part).collect(), model.pieces.len())
}

/// How much log-likelihood the words would lose without a piece, if it were cut in the next best way wherever it
/// occurs; minus infinity where it does not occur.
fn loss(model: &Model, lattice: &mut Lattice, counts: &[f64], total: f64, piece: usize) -> f64 {
    let count = counts[piece];
    if count == 0.0 {
        return f64::NEG_INFINITY;
    }
    let instead = lattice.best(model, &model.pieces[piece].text, Some(piece));
    let new_total = (total + count * (instead.len() as f64 - 1.0)).ln();
    let alternative: f64 = instead.iter().map(|other| (counts[*other] + count).ln() - new_total).sum();
    count * (count.ln() - total.ln() - alternative)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(pieces: &[(&str, f64)]) -> Model {
        let piece = |(text, probability): &(&str, f64)| Piece { text: text.chars().collect(), score: probability.ln() };
        Model::new(pieces.iter().map(piece).collect())
    }

    #[test]
    fn what_is_missed_most_stays() {
        let start = [("a", 0.1), ("b", 0.1), ("c", 0.1), ("d", 0.1), ("ab", 0.2), ("cd", 0.2), ("bc", 0.2)];
        let word = |text: &str, count| Word { characters: text.chars().collect(), count };
        let words = [word("ab", 100.0), word("cd", 10.0)];
        let texts = |wanted| {
            let pieces = pruned(model(&start), &words, wanted).pieces;
            pieces.into_iter().map(|piece| piece.text.into_iter().collect::<String>()).collect::<Vec<_>>()
        };
        assert_eq!(texts(5), ["a", "ab", "b", "c", "d"]);
        // "bc" occurs nowhere and goes though there would be room.
        assert_eq!(texts(7), ["a", "ab", "b", "c", "cd", "d"]);
        assert_eq!(texts(1), ["a", "b", "c", "d"]);
    }
}
