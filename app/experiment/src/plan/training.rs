//! The training part of a plan: a preset and the fields that differ from it.

use serde::{Deserialize, Serialize};

use super::recipe::{OptimizerKind, Precision, Preset, Recipe, ScheduleKind};

/// A preset's name and overrides; every field left out is the preset's.
///
/// For the fields that a recipe may lack (`max_steps`, `clip_norm`, `evaluate_every`) 0 switches off.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingPlan {
    /// The recipe to start from.
    #[serde(default)]
    pub preset: Preset,
    /// Overrides [`Recipe::optimizer`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optimizer: Option<OptimizerKind>,
    /// Overrides [`Recipe::learning_rate`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_rate: Option<f64>,
    /// Overrides [`Recipe::betas`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub betas: Option<[f64; 2]>,
    /// Overrides [`Recipe::epsilon`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epsilon: Option<f64>,
    /// Overrides [`Recipe::weight_decay`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_decay: Option<f64>,
    /// Overrides [`Recipe::schedule`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<ScheduleKind>,
    /// Overrides [`Recipe::warmup_steps`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warmup_steps: Option<usize>,
    /// Overrides [`Recipe::epochs`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epochs: Option<f64>,
    /// Overrides [`Recipe::max_steps`]; 0 lets the epochs decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_steps: Option<usize>,
    /// Overrides [`Recipe::batch_size`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<usize>,
    /// Overrides [`Recipe::micro_batch_tokens`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub micro_batch_tokens: Option<usize>,
    /// Overrides [`Recipe::clip_norm`]; 0 does not clip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip_norm: Option<f64>,
    /// Overrides [`Recipe::label_smoothing`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_smoothing: Option<f64>,
    /// Overrides [`Recipe::dropout`]; 0 is no dropout, whatever the checkpoint says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropout: Option<f64>,
    /// Overrides [`Recipe::compute`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compute: Option<Precision>,
    /// Overrides [`Recipe::weights`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<Precision>,
    /// Overrides [`Recipe::gradient_checkpointing`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gradient_checkpointing: Option<bool>,
    /// Overrides [`Recipe::evaluate_every`]; 0 never evaluates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluate_every: Option<usize>,
    /// Overrides [`Recipe::validation_instances_per_task`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation_instances_per_task: Option<usize>,
    /// Overrides [`Recipe::checkpoint_every`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint_every: Option<usize>,
}

impl TrainingPlan {
    /// The preset with the overrides in place.
    pub fn recipe(&self) -> Recipe {
        let base = self.preset.recipe();
        Recipe {
            optimizer: self.optimizer.unwrap_or(base.optimizer),
            learning_rate: self.learning_rate.unwrap_or(base.learning_rate),
            betas: self.betas.unwrap_or(base.betas),
            epsilon: self.epsilon.unwrap_or(base.epsilon),
            weight_decay: self.weight_decay.unwrap_or(base.weight_decay),
            schedule: self.schedule.unwrap_or(base.schedule),
            warmup_steps: self.warmup_steps.unwrap_or(base.warmup_steps),
            epochs: self.epochs.unwrap_or(base.epochs),
            max_steps: zero_is_off(self.max_steps, base.max_steps),
            batch_size: self.batch_size.unwrap_or(base.batch_size),
            micro_batch_tokens: self.micro_batch_tokens.unwrap_or(base.micro_batch_tokens),
            clip_norm: zero_is_off(self.clip_norm, base.clip_norm),
            label_smoothing: self.label_smoothing.unwrap_or(base.label_smoothing),
            dropout: self.dropout.or(base.dropout),
            compute: self.compute.unwrap_or(base.compute),
            weights: self.weights.unwrap_or(base.weights),
            gradient_checkpointing: self.gradient_checkpointing.unwrap_or(base.gradient_checkpointing),
            evaluate_every: zero_is_off(self.evaluate_every, base.evaluate_every),
            validation_instances_per_task: self
                .validation_instances_per_task
                .unwrap_or(base.validation_instances_per_task),
            checkpoint_every: self.checkpoint_every.unwrap_or(base.checkpoint_every),
        }
    }
}

fn zero_is_off<T: Default + PartialEq + Copy>(given: Option<T>, base: Option<T>) -> Option<T> {
    match given {
        None => base,
        Some(value) if value == T::default() => None,
        given => given,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_replaces_the_preset_and_nothing_else() {
        let plan = TrainingPlan { preset: Preset::Yin2023, epochs: Some(3.0), ..TrainingPlan::default() };
        let expected = Recipe { epochs: 3.0, ..Preset::Yin2023.recipe() };
        assert_eq!(plan.recipe(), expected);
    }

    #[test]
    fn zero_switches_clipping_off_but_sets_dropout() {
        let plan = TrainingPlan { clip_norm: Some(0.0), dropout: Some(0.0), ..TrainingPlan::default() };
        assert_eq!(plan.recipe().clip_norm, None);
        assert_eq!(plan.recipe().dropout, Some(0.0));
    }
}
