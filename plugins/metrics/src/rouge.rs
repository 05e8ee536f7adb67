//! What the ROUGE metrics share: tokens and F1, as Google's `rouge_score` has them.

use placebo_plugin_api::{PluginError, Setting, Settings};

use crate::porter;

/// Where these metrics come from.
pub const PRECEDENT: &str = "Lin, ROUGE: a Package for Automatic Evaluation of Summaries, 2004; Google's rouge_score with \
                             use_stemmer, as in the official evaluation of Super-NaturalInstructions";

/// The setting that these metrics have.
pub fn stemmer_setting() -> Setting {
    Setting::bool(
        "stemmer",
        true,
        "whether words are reduced to their stems first, so that \"runs\" equals \"running\"",
    )
}

/// Whether to stem.
pub fn stems(settings: &Settings) -> Result<bool, PluginError> {
    settings.bool("stemmer")
}

/// The tokens of a text: runs of the letters a to z and digits in the lower-cased text, those of more than three
/// characters stemmed. Text in other scripts has no tokens.
pub fn tokens(text: &str, stem: bool) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| if stem && word.len() > 3 { porter::stem(word) } else { word.to_string() }).collect()
}

/// How many items two texts have in common, each as often as it stands in both.
pub fn in_common<T: Ord>(a: &[T], b: &[T]) -> usize {
    let sorted = |items: &[T]| {
        let mut places: Vec<usize> = (0..items.len()).collect();
        places.sort_unstable_by(|left, right| items[*left].cmp(&items[*right]));
        places
    };
    let (in_a, in_b) = (sorted(a), sorted(b));
    let (mut left, mut right, mut common) = (0, 0, 0);
    while left < in_a.len() && right < in_b.len() {
        let order = a[in_a[left]].cmp(&b[in_b[right]]);
        left += usize::from(order.is_le());
        right += usize::from(order.is_ge());
        common += usize::from(order.is_eq());
    }
    common
}

/// The harmonic mean of precision and recall in percent, when `common` of the tokens of either side are common; 0 where
/// a side has none.
pub fn f1(common: usize, prediction: usize, reference: usize) -> f64 {
    if common == 0 {
        return 0.0;
    }
    let precision = common as f64 / prediction as f64;
    let recall = common as f64 / reference as f64;
    100.0 * (2.0 * precision * recall / (precision + recall))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_tokens_are_stemmed() {
        assert_eq!(tokens("He was running, 2nd-placed!", true), ["he", "was", "run", "2nd", "place"]);
        assert_eq!(tokens("running", false), ["running"]);
    }

    /// The Kelvin sign is lower-cased to `k`, the capital I with a dot to `i` and a combining dot.
    #[test]
    fn lower_case_comes_before_letters_are_told() {
        assert_eq!(tokens("5\u{212A} İx ÀB", true), ["5k", "i", "x", "b"]);
    }

    #[test]
    fn nothing_in_common_scores_nothing() {
        assert_eq!([f1(0, 0, 0), f1(0, 3, 0), f1(1, 2, 2), f1(3, 3, 3)], [0.0, 0.0, 50.0, 100.0]);
    }

    #[test]
    fn a_repeated_word_counts_as_often_as_in_both() {
        let words = |text: &str| tokens(text, true);
        assert_eq!(in_common(&words("a a a b"), &words("b a c a")), 3);
        assert_eq!(in_common(&words(""), &words("a")), 0);
    }
}
