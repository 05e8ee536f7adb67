//! What a plan will take: tokens to learn from, time at the pace last seen, memory by the checkpoint's shape.

use super::preview::lay_out;
use crate::state::TaskBook;
use placebo_experiment::plan::{OptimizerKind, Plan, Recipe};
use placebo_experiment::resources;
use serde_json::Value;
use std::path::PathBuf;

/// Tokens that T5's vocabularies make of a word of English, about.
const TOKENS_PER_WORD: f64 = 1.4;
/// Instances of a task that are looked at.
const LOOKED_AT: usize = 3;
const FLOAT: f64 = 4.0;

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
    let text = fs_err::read_to_string(folder(&plan.model.checkpoint)?.join("config.json")).ok()?;
    Shape::read(&serde_json::from_str(&text).ok()?).map(|shape| shape.bytes(&plan.training.recipe()))
}

/// The folder of a checkpoint that need not be fetched.
fn folder(checkpoint: &str) -> Option<PathBuf> {
    match checkpoint.strip_prefix("bundled:") {
        Some(name) => resources::find(&format!("models/{name}")).ok(),
        None => Some(PathBuf::from(checkpoint)).filter(|folder| folder.is_dir()),
    }
}

/// What memory depends on.
struct Shape {
    parameters: f64,
    layers: f64,
    /// Numbers kept per token and layer for the backward pass.
    kept: f64,
    width: f64,
}

impl Shape {
    fn read(config: &Value) -> Option<Self> {
        let number = |name: &str| config.get(name).and_then(Value::as_f64);
        let (width, inner) = (number("d_model")?, number("d_kv")? * number("num_heads")?);
        let (encoder, hidden) = (number("num_layers")?, number("d_ff")?);
        let decoder = number("num_decoder_layers").unwrap_or(encoder);
        let says =
            |name: &str, word: &str| config.get(name).and_then(Value::as_str).is_some_and(|it| it.contains(word));
        let matrices = if says("feed_forward_proj", "gated") { 3.0 } else { 2.0 };
        let is_tied = config.get("tie_word_embeddings").and_then(Value::as_bool).unwrap_or(true);
        let feed_forward = matrices * width * hidden;
        let attention = 4.0 * width * inner;
        let embeddings = number("vocab_size")? * width * if is_tied { 1.0 } else { 2.0 };
        Some(Self {
            parameters: embeddings + encoder * (attention + feed_forward) + decoder * (2.0 * attention + feed_forward),
            layers: encoder + decoder,
            kept: 4.0 * width + 2.0 * inner + hidden,
            width,
        })
    }

    /// Weights, gradients, the optimizer's moments, and what one pass keeps.
    fn bytes(&self, recipe: &Recipe) -> f64 {
        let moments = if recipe.optimizer == OptimizerKind::AdamW { 2.0 } else { 0.1 };
        let per_token = match recipe.gradient_checkpointing {
            true => self.layers * self.width + self.kept,
            false => self.layers * self.kept,
        };
        FLOAT * (self.parameters * (2.0 + moments) + recipe.micro_batch_tokens as f64 * per_token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_large_t5_has_its_published_size() {
        let config = json!({
            "d_model": 1024, "d_kv": 64, "num_heads": 16, "d_ff": 2816, "num_layers": 24, "num_decoder_layers": 24,
            "vocab_size": 32128, "feed_forward_proj": "gated-gelu", "tie_word_embeddings": false
        });
        let shape = Shape::read(&config).unwrap();
        assert!((shape.parameters / 783e6 - 1.0).abs() < 0.01, "{}", shape.parameters);
    }

    #[test]
    fn less_is_kept_with_gradient_checkpointing() {
        let config = json!({
            "d_model": 64, "d_kv": 16, "num_heads": 4, "d_ff": 128, "num_layers": 8, "vocab_size": 100
        });
        let shape = Shape::read(&config).unwrap();
        let recipe = placebo_experiment::plan::Preset::Small.recipe();
        let lean = Recipe { gradient_checkpointing: true, ..recipe.clone() };
        assert!(shape.bytes(&lean) < shape.bytes(&recipe));
    }
}
