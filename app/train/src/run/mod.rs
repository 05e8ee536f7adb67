//! One run of a model: from its checkpoint through fine-tuning to the answers, stoppable and resumable at any moment.

mod answers;
mod training;

use crate::checkpoint::{CheckpointError, hugging_face};
use crate::ops::linear::Operands;
use crate::ops::packed::Numbers;
use crate::optimizer::{StateError, round_to_bf16};
use crate::t5::T5;
use crate::tokens::{Tokenizer, TokensError};
use candle_core::Device;
use placebo_experiment::corpus::Corpus;
use placebo_experiment::event::Event;
use placebo_experiment::generation::Generation;
use placebo_experiment::plan::{DecodingWeights, Precision, Recipe};
use placebo_experiment::run_spec::{RunKind, RunSpec};
use std::path::{Path, PathBuf};

/// What a run is made of.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    pub spec: &'a RunSpec,
    pub corpus: &'a Corpus,
    pub tokenizer: &'a Tokenizer,
    /// Folder of the model's checkpoint.
    pub checkpoint: &'a Path,
    /// Where the run keeps what it resumes from.
    pub saves: &'a Path,
    pub device: &'a Device,
}

/// How a run speaks and listens while it goes on.
pub struct Control<'a> {
    /// Hears every event; the caller decides what is written down.
    pub tell: &'a mut dyn FnMut(Event),
    /// Asked between steps; after a yes the run saves and ends.
    pub stop: &'a dyn Fn() -> bool,
}

/// How a run ended.
#[derive(Debug)]
pub enum Outcome {
    /// Every question is answered, in the corpus's order.
    Finished(Vec<Generation>),
    /// It was asked to stop, after so many steps.
    Stopped { step: usize },
}

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The model or a save cannot be read or written.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The tokenizer does not fit the model.
    #[error(transparent)]
    Tokens(#[from] TokensError),
    /// A save does not fit the optimizer.
    #[error(transparent)]
    Optimizer(#[from] StateError),
    /// A computation failed.
    #[error("{0}")]
    Tensor(#[from] candle_core::Error),
    /// There is nothing to train on.
    #[error(
        "no training instance is left: ask for at least one instance per task, and see the warnings about the task files"
    )]
    NoTrainingData,
    /// The loss is not a number any more.
    #[error("training diverged at step {step}: lower `learning_rate`, lengthen `warmup_steps`, or compute in f32")]
    Diverged {
        /// The step.
        step: usize,
    },
    /// Answers cannot be kept.
    #[error("{cause}: `{}`", path.display())]
    File {
        /// The system's word for it.
        cause: std::io::Error,
        /// The file.
        path: PathBuf,
    },
}

/// Runs a run from wherever it stands.
///
/// # Errors
/// As [`RunError`] tells; what is done stays done.
pub fn execute(run: Run, control: &mut Control) -> Result<Outcome, RunError> {
    let recipe = &run.spec.training;
    let (config, mut weights) = hugging_face::load(run.checkpoint, run.device)?;
    if recipe.weights == Precision::Bf16 {
        round_to_bf16(&mut weights)?;
    }
    run.tokenizer.check_against(&config, run.checkpoint)?;
    let mut model = T5::new(config, weights, operands(recipe))?;
    if run.spec.kind != RunKind::FineTune {
        lay_out(run, &mut model, control)?;
        return answers::answer(run, &model, control, 0);
    }
    match training::train(run, model, control)? {
        training::Trained::Stopped { step } => Ok(Outcome::Stopped { step }),
        training::Trained::Finished { mut model, step } => {
            lay_out(run, &mut model, control)?;
            answers::answer(run, &model, control, step)
        }
    }
}

/// Makes a model ready to answer.
fn lay_out(run: Run, model: &mut T5, control: &mut Control) -> Result<(), RunError> {
    let weights = run.spec.decoding.weights;
    if weights == DecodingWeights::Int8 && !run.device.is_cpu() {
        let message = "8-bit integers are for the CPU; here the weights answer as they were trained".to_owned();
        (control.tell)(Event::Warning { message });
    }
    Ok(model.pack(match weights {
        DecodingWeights::AsTrained => Numbers::AsTrained,
        DecodingWeights::Int8 => Numbers::Int8,
    })?)
}

fn operands(recipe: &Recipe) -> Operands {
    match recipe.compute {
        Precision::F32 => Operands::F32,
        Precision::Bf16 => Operands::Bf16,
    }
}
