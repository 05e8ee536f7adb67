//! `exact-match-strict`: equality of the stripped texts.

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, testing::score_item,
};

use crate::filters::{self, filtered};
use crate::{percent, python_text};

/// Exact match without forgiveness.
pub struct ExactMatchStrict;

const DOCUMENTATION: &str = "\
100 where the prediction equals a reference, white space at either end aside, else 0. Case and punctuation count.";

impl Metric for ExactMatchStrict {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Kung & Peng, Do Models Really Learn to Follow Instructions?, ACL 2023: the authors' analysis \
                        beside format correctness"
                .to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score("Blanks at the ends do not count", score_item(" Yes\n", &["No", "Yes"]), 100.0),
                WorkedExample::score("Case counts", score_item("yes", &["Yes"]), 0.0),
            ],
            ..Descriptor::metric("exact-match-strict", "Exact match, case and punctuation included", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        let prediction = python_text::strip(&item.prediction);
        Ok(percent(item.references.iter().any(|reference| python_text::strip(reference) == prediction)))
    }
}
