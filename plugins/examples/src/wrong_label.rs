//! `examples.wrong-label`: never the right label.

use placebo_plugin_api::{Descriptor, Part, PluginError, Settings, Transform, TransformItem, Transformed};

use crate::outputs::{exchange, labels, share_setting, shown};
use crate::pairing::Pairing;

/// Gives examples wrong labels.
pub struct WrongLabel;

const DOCUMENTATION: &str = "\
Gives the examples that a prompt shows a label that is not theirs, drawn at random from the others (case, punctuation and spacing \
aside; an input that stands in several positive examples has several right labels). With `share` below 1, that share of the \
examples, chosen at random, gets one. Explanations of altered examples are removed.

A generation task has no labels: its examples stay, and a note says so; `examples.re-paired` serves there.";

impl Transform for WrongLabel {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Min et al., Rethinking the Role of Demonstrations, EMNLP 2022: demonstrations with a share of correct labels"
                .to_string(),
            settings: vec![share_setting()],
            examples: vec![
                shown("Of two labels the other", &[("A joy.", "negative"), ("A bore.", "positive")]),
                shown("None", &[("A joy.", "positive"), ("A bore.", "negative")]).with(Settings::from([("share", 0.into())])),
            ],
            ..Descriptor::random_transform("examples.wrong-label", "Labels that are wrong", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let positives = item.instruction.positive_examples.clone();
        exchange(item, settings, |task, example, rng| {
            let pairing = Pairing { positives: &positives, labels: labels(task) };
            let wrong: Vec<&String> =
                labels(task).iter().filter(|label| !pairing.is_right(&example.input, label)).collect();
            rng.choose(&wrong).map(|label| label.to_string())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::reviews;
    use placebo_plugin_api::TaskKind;

    #[test]
    fn a_generation_task_has_no_wrong_labels() {
        let mut task = reviews(&[("A joy.", "positive")]);
        task.kind = TaskKind::Generation;
        let settings = Settings::from([("share", 1.0.into())]);
        let result = WrongLabel.apply(TransformItem::new(task.clone()), &settings).unwrap();
        assert_eq!(
            (result.instruction, result.notes),
            (task, vec!["no other output to be had: 1 left as they were".to_string()])
        );
    }
}
