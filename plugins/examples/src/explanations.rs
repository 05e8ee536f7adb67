//! `examples.explanations`: explanations removed, exchanged, or empty of meaning.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, Part, PluginError, Setting, Settings, Transform, TransformItem, Transformed,
    WorkedExample,
};

use crate::outputs::reviews;

/// Changes why an example is right.
pub struct Explanations;

const DOCUMENTATION: &str = "\
Changes the explanations of all examples, positive and negative: removes them (`removed`); gives each example that of the next one of \
its sort that has another (`exchanged`); or gives every example the `text` (`added`), in which `{output}` stands for the example's output: \
a placebo of an explanation, which explains nothing.

A prompt shows explanations only where the plan's `prompt` has `explanations = true`.";

impl Transform for Explanations {
    fn descriptor(&self) -> Descriptor {
        let changed = |way: &'static str, after: [&str; 2]| {
            let before = TransformItem::new(explained(["It praises.", "It complains."]));
            WorkedExample::transform(way, before, Transformed::new(explained(after)))
                .with(Settings::from([("way", way.into())]))
        };
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Lampinen et al., Can language models learn from explanations in context?, Findings of EMNLP 2022: true \
                        explanations and controls; Wang et al., Super-NaturalInstructions, EMNLP 2022: with and without"
                .to_string(),
            settings: vec![
                Setting::choice("way", &["removed", "exchanged", "added"], "what is done to explanations"),
                Setting::text("text", "The right output here is {output}.", "the explanation that is added"),
            ],
            examples: vec![
                changed("removed", ["", ""]),
                changed("exchanged", ["It complains.", "It praises."]),
                changed("added", ["The right output here is positive.", "The right output here is negative."]),
            ],
            ..Descriptor::transform("examples.explanations", "Explanations removed, exchanged or added", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let (way, text) = (settings.text("way")?, settings.text("text")?);
        let mut instruction = item.instruction;
        let (positive, negative) = (&mut instruction.positive_examples, &mut instruction.negative_examples);
        let mut same = 0;
        for examples in [positive, negative] {
            let before = examples.clone();
            for (place, example) in examples.iter_mut().enumerate() {
                example.explanation = match way {
                    "removed" => String::new(),
                    "added" => text.replace("{output}", &example.output),
                    _ => next_other(&before, place).unwrap_or_else(|| example.explanation.clone()),
                };
                same += usize::from(example.explanation == before[place].explanation && way == "exchanged");
            }
        }
        let notes = if same > 0 {
            vec![format!("no other explanation to be had: {same} left as they were")]
        } else {
            Vec::new()
        };
        Ok(Transformed { instruction, notes })
    }
}

/// The explanation of the next example, round and round, that is not this one's.
fn next_other(examples: &[Example], place: usize) -> Option<String> {
    let following = examples[place..].iter().chain(&examples[..place]);
    let mut explanations = following.map(|example| &example.explanation);
    explanations.find(|explanation| **explanation != examples[place].explanation).cloned()
}

fn explained(explanations: [&str; 2]) -> Instruction {
    let mut task = reviews(&[("A joy.", "positive"), ("A bore.", "negative")]);
    for (example, explanation) in task.positive_examples.iter_mut().zip(explanations) {
        example.explanation = explanation.to_string();
    }
    task
}
