//! What training a model takes of the memory, from the checkpoint's shape.

use crate::plan::{OptimizerKind, Recipe};
use serde_json::Value;
use std::path::Path;

/// Bytes of an f32.
const FLOAT: f64 = 4.0;

/// What memory depends on.
#[derive(Clone, Copy, Debug)]
pub struct Footprint {
    parameters: f64,
    layers: f64,
    /// Numbers kept per token and layer for the backward pass.
    kept: f64,
    width: f64,
}

impl Footprint {
    /// Of the checkpoint in a folder; `None` where its configuration cannot be read.
    pub fn of(checkpoint: &Path) -> Option<Self> {
        let text = fs_err::read_to_string(checkpoint.join("config.json")).ok()?;
        Self::read(&serde_json::from_str(&text).ok()?)
    }

    /// Numbers of the model.
    pub fn parameters(&self) -> f64 {
        self.parameters
    }

    /// Of the model that a `config.json` describes.
    pub fn read(config: &Value) -> Option<Self> {
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

    /// The bytes that training takes at its peak, about: weights, gradients, the optimizer's moments, and what one pass
    /// keeps.
    pub fn bytes(&self, recipe: &Recipe) -> f64 {
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
        let footprint = Footprint::read(&config).unwrap();
        assert!((footprint.parameters / 783e6 - 1.0).abs() < 0.01, "{}", footprint.parameters);
    }

    #[test]
    fn less_is_kept_with_gradient_checkpointing() {
        let config = json!({
            "d_model": 64, "d_kv": 16, "num_heads": 4, "d_ff": 128, "num_layers": 8, "vocab_size": 100
        });
        let footprint = Footprint::read(&config).unwrap();
        let recipe = crate::plan::Preset::Small.recipe();
        let lean = Recipe { gradient_checkpointing: true, ..recipe.clone() };
        assert!(footprint.bytes(&lean) < footprint.bytes(&recipe));
    }
}
