//! `majority-share`: how many of the answers to a task are its most frequent one.

use std::collections::BTreeMap;
use std::slice;

use placebo_plugin_api::{
    Descriptor, Direction, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, testing::score_item,
};

use crate::exact_match::normalised;
use crate::filters::{self, filtered};

/// The share of the most frequent answer.
pub struct MajorityShare;

const DOCUMENTATION: &str = "\
The share, in percent, of a task's answers that are its most frequent answer, case, punctuation and spacing aside. 100 means that the model \
says the same whatever it is asked; it judges generation tasks too, where models that learned little repeat one sentence. It is computed \
from all answers to a task at once, and is the score of each of them.";

impl Metric for MajorityShare {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Zhao et al., Calibrate Before Use, ICML 2021: majority label bias".to_string(),
            settings: filters::settings(),
            examples: vec![WorkedExample::score("One answer alone", score_item("yes", &["no"]), 100.0)],
            ..Descriptor::metric(
                "majority-share",
                "How many of a task's answers are the most frequent one",
                Scale { direction: Direction::Neutral, ..Scale::percent() },
            )
            .seeing_all_answers()
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        Ok(self.score_all(slice::from_ref(item), settings)?[0])
    }

    fn score_all(&self, items: &[ScoreItem], settings: &Settings) -> Result<Vec<f64>, PluginError> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for item in items {
            *counts.entry(normalised(&filtered(item, settings)?.prediction)).or_default() += 1;
        }
        let most = counts.into_values().max().unwrap_or_default();
        Ok(vec![100.0 * most as f64 / items.len().max(1) as f64; items.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_answer_counts() {
        let items = ["Yes.", "yes", "no", "perhaps"].map(|answer| score_item(answer, &[]));
        let settings = MajorityShare.descriptor().resolve(&Settings::default()).unwrap();
        assert_eq!(MajorityShare.score_all(&items, &settings).unwrap(), [50.0; 4]);
    }
}
