//! A task: its instruction, the instances kept of it, and its output space.

use placebo_plugin_api::{Example, Instruction};

use crate::output_space::OutputSpace;

/// One input of a task with every answer that counts as right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// The data set's own id, or `<task>-<position>` where the file gives none.
    pub id: String,
    /// The input as the file has it, blanks included.
    pub input: String,
    /// The references, never none; a reference may be blank.
    pub outputs: Vec<String>,
}

/// One task of a collection, reduced to what an experiment needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// The name in the split file, which is the file's stem.
    pub name: String,
    /// The task's categories, most tasks have one.
    pub categories: Vec<String>,
    /// The first definition; the official pipeline ignores any other.
    pub definition: String,
    /// Demonstrations of right answers, in file order.
    pub positive_examples: Vec<Example>,
    /// Demonstrations of wrong answers, in file order.
    pub negative_examples: Vec<Example>,
    /// The instances [`Keep`](crate::sample::Keep) asked for, in its order.
    pub instances: Vec<Instance>,
    /// How many well-formed instances the file holds.
    pub instance_count: usize,
    /// The answers a task admits, found from all instances of the file.
    pub output_space: OutputSpace,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub hash: String,
    /// What was odd but could be used or passed over, each with its count.
    pub warnings: Vec<String>,
}

impl Task {
    /// The part of the task that a transform sees and rewrites.
    pub fn instruction(&self) -> Instruction {
        Instruction {
            task: self.name.clone(),
            categories: self.categories.clone(),
            kind: self.output_space.kind,
            labels: self.output_space.texts(),
            definition: self.definition.clone(),
            positive_examples: self.positive_examples.clone(),
            negative_examples: self.negative_examples.clone(),
            targets: Vec::new(),
            form: None,
        }
    }
}
