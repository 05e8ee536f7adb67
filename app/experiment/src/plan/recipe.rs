//! Training recipes: every number that training depends on, and the presets of published studies.

use serde::{Deserialize, Serialize};

/// The optimizers, with Hugging Face's semantics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OptimizerKind {
    /// Adam with decoupled weight decay.
    #[serde(rename = "adamw")]
    AdamW,
    /// Adafactor at a fixed learning rate.
    Adafactor,
}

/// How the learning rate goes on after the warm-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScheduleKind {
    /// It stays.
    Constant,
    /// It falls to zero in a line.
    Linear,
    /// It falls to zero along half a cosine.
    Cosine,
}

/// The number format of weights or of computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// IEEE single precision.
    F32,
    /// bfloat16.
    Bf16,
}

/// Everything that training depends on besides data, model and seed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Which optimizer.
    pub optimizer: OptimizerKind,
    /// The learning rate after the warm-up.
    pub learning_rate: f64,
    /// AdamW's decay rates of the first and the second moment.
    pub betas: [f64; 2],
    /// AdamW's term against division by zero.
    pub epsilon: f64,
    /// Decoupled weight decay per step, relative to the learning rate.
    pub weight_decay: f64,
    /// The learning rate's course.
    pub schedule: ScheduleKind,
    /// Steps over which the learning rate rises from zero.
    pub warmup_steps: usize,
    /// Passes over the training instances.
    pub epochs: f64,
    /// Ends training early; `None` lets `epochs` decide.
    pub max_steps: Option<usize>,
    /// Instances per optimizer step.
    pub batch_size: usize,
    /// Tokens per forward pass; bounds memory and changes nothing but rounding.
    pub micro_batch_tokens: usize,
    /// The gradient's largest norm; `None` does not clip.
    pub clip_norm: Option<f64>,
    /// Probability spread over the other tokens.
    pub label_smoothing: f64,
    /// Dropout rate; `None` takes the checkpoint's.
    pub dropout: Option<f64>,
    /// Number format of the forward and backward pass.
    pub compute: Precision,
    /// Number format of the stored weights.
    pub weights: Precision,
    /// Recomputes activations in the backward pass to save memory.
    pub gradient_checkpointing: bool,
    /// Steps between evaluations on the validation instances; `None` never evaluates.
    pub evaluate_every: Option<usize>,
    /// Instances per training task held out for evaluation.
    pub validation_instances_per_task: usize,
    /// Steps between checkpoints to resume from.
    pub checkpoint_every: usize,
}

/// Recipes as published, to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Preset {
    /// Kung & Peng, ACL 2023: T5-large-lm-adapt, learning rate 1e-4 constant, warm-up 100, batch 128, bf16.
    /// The paper gives no number of epochs; 4 is the lower end of the authors' next project.
    #[default]
    #[serde(rename = "kung-peng-2023")]
    KungPeng2023,
    /// Wang et al., EMNLP 2022 (Tk-Instruct): learning rate 5e-5 constant, 2 epochs, batch 16.
    #[serde(rename = "tk-instruct-2022")]
    TkInstruct2022,
    /// Yin et al., ACL 2023, T5-large: learning rate 5e-5, 2 epochs, batch 32.
    #[serde(rename = "yin-2023")]
    Yin2023,
    /// Our own, for models of a few million weights that start untrained.
    #[serde(rename = "small")]
    Small,
}

impl Recipe {
    /// What is left of a recipe where nothing is trained: the number formats, which generation uses as well.
    pub(super) fn untrained(recipe: &Recipe) -> Self {
        Recipe { learning_rate: 0.0, epochs: 0.0, compute: recipe.compute, weights: recipe.weights, ..common() }
    }
}

impl Preset {
    /// Every preset, in the order of the list a person chooses from.
    pub const ALL: [Preset; 4] = [Preset::KungPeng2023, Preset::TkInstruct2022, Preset::Yin2023, Preset::Small];

    /// All the numbers of the preset.
    pub fn recipe(self) -> Recipe {
        match self {
            Preset::KungPeng2023 => Recipe {
                learning_rate: 1e-4,
                warmup_steps: 100,
                epochs: 4.0,
                batch_size: 128,
                compute: Precision::Bf16,
                ..common()
            },
            Preset::TkInstruct2022 => common(),
            Preset::Yin2023 => Recipe { batch_size: 32, ..common() },
            Preset::Small => Recipe { learning_rate: 1e-3, warmup_steps: 20, micro_batch_tokens: 4096, ..common() },
        }
    }
}

/// Tk-Instruct's recipe, which the others differ from in a few numbers.
fn common() -> Recipe {
    Recipe {
        optimizer: OptimizerKind::AdamW,
        learning_rate: 5e-5,
        betas: [0.9, 0.999],
        epsilon: 1e-8,
        weight_decay: 0.0,
        schedule: ScheduleKind::Constant,
        warmup_steps: 0,
        epochs: 2.0,
        max_steps: None,
        batch_size: 16,
        micro_batch_tokens: 8192,
        clip_norm: Some(1.0),
        label_smoothing: 0.0,
        dropout: None,
        compute: Precision::F32,
        weights: Precision::F32,
        gradient_checkpointing: false,
        evaluate_every: None,
        validation_instances_per_task: 0,
        checkpoint_every: 200,
    }
}
