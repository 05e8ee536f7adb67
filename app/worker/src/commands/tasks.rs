//! `placebo tasks`: what a collection holds, task by task, and what is wrong with it.

use super::collection::Collection;
use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output::{self, Table};
use placebo_experiment::load::{TaskSet, load_split};
use placebo_experiment::sample::Keep;
use placebo_experiment::task::Task;
use placebo_plugin_api::TaskKind;
use serde_json::{Value, json};

const EXAMPLES: &str = "\
Examples:
  placebo tasks natural-instructions
  placebo tasks natural-instructions --split train --json | jq '.tasks[].name'";

/// Lists the tasks of a collection: kind, labels, counts, warnings.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of the collection.
    #[arg(value_name = "DATA")]
    data: std::path::PathBuf,
    #[command(flatten)]
    collection: Collection,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Prints the list; a task file that cannot be used makes it a failure, though the others are listed.
pub fn execute(args: &Args) -> Ending {
    let set = load_split(args.collection.source(&args.data), args.collection.split, Keep::First(0)).or_usage()?;
    if args.json {
        output::json(&to_json(&set))?;
    } else {
        output::line(to_text(&set))?;
    }
    for problem in &set.problems {
        eprintln!("problem: {}: `{}`", problem.reason, problem.path.display());
    }
    Ok(if set.problems.is_empty() { Outcome::Done } else { Outcome::Failed })
}

fn to_text(set: &TaskSet) -> String {
    let mut table = Table::new(&["task", "kind", "labels", "instances", "positive", "negative", "warnings"]);
    for task in &set.tasks {
        let counts = [
            task.output_space.labels.len(),
            task.instance_count,
            task.positive_examples.len(),
            task.negative_examples.len(),
            task.warnings.len(),
        ];
        let names = [task.name.clone(), kind(task).to_string()];
        table.push(names.into_iter().chain(counts.map(|count| count.to_string())).collect());
    }
    let warnings =
        set.tasks.iter().flat_map(|task| task.warnings.iter().map(|text| format!("\n{}: {text}", task.name)));
    format!("{}\n{}\n{}", table.render(), warnings.collect::<String>(), summary(set))
}

fn summary(set: &TaskSet) -> String {
    format!(
        "{} tasks: {} classification, {} generation; {} instances; {} files unusable",
        set.tasks.len(),
        count(set, TaskKind::Classification),
        count(set, TaskKind::Generation),
        set.tasks.iter().map(|task| task.instance_count).sum::<usize>(),
        set.problems.len(),
    )
}

fn to_json(set: &TaskSet) -> Value {
    json!({
        "tasks": set.tasks.iter().map(task_to_json).collect::<Vec<_>>(),
        "problems": set.problems,
        "task_count": set.tasks.len(),
        "classification": count(set, TaskKind::Classification),
        "generation": count(set, TaskKind::Generation),
        "instances": set.tasks.iter().map(|task| task.instance_count).sum::<usize>(),
    })
}

fn task_to_json(task: &Task) -> Value {
    json!({
        "name": task.name,
        "categories": task.categories,
        "kind": task.output_space.kind,
        "labels": task.output_space.labels,
        "instances": task.instance_count,
        "positive_examples": task.positive_examples.len(),
        "negative_examples": task.negative_examples.len(),
        "sha256": task.hash,
        "warnings": task.warnings,
    })
}

fn kind(task: &Task) -> &'static str {
    match task.output_space.kind {
        TaskKind::Classification => "classification",
        TaskKind::Generation => "generation",
    }
}

fn count(set: &TaskSet, kind: TaskKind) -> usize {
    set.tasks.iter().filter(|task| task.output_space.kind == kind).count()
}
