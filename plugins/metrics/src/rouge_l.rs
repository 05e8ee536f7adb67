//! `rouge-l`: the longest common subsequence of words.

use std::collections::HashMap;

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, best_of, testing::score_item,
};

use crate::filters::{self, filtered};
use crate::rouge::{self, f1, tokens};

/// ROUGE-L as Google's `rouge_score` computes it.
pub struct RougeL;

const DOCUMENTATION: &str = "\
F1 of the longest sequence of words that stand in prediction and reference in the same order, not necessarily side by \
side, in percent; the best over the references. Words are runs of the letters a to z and digits, in lower case, stemmed \
where longer than three characters. 0 where a side has no words, so also for text in other scripts.

Equal to the `rougeL` F-measure of Google's `rouge_score` with `use_stemmer=True`, times 100.";

impl Metric for RougeL {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: rouge::PRECEDENT.to_string(),
            settings: filters::after(vec![rouge::stemmer_setting()]),
            examples: vec![
                WorkedExample::score("Stems are compared", score_item("Cats, sleeping.", &["cat sleeps"]), 100.0),
                WorkedExample::score("Order counts", score_item("mat the on", &["on the mat"]), 100.0 / 3.0),
                WorkedExample::score("Without stems", score_item("cats", &["cat"]), 0.0)
                    .with(Settings::from([("stemmer", false.into())])),
            ],
            ..Descriptor::metric("rouge-l", "ROUGE-L, words in common in the same order", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let (item, stem) = (filtered(item, settings)?, rouge::stems(settings)?);
        let prediction = tokens(&item.prediction, stem);
        Ok(best_of(&item.references, |reference| {
            let reference = tokens(reference, stem);
            f1(longest_common(&prediction, &reference), prediction.len(), reference.len())
        }))
    }
}

/// The length of the longest common subsequence, row by row, keeping one row.
fn longest_common(a: &[String], b: &[String]) -> usize {
    let mut numbers = HashMap::new();
    let mut numbered = |tokens: &[String]| -> Vec<usize> {
        let number = |token: &String| {
            let next = numbers.len();
            *numbers.entry(token.clone()).or_insert(next)
        };
        tokens.iter().map(number).collect()
    };
    let (a, b) = (numbered(a), numbered(b));
    let mut row = vec![0; b.len() + 1];
    for token in a {
        let mut diagonal = 0;
        for (place, other) in b.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if token == *other { diagonal + 1 } else { above.max(row[place]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(a: &str, b: &str) -> usize {
        longest_common(&tokens(a, true), &tokens(b, true))
    }

    #[test]
    fn the_longest_sequence_may_have_gaps() {
        assert_eq!(common("a b c b d a b", "b d c a b a"), 4);
    }

    #[test]
    fn nothing_is_common_with_nothing() {
        assert_eq!([common("", "a"), common("a", ""), common("a", "b")], [0, 0, 0]);
    }

    #[test]
    fn sides_may_be_exchanged() {
        assert_eq!(common("x a y b z", "a b"), common("a b", "x a y b z"));
    }
}
