//! `examples.delusive`: right format, wrong mapping.

use placebo_plugin_api::{
    Descriptor, Example, Instruction, Part, PluginError, Rng, Settings, TaskKind, Transform, TransformItem,
    Transformed, WorkedExample,
};

use crate::outputs::labels;
use crate::pairing::{Pairing, alike};

/// Puts wrong examples where the right ones stand.
pub struct Delusive;

const DOCUMENTATION: &str = "\
Puts the task's own *negative* examples into the positive slots, the first of them, as many as a prompt has slots: \
format and output space are right, the mapping from input to output is wrong. The target that the model is taught or \
scored on stays right. A negative example that repeats a positive one is passed over.

Where a task has too few negative examples to show as many as the original prompt, positive examples with their outputs \
re-paired inside the task fill the rest: in a random arrangement in which no input keeps an output that a positive example gives it (case, \
punctuation and spacing aside), with the outputs of the other positive examples, or else with other labels of the \
output space. A note says so. Where that is impossible too, the example stays honest, and another note says that. A note also tells \
where more examples are shown than in the original prompt.

Explanations are removed, because they would tell the truth. Negative examples that are not used stay where they are.";

impl Transform for Delusive {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: format!("{}, \"Delusive\"; the re-pairing is ours", super::PRECEDENT),
            examples: vec![negatives_move_up(), outputs_change_places(), nothing_to_be_done()],
            ..Descriptor::random_transform(
                "examples.delusive",
                "Wrong examples in the right ones' place",
                &[Part::Examples],
            )
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let instruction = item.instruction;
        let pairing = Pairing { positives: &instruction.positive_examples, labels: labels(&instruction) };
        let taken = usable(&instruction.negative_examples, &pairing, item.example_slots);
        let mut notes: Vec<String> = passed_over(&instruction, &pairing, &taken).into_iter().collect();
        let mut shown: Vec<Example> =
            taken.iter().map(|place| without_explanation(&instruction.negative_examples[*place])).collect();
        let original = item.example_slots.min(instruction.positive_examples.len());
        notes.extend(difference(item.example_slots, shown.len(), original));
        if shown.len() < original {
            let (repaired, honest) = repair(&shown, &pairing, original, &mut Rng::from_seed(item.seed));
            notes.extend((honest > 0).then(|| format!("no wrong output to be had: {honest} left honest")));
            shown.extend(repaired);
        }
        let negative_examples = remaining(&instruction.negative_examples, &taken);
        Ok(Transformed {
            instruction: Instruction { positive_examples: shown, negative_examples, ..instruction },
            notes,
        })
    }
}

/// The places of the first `slots` negative examples that are indeed wrong.
fn usable(negatives: &[Example], pairing: &Pairing, slots: usize) -> Vec<usize> {
    let wrong = |place: &usize| !pairing.is_right(&negatives[*place].input, &negatives[*place].output);
    (0..negatives.len()).filter(wrong).take(slots).collect()
}

fn passed_over(instruction: &Instruction, pairing: &Pairing, taken: &[usize]) -> Option<String> {
    let reach = taken.last().map_or(instruction.negative_examples.len(), |last| last + 1);
    let right = |example: &&Example| pairing.is_right(&example.input, &example.output);
    let count = instruction.negative_examples[..reach].iter().filter(right).count();
    (count > 0).then(|| format!("negative examples that repeat a positive one passed over: {count}"))
}

/// How `found` negative examples differ from what was wanted, and from the number that the original prompt shows.
fn difference(slots: usize, found: usize, original: usize) -> Option<String> {
    if slots > 0 && found == 0 && original == 0 {
        Some("no examples to alter".to_string())
    } else if found < original {
        let plural = if original == 1 { "" } else { "s" };
        Some(format!("{original} negative example{plural} wanted, {found} found: outputs re-paired"))
    } else if found > original {
        Some(format!("{found} delusive examples where the original prompt shows {original}"))
    } else {
        None
    }
}

/// Positive examples with wrong outputs, to show `wanted` in all, and how many of them had to stay honest.
fn repair(shown: &[Example], pairing: &Pairing, wanted: usize, rng: &mut Rng) -> (Vec<Example>, usize) {
    let is_shown = |example: &&Example| shown.iter().any(|other| alike(&other.input, &example.input));
    let (again, fresh): (Vec<&Example>, Vec<&Example>) = pairing.positives.iter().partition(is_shown);
    let fillers: Vec<&Example> = fresh.into_iter().chain(again).take(wanted - shown.len()).collect();
    let inputs: Vec<&str> = fillers.iter().map(|example| example.input.as_str()).collect();
    let outputs = pairing.wrong_outputs(&inputs, rng);
    let honest = outputs.iter().filter(|output| output.is_none()).count();
    let pair = |(example, output): (&Example, Option<String>)| {
        Example::new(example.input.clone(), output.unwrap_or_else(|| example.output.clone()))
    };
    (fillers.into_iter().zip(outputs).map(pair).collect(), honest)
}

fn without_explanation(example: &Example) -> Example {
    Example::new(example.input.clone(), example.output.clone())
}

