//! New names for labels, the same wherever a task names one: in texts, in outputs, in its list of labels, and in targets.

use placebo_plugin_api::Instruction;
use placebo_plugin_api::text::label_text;

use crate::naming::{namings, renamed, whole_words, written_as};

/// How a new name is written in an old one's place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// In the case of what stood there, and in its place within a word or before a full stop.
    AsBefore,
    /// As it is, in place of all that stood for the label: a whole word, a whole output.
    Plain,
}

/// Labels, each with its new name.
pub struct Renaming<'t> {
    /// The labels as texts name them.
    pub labels: &'t [&'t str],
    /// Their new names, in the same order.
    pub names: Vec<String>,
    /// How these are written.
    pub manner: Manner,
}

impl Renaming<'_> {
    /// The text with labels under their new names.
    pub fn in_text(&self, text: &str) -> String {
        let mut namings = namings(text, self.labels);
        if self.manner == Manner::Plain {
            namings = whole_words(text, namings);
        }
        renamed(text, &namings, |_, naming, old| self.written(naming.label, old))
    }

    /// As in a text, but not within words: an explanation says "musician" without naming the label `music`.
    pub fn in_whole_words(&self, text: &str) -> String {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut namings = namings(text, self.labels);
        namings.retain(|naming| {
            let (before, after) = (&text[..naming.range.start], &text[naming.range.end..]);
            !is_letter(before.chars().next_back()) && !is_letter(after.chars().next())
        });
        renamed(text, &namings, |_, naming, old| self.written(naming.label, old))
    }

    /// An output that is a label under its new name; `None` for one that is none.
    pub fn in_output(&self, output: &str) -> Option<String> {
        let text = label_text(output);
        let folded = text.to_lowercase();
        let same = self.labels.iter().position(|label| *label == text);
        let label = same.or_else(|| self.labels.iter().position(|label| label.to_lowercase() == folded))?;
        Some(match self.manner {
            Manner::AsBefore => output.replacen(text, &self.written(label, text), 1),
            Manner::Plain => self.names[label].clone(),
        })
    }

    /// Renames in outputs and explanations of the examples.
    pub fn in_examples(&self, instruction: &mut Instruction) {
        let examples = instruction.positive_examples.iter_mut().chain(&mut instruction.negative_examples);
        for example in examples {
            if let Some(renamed) = self.in_output(&example.output) {
                example.output = renamed;
            }
            example.explanation = self.in_whole_words(&example.explanation);
        }
    }

    /// Renames in the list of labels and in the targets; gives the number of answers that are no label and stay.
    pub fn in_answers(&self, instruction: &mut Instruction) -> usize {
        let mut strange = 0;
        let labels = instruction.labels.iter_mut();
        labels.for_each(|label| *label = self.in_output(label).unwrap_or_else(|| label.clone()));
        for output in instruction.targets.iter_mut().flat_map(|target| &mut target.outputs) {
            match self.in_output(output) {
                Some(renamed) => *output = renamed,
                None => strange += 1,
            }
        }
        strange
    }

    fn written(&self, label: usize, old: &str) -> String {
        let name = &self.names[label];
        match self.manner {
            Manner::Plain => name.clone(),
            Manner::AsBefore => written_as(old, self.labels[label], name),
        }
    }
}

#[cfg(test)]
mod tests {
    use placebo_plugin_api::Target;

    use super::*;

    fn renaming<'t>(labels: &'t [&'t str], names: &[&str], manner: Manner) -> Renaming<'t> {
        Renaming { labels, names: names.iter().map(|name| name.to_string()).collect(), manner }
    }

    #[test]
    fn an_explanation_may_contain_a_label_by_chance() {
        let exchange = renaming(&["music", "film"], &["film", "music"], Manner::AsBefore);
        assert_eq!(exchange.in_whole_words("A musician."), "A musician.");
        assert_eq!(exchange.in_text("Is it musical?"), "Is it filmal?");
    }

    #[test]
    fn a_plain_name_takes_the_place_of_all_that_stood_there() {
        let symbols = renaming(&["support", "refute"], &["A", "B"], Manner::Plain);
        assert_eq!(symbols.in_text("Does it Supports or refutes it?"), "Does it A or B it?");
        assert_eq!(symbols.in_output(" Refute.\n").as_deref(), Some("B"));
        assert_eq!(symbols.in_output("neither"), None);
    }

    #[test]
    fn answers_that_are_no_label_stay_and_are_counted() {
        let mut task = Instruction {
            labels: vec!["yes".to_string(), "No.".to_string()],
            targets: vec![Target::new("a", "Yes."), Target::new("b", "perhaps")],
            ..Instruction::default()
        };
        let exchange = renaming(&["yes", "No"], &["No", "yes"], Manner::AsBefore);
        assert_eq!(exchange.in_answers(&mut task), 1);
        assert_eq!(task.labels, ["No", "yes."]);
        assert_eq!(task.targets, [Target::new("a", "No."), Target::new("b", "perhaps")]);
    }
}
