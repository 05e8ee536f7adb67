//! `definition.empty`: no definition.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, Part, PluginError, Settings, Transform, TransformItem, Transformed, WorkedExample,
};

/// Takes the definition away.
pub struct Empty;

impl Transform for Empty {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation:
                "Empties the definition. The examples stay, and the prompt keeps its words around the empty \
                            place."
                    .to_string(),
            precedent: format!("{}, \"Empty\"", super::PRECEDENT),
            examples: vec![emptied()],
            ..Descriptor::transform("definition.empty", "No definition", &[Part::Definition])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        Ok(Transformed::new(Instruction { definition: String::new(), ..item.instruction }))
    }
}

fn emptied() -> WorkedExample {
    let before = Instruction {
        definition: "Is the review positive or negative?".to_string(),
        positive_examples: vec![Example::new("A joy to read.", "positive")],
        ..Instruction::default()
    };
    let after = Instruction { definition: String::new(), ..before.clone() };
    WorkedExample::transform("The examples stay", TransformItem::new(before), Transformed::new(after))
}
