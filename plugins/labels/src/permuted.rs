//! `labels.permuted`: each label named where another belongs, consistently.

use placebo_plugin_api::text::label_text;
use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Setting, Settings, Transform, TransformItem, Transformed,
    WorkedExample,
};

use crate::naming::{namings, renamed, written_as};
use crate::task;

/// Exchanges the labels' names.
pub struct Permuted;

const DOCUMENTATION: &str = "\
Exchanges the names of a classification task's labels, the same way wherever the prompt names one: in the definition, in outputs and \
explanations of examples, or in one of the two (`part`). The exchange is drawn at random for each task, and no label keeps its name; of \
two labels, each becomes the other. Upper and lower case stay as they were at each place. A label \
such as `1` is exchanged wherever it stands alone, so in \"sentence 1\" too.

Targets and references stay. So a model that follows the prompt answers against the references: with `apply_to = [\"test\"]`, exact \
match well below chance shows that it follows, unchanged scores that it does not.

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
            settings: vec![Setting::choice("part", &["both", "definition", "examples"], "where labels are exchanged")],
            examples: vec![
                shown("Each becomes the other", after, "negative"),
                shown("In the definition only", after, "positive").with(only_definition),
            ],
            ..Descriptor::random_transform(
                "labels.permuted",
                "Labels named in each other's place",
                &[Part::Definition, Part::Examples],
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
        let exchange = Exchange::drawn(&labels, &mut Rng::from_seed(item.seed));
        let mut instruction = task.clone();
        if part != "examples" {
            instruction.definition = exchange.in_text(&task.definition);
        }
        if part != "definition" {
            exchange.in_examples(&mut instruction);
        }
        Ok(Transformed::new(instruction))
    }
}

/// Labels, each with the place of the one whose name it gets.
struct Exchange<'t> {
    labels: &'t [&'t str],
    new: Vec<usize>,
}

impl<'t> Exchange<'t> {
    /// Puts the labels into a random circle; each gets the name of the next.
    fn drawn(labels: &'t [&'t str], rng: &mut Rng) -> Self {
        let mut circle: Vec<usize> = (0..labels.len()).collect();
        rng.shuffle(&mut circle);
        let mut new = vec![0; labels.len()];
        for (turn, label) in circle.iter().enumerate() {
            new[*label] = circle[(turn + 1) % circle.len()];
        }
        Exchange { labels, new }
    }

    fn in_text(&self, text: &str) -> String {
        renamed(text, &namings(text, self.labels), self.labels, |_, naming| self.new[naming.label])
    }

    /// As in a text, but not within words: an explanation says "musician" without naming the label `music`.
    fn in_whole_words(&self, text: &str) -> String {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut namings = namings(text, self.labels);
        namings.retain(|naming| {
            let (before, after) = (&text[..naming.range.start], &text[naming.range.end..]);
            !is_letter(before.chars().next_back()) && !is_letter(after.chars().next())
        });
        renamed(text, &namings, self.labels, |_, naming| self.new[naming.label])
    }

    fn in_examples(&self, instruction: &mut Instruction) {
        let examples = instruction.positive_examples.iter_mut().chain(&mut instruction.negative_examples);
        for example in examples {
            let output = label_text(&example.output);
            let is_output = |label: &&str| label.to_lowercase() == output.to_lowercase();
            let same = self.labels.iter().position(|label| *label == output);
            if let Some(label) = same.or_else(|| self.labels.iter().position(is_output)) {
                let new = written_as(output, self.labels[label], self.labels[self.new[label]]);
                example.output = example.output.replacen(output, &new, 1);
            }
            example.explanation = self.in_whole_words(&example.explanation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_keeps_its_name() {
        let labels = ["a", "b", "c", "d", "e"];
        for seed in 0..50 {
            let exchange = Exchange::drawn(&labels, &mut Rng::from_seed(seed));
            assert!(exchange.new.iter().enumerate().all(|(old, new)| old != *new));
            let mut sorted = exchange.new.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4]);
        }
    }

    #[test]
    fn outputs_and_explanations_agree_with_the_definition() {
        let mut before = task("Answer Positive or negative.", "positive.");
        before.positive_examples[0].explanation = "A joy is positive, positively so.".to_string();
        let settings = Settings::from([("part", "both".into())]);
        let after = Permuted.apply(TransformItem::new(before), &settings).unwrap().instruction;
        assert_eq!(after.definition, "Answer Negative or positive.");
        assert_eq!(after.positive_examples[0].output, "negative.");
        assert_eq!(after.positive_examples[0].explanation, "A joy is negative, positively so.");
        assert_eq!(after.positive_examples[0].input, "A joy.");
    }

    #[test]
    fn an_explanation_may_contain_a_label_by_chance() {
        let labels = ["music", "film"];
        let exchange = Exchange::drawn(&labels, &mut Rng::from_seed(1));
        assert_eq!(exchange.in_whole_words("A musician."), "A musician.");
        assert_eq!(exchange.in_text("Is it musical?"), "Is it filmal?");
    }
}
