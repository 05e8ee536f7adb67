//! `examples.inputs-only`: examples without outputs.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, Part, PluginError, Settings, Transform, TransformItem, Transformed,
};

use crate::outputs::shown;

/// Leaves the examples' inputs only.
pub struct InputsOnly;

const DOCUMENTATION: &str = "\
Empties the outputs of the positive examples and removes their explanations; the inputs stay. The prompt keeps its words around \
the empty place, as it does around every empty text.";

impl Transform for InputsOnly {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Min et al., Rethinking the Role of Demonstrations, EMNLP 2022: demonstrations without outputs"
                .to_string(),
            examples: vec![shown("The outputs are gone", &[("A joy.", ""), ("A bore.", "")])],
            ..Descriptor::transform("examples.inputs-only", "Examples without outputs", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let halved = |example: &Example| Example::new(example.input.clone(), "");
        let positive_examples = item.instruction.positive_examples.iter().map(halved).collect();
        Ok(Transformed::new(Instruction { positive_examples, ..item.instruction }))
    }
}
