//! `examples.random-label`: outputs drawn at random.

use placebo_plugin_api::{Descriptor, Part, PluginError, Settings, Transform, TransformItem, Transformed};

use crate::outputs::{exchange, labels, share_setting, shown};

/// Gives examples random outputs.
pub struct RandomLabel;

const DOCUMENTATION: &str = "\
Gives the examples that a prompt shows an output drawn at random from the task's labels, each as likely, so that it may be the right \
one. A generation task has no labels; there the output is drawn from the outputs of the task's positive examples. With `share` \
below 1, that share of the examples, chosen at random, gets such an output. Explanations of altered examples are removed.";

impl Transform for RandomLabel {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent:
                "Min et al., Rethinking the Role of Demonstrations, EMNLP 2022: demonstrations with random labels"
                    .to_string(),
            settings: vec![share_setting()],
            examples: vec![shown("Both happen to be one label", &[("A joy.", "positive"), ("A bore.", "positive")])],
            ..Descriptor::random_transform("examples.random-label", "Outputs drawn at random", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        exchange(item, settings, |task, _, rng| match labels(task) {
            [] => rng.choose(&task.positive_examples).map(|example| example.output.clone()),
            labels => rng.choose(labels).cloned(),
        })
    }
}
