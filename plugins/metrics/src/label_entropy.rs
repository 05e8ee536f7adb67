//! `label-entropy`: how evenly the answers to a task are spread over its labels.

use std::slice;

use placebo_plugin_api::{Descriptor, Direction, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample};

use crate::distribution::{self, Distribution, answers};
use crate::filters;

/// The entropy of the predicted labels.
pub struct LabelEntropy;

const WHAT: &str = "\
The entropy, in bits, of the distribution of a task's predictions over its labels: 0 where the model always answers the same, 1 where it \
answers two labels equally often, log₂ k for k labels. A model that has learned nothing but one frequent answer is seen here, whatever its \
exact match.";

impl Metric for LabelEntropy {
    fn descriptor(&self) -> Descriptor {
        let scale = Scale { unit: "bits".to_string(), direction: Direction::Neutral, minimum: 0.0, maximum: None };
        Descriptor {
            documentation: filters::documented(&format!("{WHAT}\n\n{}", distribution::DOCUMENTATION)),
            precedent:
                "Zhao et al., Calibrate Before Use, ICML 2021: the predicted labels' distribution as a sign of bias"
                    .to_string(),
            settings: filters::settings(),
            examples: vec![WorkedExample::score("One answer alone", answers(&[("a", "b")]).remove(0), 0.0)],
            ..Descriptor::metric("label-entropy", "How evenly a task's labels are answered", scale)
                .seeing_all_answers()
                .judging_labels()
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        Ok(self.score_all(slice::from_ref(item), settings)?[0])
    }

    fn score_all(&self, items: &[ScoreItem], settings: &Settings) -> Result<Vec<f64>, PluginError> {
        let entropy = Distribution::of_predictions(items, settings)?.entropy();
        Ok(vec![entropy; items.len()])
    }
}
