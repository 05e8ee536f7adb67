//! One step of expectation-maximisation.

use super::lattice::Lattice;
use super::{Model, PARTS, Piece, Word};
use rayon::prelude::*;

/// Pieces that are expected less often than this go.
const RAREST: f64 = 0.5;

/// The model whose probabilities explain the words better.
pub(super) fn improved(model: &Model, words: &[Word]) -> Model {
    let expected = expectations(model, words);
    let with_counts = model.pieces.iter().zip(expected);
    let kept = with_counts.filter(|(piece, count)| piece.is_character() || *count >= RAREST);
    let mut pieces: Vec<Piece> =
        kept.map(|(piece, count)| Piece { text: piece.text.clone(), score: count.max(RAREST) }).collect();
    let sum = digamma(pieces.iter().map(|piece| piece.score).sum());
    // The digamma function instead of the logarithm punishes rare pieces: a sparse prior (Liang et al. 2007).
    pieces.iter_mut().for_each(|piece| piece.score = digamma(piece.score) - sum);
    Model::new(pieces)
}

/// How often each piece is expected in the words, over all ways to cut them.
pub(super) fn expectations(model: &Model, words: &[Word]) -> Vec<f64> {
    let part = |words: &[Word]| {
        let (mut lattice, mut expected) = (Lattice::default(), vec![0.0; model.pieces.len()]);
        for word in words {
            lattice.expect(model, &word.characters, word.count, &mut expected);
        }
        expected
    };
    let parts: Vec<Vec<f64>> = words.par_chunks(words.len().div_ceil(PARTS)).map(part).collect();
    let mut total = vec![0.0; model.pieces.len()];
    for part in parts {
        total.iter_mut().zip(part).for_each(|(total, count)| *total += count);
    }
    total
}

/// The derivative of ln Γ, by its recurrence up to 7 and its asymptotic series from there.
fn digamma(mut x: f64) -> f64 {
    let mut result = 0.0;
    while x < 7.0 {
        result -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = square * (1.0 / 12.0 - square * (1.0 / 120.0 - square / 252.0));
    result + x.ln() - 0.5 / x - series
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of scipy.special.digamma.
    #[test]
    fn digamma_is_scipys() {
        let values = [(0.5, -1.963_510_026_021_423_5), (1.0, -0.577_215_664_901_532_9), (10.0, 2.251_752_589_066_721)];
        for (x, wanted) in values {
            assert!((digamma(x) - wanted).abs() < 1e-8, "{}", digamma(x));
        }
    }

    #[test]
    fn likelihood_grows_for_what_the_words_contain() {
        let piece = |text: &str| Piece { text: text.chars().collect(), score: (0.25f64).ln() };
        let model = Model::new(["a", "b", "ab", "ba"].map(piece).into());
        let words = [Word { characters: vec!['a', 'b'], count: 100.0 }];
        let better = improved(&improved(&model, &words), &words);
        let best = better.pieces.iter().max_by(|a, b| a.score.total_cmp(&b.score)).unwrap();
        assert_eq!(best.text, ['a', 'b']);
        assert!(better.pieces.iter().all(|piece| piece.text != ['b', 'a']), "never occurs");
    }
}
