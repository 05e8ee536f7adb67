//! `labels.permuted`: each label named where another belongs, consistently.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Setting, Settings, Target, Transform, TransformItem, Transformed,
    WorkedExample,
};

use crate::renaming::{Manner, Renaming};
use crate::task;

/// Exchanges the labels' names.
pub struct Permuted;

const DOCUMENTATION: &str = "\
Exchanges the names of a classification task's labels, the same way wherever the prompt names one: in the definition, in outputs and \
explanations of examples, or in one of the two (`part`). The exchange is drawn at random for each task, and no label keeps its name; of \
two labels, each becomes the other. Upper and lower case stay as they were at each place. A label \
such as `1` is exchanged wherever it stands alone, so in \"sentence 1\" too.

By default targets and references stay. So a model that follows the prompt answers against the references: with `apply_to = \
[\"test\"]`, exact match well below chance shows that it follows, unchanged scores that it does not.

With `targets = true` they are exchanged too, and so is the list of labels: the task is the same under other names, and an answer that \
follows the prompt is right. Scores are then of the exchanged references, which the record keeps.

A task with fewer than two labels stays, and a note says so.";

impl Transform for Permuted {
    fn descriptor(&self) -> Descriptor {
        let before = "Is the author pleased? Answer positive if so, else negative.";
        let after = "Is the author pleased? Answer negative if so, else positive.";
        let shown = |title: &str, definition: &str, output: &str| {
            WorkedExample::transform(
                title,
                TransformItem::new(task(before, "positive")),
                Transformed::new(task(definition, output)),
            )
        };
        let only_definition = Settings::from([("part", "definition".into())]);
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Wei et al., Larger Language Models Do In-Context Learning Differently, 2023: flipped labels"
                .to_string(),
            settings: vec![
                Setting::choice("part", &["both", "definition", "examples"], "where labels are exchanged"),
                Setting::bool("targets", false, "whether targets and references are exchanged too"),
            ],
            examples: vec![
                shown("Each becomes the other", after, "negative"),
                shown("In the definition only", after, "positive").with(only_definition),
                consistent(before, after),
            ],
            ..Descriptor::random_transform(
                "labels.permuted",
                "Labels named in each other's place",
                &[Part::Definition, Part::Examples, Part::OutputSpace, Part::Target],
            )
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let part = settings.text("part")?;
        let task = item.instruction;
        let labels = task.label_texts();
        if labels.len() < 2 {
            let notes = vec![format!("{} labels to exchange: left as it was", labels.len())];
            return Ok(Transformed { instruction: task, notes });
        }
        let exchange = drawn(&labels, &mut Rng::from_seed(item.seed));
        let mut instruction = task.clone();
        let mut notes = Vec::new();
        if part != "examples" {
            instruction.definition = exchange.in_text(&task.definition);
        }
        if part != "definition" {
            exchange.in_examples(&mut instruction);
        }
        if settings.bool("targets")? {
            let strange = exchange.in_answers(&mut instruction);
            notes.extend((strange > 0).then(|| format!("{strange} answers are none of the labels, and stay")));
        }
        Ok(Transformed { instruction, notes })
    }
}

/// The exchange carried through to what is learned.
fn consistent(before: &str, after: &str) -> WorkedExample {
    let targets = |outputs: [&str; 2]| outputs.map(|output| Target::new("A bore.", output)).to_vec();
    let was = Instruction { targets: targets(["negative", "positive."]), ..task(before, "positive") };
    let is = Instruction {
        targets: targets(["positive", "negative."]),
        labels: vec!["negative".to_string(), "positive".to_string()],
        ..task(after, "negative")
    };
    WorkedExample::transform("With targets and references", TransformItem::new(was), Transformed::new(is))
        .with(Settings::from([("targets", true.into())]))
}

/// Puts the labels into a random circle; each gets the name of the next.
fn drawn<'t>(labels: &'t [&'t str], rng: &mut Rng) -> Renaming<'t> {
    let mut circle: Vec<usize> = (0..labels.len()).collect();
    rng.shuffle(&mut circle);
    let mut names = vec![String::new(); labels.len()];
    for (turn, label) in circle.iter().enumerate() {
        names[*label] = labels[circle[(turn + 1) % circle.len()]].to_string();
    }
    Renaming { labels, names, manner: Manner::AsBefore }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_keeps_its_name() {
        let labels = ["a", "b", "c", "d", "e"];
        for seed in 0..50 {
            let mut names = drawn(&labels, &mut Rng::from_seed(seed)).names;
            assert!(labels.iter().zip(&names).all(|(old, new)| old != new));
            names.sort_unstable();
            assert_eq!(names, labels);
        }
    }

    #[test]
    fn outputs_and_explanations_agree_with_the_definition() {
        let mut before = task("Answer Positive or negative.", "positive.");
        before.positive_examples[0].explanation = "A joy is positive, positively so.".to_string();
        let settings = Settings::from([("part", "both".into()), ("targets", false.into())]);
        let after = Permuted.apply(TransformItem::new(before), &settings).unwrap().instruction;
        assert_eq!(after.definition, "Answer Negative or positive.");
        assert_eq!(after.positive_examples[0].output, "negative.");
        assert_eq!(after.positive_examples[0].explanation, "A joy is negative, positively so.");
        assert_eq!(after.positive_examples[0].input, "A joy.");
    }
}
