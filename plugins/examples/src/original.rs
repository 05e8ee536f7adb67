//! `examples.original`: the examples as the task has them.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, PluginError, Settings, Transform, TransformItem, Transformed, WorkedExample,
};

/// Leaves the instruction alone.
pub struct Original;

impl Transform for Original {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation:
                "Leaves the examples as the task has them; the prompt takes the first of them, as many as the \
                            plan says. A condition that names this transform is the same as one that names none; it \
                            lets a plan say so."
                    .to_string(),
            precedent: format!("{}, \"Original\"", super::PRECEDENT),
            examples: vec![unchanged()],
            ..Descriptor::transform("examples.original", "The examples as the task has them", &[])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        Ok(Transformed::new(item.instruction))
    }
}

fn unchanged() -> WorkedExample {
    let positive_examples = vec![Example::new("A joy to read.", "positive")];
    let instruction = Instruction { positive_examples, ..Instruction::default() };
    WorkedExample::transform("Nothing changes", TransformItem::new(instruction.clone()), Transformed::new(instruction))
}
