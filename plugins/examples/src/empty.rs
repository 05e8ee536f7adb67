//! `examples.empty`: no examples.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, Part, PluginError, Settings, Transform, TransformItem, Transformed, WorkedExample,
};

/// Takes all examples away.
pub struct Empty;

impl Transform for Empty {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: "Removes the positive and the negative examples. The definition stays.".to_string(),
            precedent: format!("{}, \"Empty\"", super::PRECEDENT),
            examples: vec![emptied()],
            ..Descriptor::transform("examples.empty", "No examples", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let (positive_examples, negative_examples) = (Vec::new(), Vec::new());
        Ok(Transformed::new(Instruction { positive_examples, negative_examples, ..item.instruction }))
    }
}

fn emptied() -> WorkedExample {
    let after = Instruction { definition: "Is the review positive or negative?".to_string(), ..Instruction::default() };
    let before = Instruction {
        positive_examples: vec![Example::new("A joy to read.", "positive")],
        negative_examples: vec![Example::new("A joy to read.", "negative")],
        ..after.clone()
    };
    WorkedExample::transform("The definition stays", TransformItem::new(before), Transformed::new(after))
}
