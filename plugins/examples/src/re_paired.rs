//! `examples.re-paired`: inputs and outputs of the task, paired anew.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, Part, PluginError, Rng, Settings, Transform, TransformItem, Transformed,
};

use crate::outputs::{labels, shown};
use crate::pairing::Pairing;

/// Pairs the examples' outputs with other inputs.
pub struct RePaired;

const DOCUMENTATION: &str = "\
Pairs the inputs of the positive examples with each other's outputs: in a random arrangement in which, as far as possible, every \
output is used once and no input keeps an output that a positive example gives it (case, punctuation and spacing aside). An input \
left over gets the output of any other example, or else another label of the output space. The outputs as a whole stay what they \
were; only the mapping is wrong, for generation tasks too. Explanations of altered examples are removed.

It differs from `examples.delusive` in that negative examples are not used. An example for which there is no wrong output stays, \
and a note counts these.";

impl Transform for RePaired {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Min et al., Rethinking the Role of Demonstrations, EMNLP 2022: demonstrations without the input-label mapping"
                .to_string(),
            examples: vec![shown("Two outputs change places", &[("A joy.", "negative"), ("A bore.", "positive")])],
            ..Descriptor::random_transform("examples.re-paired", "Outputs of other examples of the task", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let task = item.instruction;
        let pairing = Pairing { positives: &task.positive_examples, labels: labels(&task) };
        let inputs: Vec<&str> = task.positive_examples.iter().map(|example| example.input.as_str()).collect();
        let outputs = pairing.wrong_outputs(&inputs, &mut Rng::from_seed(item.seed));
        let stay = outputs.iter().filter(|output| output.is_none()).count();
        let pair = |(example, output): (&Example, Option<String>)| match output {
            Some(output) => Example::new(example.input.clone(), output),
            None => example.clone(),
        };
        let positive_examples = task.positive_examples.iter().zip(outputs).map(pair).collect();
        let notes =
            if stay > 0 { vec![format!("no other output to be had: {stay} left as they were")] } else { Vec::new() };
        Ok(Transformed { instruction: Instruction { positive_examples, ..task }, notes })
    }
}
