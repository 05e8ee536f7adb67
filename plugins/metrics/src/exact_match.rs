//! `exact-match`: equality after the official normalisation.

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, testing::score_item,
};

use crate::filters::{self, filtered};
use crate::{percent, python_text};

/// Exact match as the data set's own evaluation computes it.
pub struct ExactMatch;

const DOCUMENTATION: &str = "\
100 where the prediction equals a reference after both are normalised, else 0. Normalised means: in lower case, without \
the 32 ASCII punctuation marks, every run of white space one blank, none at the ends. Articles are kept. Other scripts' \
punctuation is kept.

An empty prediction equals an empty reference, and one that consists of punctuation.";

impl Metric for ExactMatch {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Wang et al., Super-NaturalInstructions, EMNLP 2022: the official evaluation".to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score(
                    "Case, punctuation and spacing do not count",
                    score_item(" yes,  sir", &["No", "Yes sir!"]),
                    100.0,
                ),
                WorkedExample::score("Articles count", score_item("the cat", &["cat"]), 0.0),
                WorkedExample::score("A part of the answer", score_item("The answer is: (b)", &["B"]), 100.0)
                    .with(Settings::from([("extract", r"is:? \((.)\)".into())])),
            ],
            ..Descriptor::metric("exact-match", "Exact match, official", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        let prediction = normalised(&item.prediction);
        Ok(percent(item.references.iter().any(|reference| normalised(reference) == prediction)))
    }
}

/// The text in lower case, without the 32 ASCII punctuation marks, with single blanks.
pub fn normalised(text: &str) -> String {
    let bare: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    python_text::collapse(&bare)
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn the_32_marks_of_python_are_removed() {
        assert_eq!(normalised(r##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##), "");
    }

    #[test]
    fn removing_punctuation_joins_what_it_parted() {
        assert_eq!(normalised("Well-known;U.S. \u{1E}a - b"), "wellknownus a b");
    }

    #[test]
    fn other_punctuation_stays() {
        assert_eq!(normalised("«Ça» – 。"), "«ça» – 。");
    }
}
