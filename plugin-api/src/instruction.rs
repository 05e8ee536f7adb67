//! The instruction of one task, as a transform sees it and rewrites it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::PromptForm;
use crate::text::{label_text, protected};

/// One solved case shown to the model, as a prompt may carry it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// What is asked.
    pub input: String,
    /// What is answered.
    pub output: String,
    /// Why the answer is right (a positive example) or wrong (a negative one); often empty.
    #[serde(default)]
    pub explanation: String,
}

impl Example {
    /// An example without an explanation.
    pub fn new(input: impl Into<String>, output: impl Into<String>) -> Example {
        Example { input: input.into(), output: output.into(), explanation: String::new() }
    }
}

/// The right answers of one instance: what is learned from it, or what an answer to it is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// The instance's input, for reading; it need not come back.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub input: String,
    /// Every answer that counts as right, never none; of several, training draws one per visit.
    pub outputs: Vec<String>,
}

impl Target {
    /// A target of one answer.
    pub fn new(input: impl Into<String>, output: impl Into<String>) -> Target {
        Target { input: input.into(), outputs: vec![output.into()] }
    }
}

/// What sort of answers a task asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskKind {
    /// One label of a list that the definition names.
    Classification,
    /// Free text.
    #[default]
    Generation,
}

/// What a transform sees of one task, and what it may rewrite.
///
/// `task`, `categories` and `kind` are for reading; the others may be rewritten by a plugin whose descriptor announces it
/// in [`touches`](crate::PluginKind::Transform). The host refuses a result that goes beyond.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Instruction {
    /// The task's name, which is its file's name without the extension.
    pub task: String,
    /// The task's categories, as its file lists them.
    pub categories: Vec<String>,
    /// What sort of answers the task asks for.
    pub kind: TaskKind,
    /// The output space of a classification task, in a fixed order; empty for a generation task. Who announces
    /// [`Part::OutputSpace`](crate::Part::OutputSpace) may rename labels, each in its place; two may get one name.
    pub labels: Vec<String>,
    /// The task's definition, without the prompt's own words around it.
    pub definition: String,
    /// Right examples, in the order in which a prompt takes them.
    pub positive_examples: Vec<Example>,
    /// Wrong examples, in the order in which a prompt takes them.
    pub negative_examples: Vec<Example>,
    /// The targets of the instances that this run uses of the task, in a fixed order: those to be learned from in
    /// training, the references in testing. Only who announces [`Part::Target`](crate::Part::Target) sees them, and gives
    /// as many back; which instances these are is the same under every condition of a seed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// The form of the prompt; `None` is Tk-Instruct's. To be set by who announces [`Part::Format`](crate::Part::Format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<PromptForm>,
}

impl Instruction {
    /// The labels of a classification task as a definition names them, without blanks around them and full stops after
    /// them, none empty and none twice; of a generation task, none.
    ///
    /// ```
    /// use placebo_plugin_api::{Instruction, TaskKind};
    /// let labels = [" yes", "no.", "No", "no", ""].map(str::to_string).to_vec();
    /// let task = Instruction { kind: TaskKind::Classification, labels, ..Instruction::default() };
    /// assert_eq!(task.label_texts(), ["yes", "no", "No"]);
    /// ```
    pub fn label_texts(&self) -> Vec<&str> {
        let labels = if self.kind == TaskKind::Classification { self.labels.as_slice() } else { &[] };
        let mut texts: Vec<&str> = Vec::new();
        for text in labels.iter().map(|label| label_text(label)).filter(|text| !text.is_empty()) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// The same without targets.
    pub fn without_targets(&self) -> Instruction {
        Instruction {
            task: self.task.clone(),
            categories: self.categories.clone(),
            kind: self.kind,
            labels: self.labels.clone(),
            definition: self.definition.clone(),
            positive_examples: self.positive_examples.clone(),
            negative_examples: self.negative_examples.clone(),
            targets: Vec::new(),
            form: self.form.clone(),
        }
    }

    /// The byte ranges of a text of this task that a transform leaves alone unless it is about them: the places where it
    /// names one of the task's labels, and placeholders. See [`text::protected`](crate::text::protected).
    pub fn protected(&self, text: &str) -> Vec<Range<usize>> {
        protected(text, &self.labels)
    }
}
