//! `starts-with`: whether the answer begins with a reference.

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, testing::score_item,
};

use crate::exact_match::normalised;
use crate::filters::{self, filtered};
use crate::percent;

/// Exact match that forgives what follows.
pub struct StartsWith;

const DOCUMENTATION: &str = "\
100 where the words of a reference are the first words of the prediction, both normalised as for `exact-match`, else 0. An empty \
reference begins an empty prediction only.";

impl Metric for StartsWith {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Hendrycks et al., Measuring Massive Multitask Language Understanding, ICLR 2021, judges the first token; \
                        this is its like for labels of several words"
                .to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score("A reason may follow", score_item("Yes, because it is.", &["yes"]), 100.0),
                WorkedExample::score("Words are whole", score_item("Nobody knows", &["no"]), 0.0),
            ],
            ..Descriptor::metric("starts-with", "Does the answer begin with the right one", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        let prediction = normalised(&item.prediction);
        Ok(percent(item.references.iter().any(|reference| begins(&prediction, &normalised(reference)))))
    }
}

fn begins(prediction: &str, reference: &str) -> bool {
    let rest = prediction.strip_prefix(reference);
    rest.is_some_and(|rest| rest.is_empty() || !reference.is_empty() && rest.starts_with(' '))
}
