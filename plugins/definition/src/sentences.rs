//! A definition's sentences, and which of them name a label.

use std::ops::Range;

use placebo_plugin_api::text::{label_spans, sentences};
use placebo_plugin_api::{Instruction, Setting};

/// One sentence of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'t> {
    /// The sentence with the white space after it.
    pub whole: &'t str,
    /// Whether one of the task's labels, or a part of it, is named here.
    pub names_label: bool,
}

impl<'t> Sentence<'t> {
    /// The sentence without the white space after it.
    pub fn text(&self) -> &'t str {
        self.whole.trim_end()
    }

    /// The white space after it.
    pub fn gap(&self) -> &'t str {
        &self.whole[self.text().len()..]
    }
}

/// The sentences of a task's definition. One in which a label begins that ends in the next is one with it.
pub fn sentences_of(task: &Instruction) -> Vec<Sentence<'_>> {
    let named: Vec<Range<usize>> = task.labels.iter().flat_map(|label| label_spans(&task.definition, label)).collect();
    let (mut found, mut start, mut end) = (Vec::new(), 0, 0);
    for sentence in sentences(&task.definition) {
        end += sentence.len();
        if !named.iter().any(|label| label.start < end && end < label.end) {
            let names_label = named.iter().any(|label| label.start < end && start < label.end);
            found.push(Sentence { whole: &task.definition[start..end], names_label });
            start = end;
        }
    }
    found
}

/// These sentences one after the other, without white space at the end.
pub fn joined<'s>(sentences: impl IntoIterator<Item = &'s Sentence<'s>>) -> String {
    let text: String = sentences.into_iter().map(|sentence| sentence.whole).collect();
    text.trim_end().to_string()
}

/// The setting that keeps the output space in a definition of which other parts go.
pub fn keep_labels_setting() -> Setting {
    Setting::bool("keep_labels", true, "whether sentences that name a label stay in any case")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_name_a_label_are_told() {
        let task = Instruction {
            labels: vec!["not. sure".to_string(), "yes".to_string()],
            definition: "Read it. Say not. Sure is a word. Or Yes!\nBe brief.".to_string(),
            ..Instruction::default()
        };
        let named: Vec<bool> = sentences_of(&task).iter().map(|sentence| sentence.names_label).collect();
        assert_eq!(named, [false, true, true, false]);
        assert_eq!(sentences_of(&task)[2].gap(), "\n");
        assert_eq!(joined(&sentences_of(&task)[..2]), "Read it. Say not. Sure is a word.");
    }
}
