//! `examples.order`: the same examples in another order.

use placebo_plugin_api::{
    Descriptor, Part, PluginError, Rng, Setting, Settings, Transform, TransformItem, Transformed,
};

use crate::outputs::shown;

/// Puts the examples into another order.
pub struct Order;

const DOCUMENTATION: &str = "\
Puts the positive examples that a prompt shows into a random order (`shuffled`) or into the reverse one (`reversed`). Which examples \
are shown does not change, unless a prompt is too long for all of them. With fewer than two there is no other order, and a note \
says so.";

impl Transform for Order {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Lu et al., Fantastically Ordered Prompts and Where to Find Them, ACL 2022".to_string(),
            settings: vec![Setting::choice("order", &["shuffled", "reversed"], "the new order")],
            examples: vec![
                shown("Reversed", &[("A bore.", "negative"), ("A joy.", "positive")])
                    .with(Settings::from([("order", "reversed".into())])),
            ],
            ..Descriptor::random_transform("examples.order", "The same examples in another order", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let mut instruction = item.instruction;
        let count = item.example_slots.min(instruction.positive_examples.len());
        let shown = &mut instruction.positive_examples[..count];
        match settings.text("order")? {
            "reversed" => shown.reverse(),
            _ => Rng::from_seed(item.seed).shuffle(shown),
        }
        let notes = if count < 2 && item.example_slots > 1 {
            vec![format!("no other order: {count} examples shown")]
        } else {
            Vec::new()
        };
        Ok(Transformed { instruction, notes })
    }
}
