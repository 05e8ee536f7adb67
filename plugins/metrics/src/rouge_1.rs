//! `rouge-1`: words in common.

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, best_of, testing::score_item,
};

use crate::filters::{self, filtered};
use crate::rouge::{self, f1, in_common, tokens};

/// ROUGE-1 as Google's `rouge_score` computes it.
pub struct Rouge1;

const DOCUMENTATION: &str = "\
F1 of the words that prediction and reference have in common, whatever their order, in percent; the best over the \
references. Words are runs of the letters a to z and digits, in lower case, stemmed where longer than three characters. \
0 where a side has no words, so also for text in other scripts.

Equal to the `rouge1` F-measure of Google's `rouge_score` with `use_stemmer=True`, times 100.";

impl Metric for Rouge1 {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: rouge::PRECEDENT.to_string(),
            settings: filters::after(vec![rouge::stemmer_setting()]),
            examples: vec![
                WorkedExample::score("Order does not count", score_item("mat the on", &["on the mat"]), 100.0),
                WorkedExample::score(
                    "Half the words are right",
                    score_item("cats sleep", &["A cat, awake", "Sleeping dogs"]),
                    50.0,
                ),
                WorkedExample::score("Without stems", score_item("cats", &["cat"]), 0.0)
                    .with(Settings::from([("stemmer", false.into())])),
            ],
            ..Descriptor::metric("rouge-1", "ROUGE-1, words in common", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let (item, stem) = (filtered(item, settings)?, rouge::stems(settings)?);
        let prediction = tokens(&item.prediction, stem);
        Ok(best_of(&item.references, |reference| {
            let reference = tokens(reference, stem);
            f1(in_common(&prediction, &reference), prediction.len(), reference.len())
        }))
    }
}
