//! `definition.original`: the definition as the task has it.

use placebo_plugin_api::{
    Descriptor, Instruction, PluginError, Settings, Transform, TransformItem, Transformed, WorkedExample,
};

/// Leaves the instruction alone.
pub struct Original;

impl Transform for Original {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation:
                "Leaves the definition as the task has it. A condition that names this transform is the same \
                            as one that names none; it lets a plan say so."
                    .to_string(),
            precedent: format!("{}, \"Original\"", super::PRECEDENT),
            examples: vec![unchanged()],
            ..Descriptor::transform("definition.original", "The definition as the task has it", &[])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        Ok(Transformed::new(item.instruction))
    }
}

fn unchanged() -> WorkedExample {
    let definition = "Is the review positive or negative?".to_string();
    let instruction = Instruction { definition, ..Instruction::default() };
    WorkedExample::transform("Nothing changes", TransformItem::new(instruction.clone()), Transformed::new(instruction))
}
