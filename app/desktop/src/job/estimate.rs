//! What a plan will take: tokens to learn from, time at the pace last seen, memory by the checkpoint's shape.

use super::preview::lay_out;
use crate::state::TaskBook;
use placebo_experiment::footprint::Footprint;
use placebo_experiment::plan::Plan;
use placebo_experiment::resources;
use std::path::PathBuf;

/// Tokens that T5's vocabularies make of a word of English, about.
const TOKENS_PER_WORD: f64 = 1.4;
/// Instances of a task that are looked at.
const LOOKED_AT: usize = 3;

/// The seconds that all training of a plan takes at a pace of so many tokens per second.
pub(super) fn seconds(plan: &Plan, book: &TaskBook, pace: f64) -> f64 {
    let recipe = plan.training.recipe();
    let runs = (plan.conditions.len() * plan.seeds.len()) as f64;
    let sizes = plan.data.train.instances_per_task.iter();
    let tokens = |size: &usize| {
        let of_task = |task: &placebo_experiment::task::Task| {
            task.instance_count.min(*size) as f64 * tokens_per_instance(plan, task)
        };
        book.train.tasks.iter().map(of_task).sum::<f64>()
    };
    sizes.map(tokens).sum::<f64>() * recipe.epochs * runs / pace
}

/// Prompt and answer of a task's instances, with the original instruction.
fn tokens_per_instance(plan: &Plan, task: &placebo_experiment::task::Task) -> f64 {
    let limited =
        |text: &str, limit: usize| (text.split_whitespace().count() as f64 * TOKENS_PER_WORD).min(limit as f64);
    let instruction = task.instruction();
    let looked_at = task.instances.iter().take(LOOKED_AT);
    let counts: Vec<f64> = looked_at
        .map(|instance| {
            let prompt = lay_out(&plan.prompt, &instruction, &instance.input);
            let answer = instance.outputs.first().map_or("", String::as_str);
            limited(&prompt, plan.prompt.max_source_tokens) + limited(answer, plan.prompt.max_target_tokens)
        })
        .collect();
    counts.iter().sum::<f64>() / counts.len().max(1) as f64
}

/// The bytes that training takes at its peak, about; `None` where the checkpoint is not on this machine.
pub(super) fn bytes(plan: &Plan) -> Option<f64> {
    let footprint = Footprint::of(&folder(&plan.model.checkpoint)?)?;
    Some(footprint.bytes(&plan.training.recipe()))
}

/// The folder of a checkpoint that need not be fetched.
fn folder(checkpoint: &str) -> Option<PathBuf> {
    match checkpoint.strip_prefix("bundled:") {
        Some(name) => resources::find(&format!("models/{name}")).ok(),
        None => Some(PathBuf::from(checkpoint)).filter(|folder| folder.is_dir()),
    }
}
