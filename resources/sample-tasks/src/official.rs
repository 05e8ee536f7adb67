//! The layout of Super-NaturalInstructions: one JSON file per task and one list of names per split.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::compose::Task;
use crate::template::{Outputs, Question};

/// A task file, its keys in the order of the official ones.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Document<'t> {
    contributors: [&'t str; 1],
    source: [&'t str; 1],
    #[serde(rename = "URL")]
    url: [&'t str; 0],
    categories: [&'t str; 1],
    reasoning: [&'t str; 0],
    definition: [&'t str; 1],
    #[serde(rename = "Input_language")]
    input_language: [&'t str; 1],
    #[serde(rename = "Output_language")]
    output_language: [&'t str; 1],
    #[serde(rename = "Instruction_language")]
    instruction_language: [&'t str; 1],
    domains: [&'t str; 1],
    #[serde(rename = "Positive Examples")]
    positive: Vec<Example<'t>>,
    #[serde(rename = "Negative Examples")]
    negative: Vec<Example<'t>>,
    instances: Vec<Instance<'t>>,
    #[serde(rename = "Instance License")]
    licence: [&'t str; 1],
}

#[derive(Serialize)]
struct Example<'t> {
    input: &'t str,
    output: &'t str,
    explanation: String,
}

#[derive(Serialize)]
struct Instance<'t> {
    id: String,
    input: &'t str,
    output: &'t [String],
}

/// The text of a task's file, which ends in a line break.
pub fn document(task: &Task) -> Result<String> {
    let template = task.template;
    let document = Document {
        contributors: ["Placebo"],
        source: ["synthetic"],
        url: [],
        categories: [template.category],
        reasoning: [],
        definition: [template.definition],
        input_language: ["English"],
        output_language: ["English"],
        instruction_language: ["English"],
        domains: ["Toy language"],
        positive: task.positive.iter().map(right).collect(),
        negative: task.negative.iter().map(|question| wrong(question, template.outputs)).collect(),
        instances: task
            .instances
            .iter()
            .enumerate()
            .map(|(index, question)| instance(template.name, index, question))
            .collect(),
        licence: ["MIT OR Apache-2.0"],
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn right(question: &Question) -> Example<'_> {
    Example { input: &question.input, output: &question.answers[0], explanation: question.reason.clone() }
}

fn wrong(question: &Question, outputs: Outputs) -> Example<'_> {
    let answer = &question.answers[0];
    let subject = match outputs {
        Outputs::Labels(_) => "The right label",
        Outputs::Text => "A right answer",
    };
    let stop = if answer.ends_with(['.', '?', '!']) { "" } else { "." };
    let explanation = format!("{subject} is \"{answer}\"{stop} {}", question.reason);
    let output = question.slip.as_deref().expect("a negative example is composed with a slip");
    Example { input: &question.input, output, explanation }
}

fn instance<'t>(task: &str, index: usize, question: &'t Question) -> Instance<'t> {
    Instance { id: format!("{task}-{index:03}"), input: &question.input, output: &question.answers }
}

/// Writes `tasks/` and `splits/default/` into a folder, which is made if need be; replaces files of the same names.
pub fn write(folder: &Path, training: &[Task], unseen: &[Task]) -> Result<()> {
    let (tasks, splits) = (folder.join("tasks"), folder.join("splits/default"));
    fs_err::create_dir_all(&tasks)?;
    fs_err::create_dir_all(&splits)?;
    for task in training.iter().chain(unseen) {
        fs_err::write(tasks.join(format!("{}.json", task.template.name)), document(task)?)?;
    }
    for (split, listed) in [("train", training), ("test", unseen), ("excluded", &[])] {
        fs_err::write(splits.join(format!("{split}_tasks.txt")), names(listed))?;
    }
    Ok(())
}

/// The tasks' names, one a line.
fn names(tasks: &[Task]) -> String {
    tasks.iter().map(|task| format!("{}\n", task.template.name)).collect()
}
