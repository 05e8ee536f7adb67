//! `examples.first`: no more than the first k examples.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, Part, PluginError, Setting, Settings, Transform, TransformItem, Transformed,
    WorkedExample,
};

/// Keeps the first `k` positive examples.
pub struct First;

const DOCUMENTATION: &str = "\
Keeps the first `k` positive examples in the task's order and removes the others; negative examples stay.

The plan's `positive_examples` is how many a prompt shows at most, so a `k` above it shows no more. Where a task has \
fewer than `k`, or a prompt has room for fewer, all that there are stay and a note says how many.";

impl Transform for First {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Wang et al., Super-NaturalInstructions, EMNLP 2022: two and four positive examples".to_string(),
            settings: vec![Setting::integer("k", 0..=100, 1, "how many positive examples stay at most")],
            examples: vec![one_of_two(), more_than_there_are()],
            ..Descriptor::transform("examples.first", "The first k examples only", &[Part::Examples])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let wanted = usize::try_from(settings.integer("k")?).expect("k is at least 0");
        let mut instruction = item.instruction;
        let notes = shortage(wanted, instruction.positive_examples.len(), item.example_slots).into_iter().collect();
        instruction.positive_examples.truncate(wanted);
        Ok(Transformed { instruction, notes })
    }
}

fn shortage(wanted: usize, found: usize, slots: usize) -> Option<String> {
    if slots < wanted.min(found) {
        Some(format!("{wanted} examples wanted, room for {slots}"))
    } else if found < wanted {
        Some(format!("{wanted} examples wanted, {found} found"))
    } else {
        None
    }
}

fn two() -> Instruction {
    let positive_examples = vec![Example::new("A joy.", "positive"), Example::new("A bore.", "negative")];
    Instruction { positive_examples, ..Instruction::default() }
}

fn one_of_two() -> WorkedExample {
    let before = two();
    let positive_examples = before.positive_examples[..1].to_vec();
    let after = Instruction { positive_examples, ..Instruction::default() };
    WorkedExample::transform("One of two", TransformItem::new(before), Transformed::new(after))
}

fn more_than_there_are() -> WorkedExample {
    let result = Transformed { instruction: two(), notes: vec!["3 examples wanted, 2 found".to_string()] };
    let example = WorkedExample::transform("More than there are", TransformItem::new(two()), result);
    example.with(Settings::from([("k", 3.into())]))
}

#[cfg(test)]
mod tests {
    use super::shortage;

    #[test]
    fn a_prompt_without_room_is_said() {
        assert_eq!(shortage(3, 5, 2).unwrap(), "3 examples wanted, room for 2");
        assert_eq!(shortage(3, 2, 2).unwrap(), "3 examples wanted, 2 found");
    }

    #[test]
    fn enough_is_not_worth_a_note() {
        assert_eq!(shortage(2, 5, 2), None);
        assert_eq!(shortage(0, 0, 0), None);
    }
}
