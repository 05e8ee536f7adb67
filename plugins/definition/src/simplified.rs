//! `definition.simplified`: the definition without its meaning, only the output space left.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Settings, TaskKind, Transform, TransformItem, Transformed,
    WorkedExample,
};

/// Reduces the definition to its labels.
pub struct Simplified;

const DOCUMENTATION: &str = "\
Replaces the definition of a classification task by one sentence for each of its labels, in the order of the output \
space: `Label: positive. Label: negative.` What the task is about is gone; which answers there are is still said.

Blanks around a label and full stops after it are left out of its sentence, so that each sentence ends in one full stop, \
and labels that differ in nothing else share a sentence.

A generation task does not name its outputs, so its definition becomes empty, and a note says so.";

impl Transform for Simplified {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: format!("{}, \"Simplified\"", super::PRECEDENT),
            examples: vec![labels_remain(), generation_is_empty()],
            ..Descriptor::transform("definition.simplified", "Only the labels of the definition", &[Part::Definition])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let definition = simplified(&item.instruction);
        let notes = if definition.is_empty() { vec![NO_LABELS.to_string()] } else { Vec::new() };
        Ok(Transformed { instruction: Instruction { definition, ..item.instruction }, notes })
    }
}

const NO_LABELS: &str = "no labels named: definition left empty";

fn simplified(instruction: &Instruction) -> String {
    instruction.label_texts().into_iter().map(sentence).collect::<Vec<_>>().join(" ")
}

fn sentence(label: &str) -> String {
    format!("Label: {label}.")
}

fn labels_remain() -> WorkedExample {
    let before = Instruction {
        kind: TaskKind::Classification,
        labels: vec!["positive".to_string(), "negative".to_string()],
        definition: "Decide whether the author of the review is pleased. Answer positive or negative.".to_string(),
        ..Instruction::default()
    };
    let after = Instruction { definition: "Label: positive. Label: negative.".to_string(), ..before.clone() };
    WorkedExample::transform("The labels remain", TransformItem::new(before), Transformed::new(after))
}

fn generation_is_empty() -> WorkedExample {
    let definition = "Write a title for the story.".to_string();
    let before = Instruction { kind: TaskKind::Generation, definition, ..Instruction::default() };
    let after = Instruction { definition: String::new(), ..before.clone() };
    let result = Transformed { instruction: after, notes: vec![NO_LABELS.to_string()] };
    WorkedExample::transform("A task without labels", TransformItem::new(before), result)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(labels: &[&str]) -> String {
        let labels = labels.iter().map(|label| label.to_string()).collect();
        simplified(&Instruction { kind: TaskKind::Classification, labels, ..Instruction::default() })
    }

    #[test]
    fn each_sentence_ends_in_one_full_stop() {
        assert_eq!(of(&["Yes.", " no ", "not sure ..."]), "Label: Yes. Label: no. Label: not sure.");
    }

    #[test]
    fn other_punctuation_is_part_of_the_label() {
        assert_eq!(of(&["really?", "1.5"]), "Label: really?. Label: 1.5.");
    }

    #[test]
    fn a_label_of_full_stops_is_a_label() {
        assert_eq!(of(&[".", "NN"]), "Label: .. Label: NN.");
    }

    #[test]
    fn the_same_sentence_is_not_said_twice() {
        assert_eq!(of(&["yes", "no", "yes.", "Yes"]), "Label: yes. Label: no. Label: Yes.");
    }

    #[test]
    fn an_empty_label_has_no_sentence() {
        assert_eq!(of(&["", "yes"]), "Label: yes.");
    }

    #[test]
    fn a_generation_task_ignores_labels() {
        let labels = vec!["yes".to_string()];
        assert_eq!(simplified(&Instruction { kind: TaskKind::Generation, labels, ..Instruction::default() }), "");
    }
}
