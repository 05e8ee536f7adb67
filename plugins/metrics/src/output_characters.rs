//! `output-characters`: how many characters the answer has.

use placebo_plugin_api::{
    Descriptor, Direction, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, testing::score_item,
};

use crate::filters::{self, filtered};

/// The answer's length in characters.
pub struct OutputCharacters;

const DOCUMENTATION: &str = "\
The number of characters (Unicode scalar values) of the answer, white space among them. Neither more nor less is better: it tells whether a model learned how long answers are, and \
explains scores that depend on length.";

impl Metric for OutputCharacters {
    fn descriptor(&self) -> Descriptor {
        let scale =
            Scale { unit: "characters".to_string(), direction: Direction::Neutral, minimum: 0.0, maximum: None };
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Singhal et al., A Long Way to Go: Investigating Length Correlations in RLHF, COLM 2024: length beside quality"
                .to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score("A short answer", score_item("naïf", &[]), 4.0),
                WorkedExample::score("No answer has no character", score_item("", &["mat"]), 0.0),
            ],
            ..Descriptor::metric("output-characters", "Length of the answer in characters", scale)
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        Ok(item.prediction.chars().count() as f64)
    }
}
