//! `label-divergence`: how far the distribution of answers over labels is from that of the right ones.

use std::slice;

use placebo_plugin_api::{Descriptor, Direction, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample};

use crate::distribution::{self, Distribution, answers};
use crate::filters;

/// The Jensen–Shannon divergence of predicted and right labels.
pub struct LabelDivergence;

const WHAT: &str = "\
The Jensen–Shannon divergence, in bits, between the distribution of a task's predictions over its labels and that of its references: 0 \
where every label is answered as often as it is right, 1 where the answers have nothing in common with the references. Which instance gets \
which label makes no difference: a model that guesses with the right frequencies scores 0. Of several references that \
which is the answer counts for its instance, and where none is, each has its part.";

impl Metric for LabelDivergence {
    fn descriptor(&self) -> Descriptor {
        let direction = Direction::LowerIsBetter;
        let scale = Scale { unit: "bits".to_string(), direction, minimum: 0.0, maximum: Some(1.0) };
        Descriptor {
            documentation: filters::documented(&format!("{WHAT}\n\n{}", distribution::DOCUMENTATION)),
            precedent:
                "Lin, Divergence Measures Based on the Shannon Entropy, IEEE Transactions on Information Theory, 1991"
                    .to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score("One answer alone, right", answers(&[("A.", "a")]).remove(0), 0.0),
                WorkedExample::score("One answer alone, wrong", answers(&[("b", "a")]).remove(0), 1.0),
            ],
            ..Descriptor::metric(
                "label-divergence",
                "How far the answered labels' frequencies are from the right ones",
                scale,
            )
            .seeing_all_answers()
            .judging_labels()
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        Ok(self.score_all(slice::from_ref(item), settings)?[0])
    }

    fn score_all(&self, items: &[ScoreItem], settings: &Settings) -> Result<Vec<f64>, PluginError> {
        let predicted = Distribution::of_predictions(items, settings)?;
        Ok(vec![predicted.divergence(&Distribution::of_references(items, settings)?); items.len()])
    }
}
