//! `output-words`: how many words the answer has.

use placebo_plugin_api::{
    Descriptor, Direction, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, testing::score_item,
};

use crate::filters::{self, filtered};
use crate::python_text;

/// The answer's length in words.
pub struct OutputWords;

const DOCUMENTATION: &str = "\
The number of words of the answer, as white space parts them. Neither more nor less is better: it tells whether a model learned how long answers are, and \
explains scores that depend on length.";

impl Metric for OutputWords {
    fn descriptor(&self) -> Descriptor {
        let scale = Scale { unit: "words".to_string(), direction: Direction::Neutral, minimum: 0.0, maximum: None };
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Singhal et al., A Long Way to Go: Investigating Length Correlations in RLHF, COLM 2024: length beside quality"
                .to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score("A short answer", score_item("on the mat", &[]), 3.0),
                WorkedExample::score("No answer has no word", score_item("", &["mat"]), 0.0),
            ],
            ..Descriptor::metric("output-words", "Length of the answer in words", scale)
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        Ok(item.prediction.split(python_text::is_blank).filter(|word| !word.is_empty()).count() as f64)
    }
}
