//! `token-f1`: words in common, as question answering counts them.

use std::sync::LazyLock;

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, best_of, testing::score_item,
};
use regex::{Captures, Regex};

use crate::filters::{self, filtered};
use crate::python_text;
use crate::rouge::{f1, in_common};

/// F1 of words as the SQuAD evaluation computes it.
pub struct TokenF1;

const DOCUMENTATION: &str = "\
F1 of the words that prediction and reference have in common, whatever their order, in percent; the best over the references. \
Both are first put in lower case and lose the 32 ASCII punctuation marks and the articles a, an and the; words are what white space \
parts. Two texts of which nothing remains agree: 100.

Equal to the F1 of the official evaluation of SQuAD 2.0, times 100.";

impl Metric for TokenF1 {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent:
                "Rajpurkar et al., SQuAD: 100,000+ Questions for Machine Comprehension of Text, EMNLP 2016, and its \
                        official evaluation"
                    .to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score("Articles do not count", score_item("the Cat", &["A cat."]), 100.0),
                WorkedExample::score("Half the words", score_item("a black cat", &["cats", "white cat"]), 50.0),
                WorkedExample::score("No answer where none is right", score_item("", &["the"]), 100.0),
            ],
            ..Descriptor::metric("token-f1", "F1 of words, as in SQuAD", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        let prediction = words(&item.prediction);
        Ok(best_of(&item.references, |reference| {
            let reference = words(reference);
            match (prediction.is_empty(), reference.is_empty()) {
                (true, true) => 100.0,
                _ => f1(in_common(&prediction, &reference), prediction.len(), reference.len()),
            }
        }))
    }
}

/// The words that count.
fn words(text: &str) -> Vec<String> {
    let bare: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let words = without_articles(&bare);
    words.split(python_text::is_blank).filter(|word| !word.is_empty()).map(str::to_string).collect()
}

/// The text with a blank for each article that Python's `\b` sets apart: its words are runs of letters, digits and `_`.
fn without_articles(text: &str) -> String {
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the expression is well formed"));
    let kept =
        |found: &Captures<'_>| if matches!(&found[0], "a" | "an" | "the") { " ".into() } else { found[0].to_string() };
    WORD.replace_all(text, kept).into_owned()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn articles_are_whole_words() {
        assert_eq!(words("The theatre, an anthem; A-team «a» la"), ["theatre", "anthem", "ateam", "«", "»", "la"]);
    }

    #[test]
    fn combining_marks_end_words_as_in_python() {
        assert_eq!(words("a\u{301}b"), ["\u{301}b"]);
    }
}
