//! `rouge-2`: pairs of words in common.

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, best_of, testing::score_item,
};

use crate::filters::{self, filtered};
use crate::rouge::{self, f1, in_common, tokens};

/// ROUGE-2 as Google's `rouge_score` computes it.
pub struct Rouge2;

const DOCUMENTATION: &str = "\
F1 of the pairs of neighbouring words that prediction and reference have in common, in percent; the best over the references. \
Words are as for `rouge-1`. 0 where a side has fewer than two words, also where both are the same single word.

Equal to the `rouge2` F-measure of Google's `rouge_score` with `use_stemmer=True`, times 100.";

impl Metric for Rouge2 {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: rouge::PRECEDENT.to_string(),
            settings: filters::after(vec![rouge::stemmer_setting()]),
            examples: vec![
                WorkedExample::score(
                    "One of two pairs",
                    score_item("the cat sat", &["a cat sits", "cat sat"]),
                    200.0 / 3.0,
                ),
                WorkedExample::score("A single word has no pairs", score_item("cat", &["cat"]), 0.0),
            ],
            ..Descriptor::metric("rouge-2", "ROUGE-2, pairs of words in common", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let (item, stem) = (filtered(item, settings)?, rouge::stems(settings)?);
        let prediction = tokens(&item.prediction, stem);
        Ok(best_of(&item.references, |reference| {
            let reference = tokens(reference, stem);
            let (ours, theirs): (Vec<_>, Vec<_>) = (prediction.windows(2).collect(), reference.windows(2).collect());
            f1(in_common(&ours, &theirs), ours.len(), theirs.len())
        }))
    }
}
