//! The form of a prompt: the words around what a task says, and the order in which they come.

use serde::{Deserialize, Serialize};

/// A section of a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// The task's definition.
    Definition,
    /// The examples of right answers.
    PositiveExamples,
    /// The examples of wrong answers.
    NegativeExamples,
    /// The input that is to be answered.
    Input,
    /// What asks for the answer.
    Answer,
}

impl Section {
    /// All of them, in the order in which Tk-Instruct shows them.
    pub const ALL: [Section; 5] =
        [Section::Definition, Section::PositiveExamples, Section::NegativeExamples, Section::Input, Section::Answer];
}

/// The form of a prompt, as data: a template for every section, and their order. The default is Tk-Instruct's.
///
/// In a template `{definition}`, `{input}`, `{output}`, `{explanation}`, `{number}` and `{task}` stand for what the task
/// says, without white space around it; everything else is itself, byte for byte. A transform that announces
/// [`Part::Format`](crate::Part::Format) sets [`Instruction::form`](crate::Instruction::form), and should begin with the
/// form that is there:
///
/// ```
/// use placebo_plugin_api::{Instruction, PromptForm};
/// let mut instruction = Instruction::default();
/// let form = instruction.form.unwrap_or_default();
/// instruction.form = Some(PromptForm { answer: "Answer: ".into(), ..form });
/// assert_eq!(instruction.form.as_ref().and_then(PromptForm::problem), None);
/// ```
///
/// Written as JSON, a form may name what differs from the default and leave out the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromptForm {
    /// Before everything else; `{task}`. Empty, the name is shown only where the plan asks for it.
    pub task_name: String,
    /// The sections in their order, each once.
    pub order: Vec<Section>,
    /// `{definition}`.
    pub definition: String,
    /// One example of a right answer up to its explanation; `{number}`, `{input}`, `{output}`.
    pub positive_example: String,
    /// One example of a wrong answer up to its explanation; `{number}`, `{input}`, `{output}`.
    pub negative_example: String,
    /// An example's explanation, where the plan shows it; `{explanation}`.
    pub explanation: String,
    /// The end of each example.
    pub example_end: String,
    /// `{input}`.
    pub input: String,
    /// What asks for the answer.
    pub answer: String,
    /// Whether a full stop follows what the task says wherever the text so far does not end in ASCII punctuation.
    pub full_stops: bool,
    /// Whether a definition that says nothing is shown all the same, as words around nothing.
    pub empty_definition: bool,
}

impl Default for PromptForm {
    fn default() -> PromptForm {
        let example = |kind: &str| format!(" {kind} Example {{number}} -\nInput: {{input}}\n Output: {{output}}\n");
        PromptForm {
            task_name: String::new(),
            order: Section::ALL.to_vec(),
            definition: "Definition: {definition}\n\n".to_string(),
            positive_example: example("Positive"),
            negative_example: example("Negative"),
            explanation: " Explanation: {explanation}\n".to_string(),
            example_end: "\n".to_string(),
            input: "Now complete the following example -\nInput: {input}\n".to_string(),
            answer: "Output: ".to_string(),
            full_stops: true,
            empty_definition: true,
        }
    }
}

impl PromptForm {
    /// All that may stand in braces.
    pub const PLACEHOLDERS: [&str; 6] = ["{definition}", "{input}", "{output}", "{explanation}", "{number}", "{task}"];

    /// The templates with what each must hold, and what else it may.
    fn templates(&self) -> [(&'static str, &str, &'static [&'static str], &'static [&'static str]); 8] {
        let of_example: &[&str] = &["{input}", "{output}"];
        [
            ("task_name", &self.task_name, &[], &["{task}"]),
            ("definition", &self.definition, &["{definition}"], &[]),
            ("positive_example", &self.positive_example, of_example, &["{number}"]),
            ("negative_example", &self.negative_example, of_example, &["{number}"]),
            ("explanation", &self.explanation, &["{explanation}"], &[]),
            ("example_end", &self.example_end, &[], &[]),
            ("input", &self.input, &["{input}"], &[]),
            ("answer", &self.answer, &[], &[]),
        ]
    }

    /// What makes it unfit for a prompt, if anything does; the host refuses such a form.
    pub fn problem(&self) -> Option<String> {
        let mut sections = self.order.clone();
        sections.sort();
        if sections != Section::ALL {
            return Some("its order does not name every section once".to_string());
        }
        for (name, template, needed, allowed) in self.templates() {
            if let Some(missing) = needed.iter().find(|needed| !template.contains(**needed)) {
                return Some(format!("its {name} lacks {missing}"));
            }
            let is_strange = |one: &&&str| template.contains(**one) && !needed.contains(one) && !allowed.contains(one);
            if let Some(strange) = Self::PLACEHOLDERS.iter().find(is_strange) {
                return Some(format!("its {name} has no {strange} to show"));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_sound_and_what_is_not_is_named() {
        let form = PromptForm::default();
        assert_eq!(form.problem(), None);
        let order = vec![Section::Input; 5];
        let problem = |form: PromptForm| form.problem().unwrap();
        assert_eq!(problem(PromptForm { order, ..form.clone() }), "its order does not name every section once");
        let input = "Question: ".to_string();
        assert_eq!(problem(PromptForm { input, ..form.clone() }), "its input lacks {input}");
        let answer = "{output}".to_string();
        assert_eq!(problem(PromptForm { answer, ..form }), "its answer has no {output} to show");
    }

    #[test]
    fn other_braces_are_themselves() {
        let form = PromptForm { answer: "{answer}: {".to_string(), ..PromptForm::default() };
        assert_eq!(form.problem(), None);
    }

    #[test]
    fn json_may_name_only_what_differs() {
        let form: PromptForm = serde_json::from_str(r#"{"answer": "A: "}"#).unwrap();
        assert_eq!(form, PromptForm { answer: "A: ".to_string(), ..PromptForm::default() });
    }
}
