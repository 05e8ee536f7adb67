//! Removes the pieces that the likelihood of the words misses least.

use super::estimate::expectations;
use super::lattice::Lattice;
use super::{Model, Piece, Word};
use rayon::prelude::*;

/// The model with `wanted` pieces, and all characters.
///
/// SentencePiece counts only the likeliest way to cut each word, and so throws out at once what no likeliest way
/// contains; here every way counts by its probability.
pub(super) fn pruned(model: Model, words: &[Word], wanted: usize) -> Model {
    let counts = expectations(&model, words);
    let total: f64 = counts.iter().sum();
    let losses = (0..model.pieces.len()).into_par_iter().map_init(Lattice::default, |lattice, piece| {
        if model.pieces[piece].is_character() { f64::INFINITY } else { loss(&model, lattice, &counts, total, piece) }
    });
    let mut ranked: Vec<(f64, Piece)> = losses.collect::<Vec<_>>().into_iter().zip(model.pieces).collect();
    ranked.sort_by(|(a_loss, a), (b_loss, b)| b_loss.total_cmp(a_loss).then_with(|| a.text.cmp(&b.text)));
    let characters = ranked.iter().take_while(|(loss, _)| *loss == f64::INFINITY).count();
    ranked.truncate(wanted.max(characters));
    Model::new(ranked.into_iter().map(|(_, piece)| piece).collect())
}

/// How much log-likelihood the words would lose without a piece, if it were cut in the next best way wherever it
/// is expected.
fn loss(model: &Model, lattice: &mut Lattice, counts: &[f64], total: f64, piece: usize) -> f64 {
    let count = counts[piece].max(f64::MIN_POSITIVE);
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
        assert_eq!(texts(6), ["a", "ab", "b", "c", "cd", "d"]);
        assert_eq!(texts(1), ["a", "b", "c", "d"]);
    }
}