fn remaining(negatives: &[Example], taken: &[usize]) -> Vec<Example> {
    let kept = negatives.iter().enumerate().filter(|(place, _)| !taken.contains(place));
    kept.map(|(_, example)| example.clone()).collect()
}

fn sentiment(positives: &[(&str, &str)], negatives: &[(&str, &str)]) -> Instruction {
    let examples = |pairs: &[(&str, &str)]| pairs.iter().map(|(i, o)| Example::new(*i, *o)).collect();
    Instruction {
        kind: TaskKind::Classification,
        labels: vec!["positive".to_string(), "negative".to_string()],
        definition: "Is the review positive or negative?".to_string(),
        positive_examples: examples(positives),
        negative_examples: examples(negatives),
        ..Instruction::default()
    }
}

fn negatives_move_up() -> WorkedExample {
    let negatives = [("Rather dull.", "positive"), ("I wept with joy.", "negative")];
    let mut before = sentiment(&[("A joy.", "positive"), ("A bore.", "negative")], &negatives);
    before.negative_examples[0].explanation = "Dull is not praise.".to_string();
    let after = sentiment(&negatives, &[]);
    WorkedExample::transform(
        "Negative examples stand in the positive slots",
        TransformItem::new(before),
        Transformed::new(after),
    )
}

fn outputs_change_places() -> WorkedExample {
    let before = sentiment(&[("A joy.", "positive"), ("A bore.", "negative")], &[]);
    let after = sentiment(&[("A joy.", "negative"), ("A bore.", "positive")], &[]);
    let notes = vec!["2 negative examples wanted, 0 found: outputs re-paired".to_string()];
    WorkedExample::transform(
        "Without negative examples, outputs change places",
        TransformItem::new(before),
        Transformed { instruction: after, notes },
    )
}

fn nothing_to_be_done() -> WorkedExample {
    let story = Instruction {
        definition: "Write a title for the story.".to_string(),
        positive_examples: vec![Example::new("A dog finds its way home.", "The way home")],
        ..Instruction::default()
    };
    let notes = vec![
        "1 negative example wanted, 0 found: outputs re-paired".to_string(),
        "no wrong output to be had: 1 left honest".to_string(),
    ];
    WorkedExample::transform(
        "A single example of free text stays honest",
        TransformItem::new(story.clone()),
        Transformed { instruction: story, notes },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delude(instruction: Instruction) -> Transformed {
        Delusive.apply(TransformItem::new(instruction), &Settings::default()).unwrap()
    }

    #[test]
    fn a_missing_negative_is_made_from_an_example_not_yet_shown() {
        let positives = [("A joy.", "positive"), ("A bore.", "negative"), ("Never again.", "negative")];
        let deluded = delude(sentiment(&positives, &[("A joy.", "negative")]));
        let shown = sentiment(&[("A joy.", "negative"), ("A bore.", "positive")], &[]);
        assert_eq!(deluded.instruction.positive_examples, shown.positive_examples);
        assert_eq!(deluded.notes, ["2 negative examples wanted, 1 found: outputs re-paired"]);
    }

    #[test]
    fn a_negative_that_tells_the_truth_is_passed_over() {
        let positives = [("A joy.", "positive"), ("A bore.", "negative")];
        let negatives = [("a joy", "Positive."), ("Fun.", "negative"), ("Dull.", "positive"), ("Flat.", "positive")];
        let deluded = delude(sentiment(&positives, &negatives));
        assert_eq!(deluded.instruction.positive_examples, sentiment(&negatives[1..3], &[]).positive_examples);
        let left = sentiment(&[], &[negatives[0], negatives[3]]);
        assert_eq!(deluded.instruction.negative_examples, left.negative_examples);
        assert_eq!(deluded.notes, ["negative examples that repeat a positive one passed over: 1"]);
    }

    #[test]
    fn another_number_of_examples_than_the_original_shows_is_said() {
        let negatives = [("Fun.", "negative"), ("Dull.", "positive")];
        let deluded = delude(sentiment(&[("A joy.", "positive")], &negatives));
        assert_eq!(deluded.instruction.positive_examples.len(), 2);
        assert_eq!(deluded.notes, ["2 delusive examples where the original prompt shows 1"]);
        assert_eq!(delude(sentiment(&[], &[])).notes, ["no examples to alter"]);
    }

    #[test]
    fn labels_of_a_generation_task_are_not_outputs() {
        let story = Instruction { kind: TaskKind::Generation, ..sentiment(&[("A joy.", "positive")], &[]) };
        assert_eq!(delude(story).notes[1], "no wrong output to be had: 1 left honest");
    }

    #[test]
    fn no_explanation_remains_in_the_slots() {
        let mut instruction = sentiment(&[("A joy.", "positive"), ("A bore.", "negative")], &[("Fun.", "negative")]);
        for example in instruction.positive_examples.iter_mut().chain(&mut instruction.negative_examples) {
            example.explanation = "Because.".to_string();
        }
        let deluded = delude(instruction).instruction;
        assert!(deluded.positive_examples.iter().all(|example| example.explanation.is_empty()));
        assert_eq!(deluded.positive_examples.len(), 2);
    }
}
