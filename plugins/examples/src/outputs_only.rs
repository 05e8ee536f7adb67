//! `examples.outputs-only`: examples without inputs.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, Part, PluginError, Settings, Transform, TransformItem, Transformed,
};

use crate::outputs::shown;

/// Leaves the examples' outputs only.
pub struct OutputsOnly;

const DOCUMENTATION: &str = "\
Empties the inputs of the positive examples and removes their explanations; the outputs stay. The prompt keeps its words around \
the empty place, as it does around every empty text.";

impl Transform for OutputsOnly {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Min et al., Rethinking the Role of Demonstrations, EMNLP 2022: demonstrations without inputs"
                .to_string(),
            examples: vec![shown("The inputs are gone", &[("", "positive"), ("", "negative")])],
            ..Descriptor::transform("examples.outputs-only", "Examples without inputs", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let halved = |example: &Example| Example::new("", example.output.clone());
        let positive_examples = item.instruction.positive_examples.iter().map(halved).collect();
        Ok(Transformed::new(Instruction { positive_examples, ..item.instruction }))
    }
}
