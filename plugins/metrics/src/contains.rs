//! `contains`: whether a reference stands in the answer.

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Setting, Settings, WorkedExample, testing::score_item,
};

use crate::exact_match::normalised;
use crate::filters::{self, filtered};
use crate::percent;

/// Exact match that forgives what stands around it.
pub struct Contains;

const DOCUMENTATION: &str = "\
100 where the words of a reference stand side by side in the prediction, both normalised as for `exact-match`, else 0. With \
`whole_words` off, they may be parts of words, as scripts without blanks need. An empty reference is contained in an empty \
prediction only.

It favours long answers: one that names all labels contains the right one. Read it beside `output-words`.";

impl Metric for Contains {
    fn descriptor(&self) -> Descriptor {
        let whole =
            Setting::bool("whole_words", true, "whether a reference counts only where its words stand as whole words");
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Mallen et al., When Not to Trust Language Models, ACL 2023: right if an answer is a substring of the prediction"
                .to_string(),
            settings: filters::after(vec![whole]),
            examples: vec![
                WorkedExample::score("Words around it", score_item("I say: not sure!", &["Not sure"]), 100.0),
                WorkedExample::score("Words are whole", score_item("Nobody knows", &["no"]), 0.0),
                WorkedExample::score("Without blanks", score_item("日本語", &["本"]), 100.0)
                    .with(Settings::from([("whole_words", false.into())])),
            ],
            ..Descriptor::metric("contains", "Does the answer contain the right one", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let (item, whole) = (filtered(item, settings)?, settings.bool("whole_words")?);
        let prediction = normalised(&item.prediction);
        let stands = |reference: &String| match normalised(reference) {
            reference if reference.is_empty() => prediction.is_empty(),
            reference if whole => format!(" {prediction} ").contains(&format!(" {reference} ")),
            reference => prediction.contains(&reference),
        };
        Ok(percent(item.references.iter().any(stands)))
    }
}
