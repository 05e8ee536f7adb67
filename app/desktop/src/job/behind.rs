//! The prompt behind an answer: built again from the task files, and held against the hash that the run kept.

use super::preview::{Scene, lay_out};
use crate::message::Told;
use crate::state::{Behind, TaskBook};
use placebo_experiment::generation::Generation;
use placebo_experiment::load::load_split;
use placebo_experiment::plan::PromptPlan;
use placebo_experiment::plugin::Registry;
use placebo_experiment::results::RunFolder;
use placebo_experiment::run_spec::{RunKind, RunSpec};
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_experiment::task::{Instance, Task};
use placebo_plugin_api::{Instruction, Stage};
use std::path::Path;

/// Builds the prompt that a run answered to.
///
/// # Errors
/// A run without answers, or task files that lack the instance.
pub(crate) fn behind(run: &Path, (task, instance): (&str, &str), registry: &Registry) -> Told<Behind> {
    let folder = RunFolder::open(run).map_err(|error| error.to_string())?;
    let spec = folder.spec();
    if !matches!(spec.kind, RunKind::FineTune | RunKind::Untuned) {
        return Err("this baseline reads no prompt".to_owned());
    }
    let answers = folder.generations().map_err(|error| error.to_string())?;
    let answer = answers.iter().find(|answer| (answer.task.as_str(), answer.instance.as_str()) == (task, instance));
    let answer = answer.ok_or("the run no longer has this answer")?;
    let book = read(spec)?;
    let own = book.test.tasks.iter().find(|own| own.name == task);
    let own = own.ok_or_else(|| format!("its file is no longer in the collection: task `{task}`"))?;
    let found = own.instances.iter().find(|found| found.id == instance);
    let found = found.ok_or_else(|| format!("the task's file no longer has it: instance `{instance}`"))?;
    build(spec, &book, (own, found), registry).map(|instruction| exact(&spec.prompt, &instruction, found, answer))
}

/// The tasks that the run saw; those to learn from where a transform of the condition may look at all.
fn read(spec: &RunSpec) -> Told<TaskBook> {
    let load = |split, keep| load_split(&spec.data, split, keep).map_err(|error| error.to_string());
    let train = load(Split::Train, Keep::First(0))?;
    Ok(TaskBook { train, test: load(Split::Test, Keep::First(spec.data.test_instances_per_task))? })
}

fn build(spec: &RunSpec, book: &TaskBook, (task, _): (&Task, &Instance), registry: &Registry) -> Told<Instruction> {
    let (stage, seed, slots) = (Stage::Test, spec.seed, spec.prompt.positive_examples);
    let scene = Scene { seed, slots, book, stage, task, registry };
    scene.rewritten(&spec.condition).map(|rewritten| rewritten.instruction).map_err(|error| error.to_string())
}

/// The prompt whose hash the run kept: with all examples, or with those that its limit left room for.
fn exact(plan: &PromptPlan, instruction: &Instruction, instance: &Instance, answer: &Generation) -> Behind {
    let whole = lay_out(plan, instruction, &instance.input);
    let fewer = |positive, negative| {
        let plan = PromptPlan { positive_examples: positive, negative_examples: negative, ..plan.clone() };
        lay_out(&plan, instruction, &instance.input)
    };
    let choices = (0..=plan.positive_examples.min(instruction.positive_examples.len())).rev();
    let all = choices.flat_map(|positive| {
        let most = plan.negative_examples.min(instruction.negative_examples.len());
        (0..=most).rev().map(move |negative| (positive, negative))
    });
    match all.map(|(positive, negative)| fewer(positive, negative)).find(|prompt| answer.answers(prompt)) {
        Some(prompt) => Behind { prompt, exact: true },
        None => Behind { prompt: whole, exact: false },
    }
}
