//! `exact-match-first-line`: equality of the answer's first line.

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, testing::score_item,
};

use crate::exact_match::normalised;
use crate::filters::{self, filtered, first_line_of};
use crate::percent;

/// Exact match of a model that does not know when to stop.
pub struct ExactMatchFirstLine;

const DOCUMENTATION: &str = "\
100 where the first line of the prediction that is not blank equals a reference, both normalised as for `exact-match`, else 0. A \
reference of several lines is compared as a whole, so it equals no first line.";

impl Metric for ExactMatchFirstLine {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Gao et al., lm-evaluation-harness, where an answer ends with its first line".to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score(
                    "What follows does not count",
                    score_item("\nYes.\nBecause it is.", &["yes"]),
                    100.0,
                ),
                WorkedExample::score("What precedes does", score_item("I think:\nYes.", &["yes"]), 0.0),
            ],
            ..Descriptor::metric("exact-match-first-line", "Exact match of the first line", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        let prediction = normalised(first_line_of(&item.prediction));
        Ok(percent(item.references.iter().any(|reference| normalised(reference) == prediction)))
    }
}
