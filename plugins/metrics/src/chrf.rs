//! `chrf`: n-grams of characters in common.

use std::collections::BTreeMap;

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Setting, Settings, WorkedExample, best_of, testing::score_item,
};

use crate::filters::{self, filtered};
use crate::python_text::is_blank;

/// chrF and chrF++ as sacreBLEU computes them.
pub struct ChrF;

const DOCUMENTATION: &str = "\
F-score of the n-grams of one to six characters that prediction and reference have in common, white space left out, in percent; \
recall counts twice as much as precision; the best over the references. Orders longer than one of the texts do not count. It needs \
no words, so it serves all scripts and inflected languages.

With `word_order` 2 it is chrF++, with single words and pairs of words besides. Equal to sacreBLEU's `sentence_chrf`.";

const CHARACTERS: usize = 6;
/// The square of how many times recall counts as much as precision.
const RECALL_WEIGHT: f64 = 4.0;

impl Metric for ChrF {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent:
                "Popović, chrF: character n-gram F-score for automatic MT evaluation, WMT 2015; chrF++: WMT 2017; \
                        sacreBLEU's implementation"
                    .to_string(),
            settings: filters::after(vec![Setting::integer(
                "word_order",
                0..=2,
                0,
                "how many words the longest n-gram of words has; 2 gives chrF++",
            )]),
            examples: vec![
                WorkedExample::score("White space does not count", score_item("black bird", &["blackbird"]), 100.0),
                WorkedExample::score("It does for words", score_item("ab", &["a b"]), 200.0 / 3.0)
                    .with(Settings::from([("word_order", 2.into())])),
                WorkedExample::score("Nothing in common", score_item("日本", &["cat"]), 0.0),
            ],
            ..Descriptor::metric("chrf", "chrF, sequences of characters in common", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        let words = usize::try_from(settings.integer("word_order")?).expect("the order is at least 0");
        let prediction = grams(&item.prediction, words);
        Ok(best_of(&item.references, |reference| f_score(&prediction, &grams(reference, words))))
    }
}

/// How often each n-gram of one order stands in a text.
type Counts = BTreeMap<String, usize>;

/// The n-grams of a text: of characters, then of words, order by order.
fn grams(text: &str, words: usize) -> Vec<Counts> {
    let characters: Vec<String> = text.chars().filter(|c| !is_blank(*c)).map(String::from).collect();
    let tokens = if words > 0 { tokens(text) } else { Vec::new() };
    let of_characters = (1..=CHARACTERS).map(|order| counted(&characters, order, ""));
    of_characters.chain((1..=words).map(|order| counted(&tokens, order, " "))).collect()
}

fn counted(units: &[String], order: usize, between: &str) -> Counts {
    let mut counts = Counts::new();
    for gram in units.windows(order) {
        *counts.entry(gram.join(between)).or_default() += 1;
    }
    counts
}

/// Words, with a punctuation mark at the end or else at the beginning of a word as a word of its own.
fn tokens(text: &str) -> Vec<String> {
    let words = text.split(is_blank).filter(|word| !word.is_empty());
    let parted = words.flat_map(|word| {
        let is_mark = |c: &char| c.is_ascii_punctuation();
        let (first, last) = (word.chars().next().filter(is_mark), word.chars().next_back().filter(is_mark));
        let at = match (first, last) {
            (_, Some(_)) => word.len() - 1,
            (Some(_), None) => 1,
            (None, None) => 0,
        };
        let (before, after) = word.split_at(at);
        [before, after].into_iter().filter(|part| !part.is_empty()).map(str::to_string).collect::<Vec<_>>()
    });
    parted.collect()
}

fn f_score(prediction: &[Counts], reference: &[Counts]) -> f64 {
    let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0.0);
    for (ours, theirs) in prediction.iter().zip(reference) {
        let (predicted, wanted): (usize, usize) = (ours.values().sum(), theirs.values().sum());
        if predicted > 0 && wanted > 0 {
            let both = |(gram, count): (&String, &usize)| *count.min(theirs.get(gram).unwrap_or(&0));
            let common: usize = ours.iter().map(both).sum();
            precision += common as f64 / predicted as f64;
            recall += common as f64 / wanted as f64;
            orders += 1.0;
        }
    }
    if precision + recall == 0.0 {
        return 0.0;
    }
    let (precision, recall) = (precision / orders, recall / orders);
    let score = (1.0 + RECALL_WEIGHT) * precision * recall / (RECALL_WEIGHT * precision + recall);
    (100.0 * score).min(100.0)
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn one_mark_of_a_word_is_set_apart() {
        assert_eq!(tokens("(hi) \"so . a, é!"), ["(hi", ")", "\"", "so", ".", "a", ",", "é", "!"]);
    }
}
