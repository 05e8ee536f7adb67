//! The spec of one run: everything that its result depends on, and the identity that follows from it.

mod digest;
mod id;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::plan::{Condition, Decoding, ModelPlan, PromptPlan, Recipe, TaskOverride};

pub(crate) use digest::file_digest;
pub use digest::{data_digest, model_digest};
pub(crate) use id::hexadecimal;
pub use id::{NotARunId, RunId};

/// The version of the spec's meaning; a program that would compute something else from the same fields raises it.
pub const SPEC_VERSION: u32 = 1;

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunKind {
    /// Tunes the model under a condition and tests it.
    FineTune,
    /// Expects a label drawn at random, in closed form.
    RandomGuess,
    /// Tests the checkpoint as it is.
    Untuned,
    /// Answers each task with its most frequent label.
    MajorityLabel,
    /// Answers with the output of the prompt's first positive example.
    CopyExample,
    /// Answers with the instance's input.
    CopyInput,
}

impl RunKind {
    /// The word for it in plans and files.
    pub fn name(self) -> &'static str {
        match self {
            RunKind::FineTune => "fine-tune",
            RunKind::RandomGuess => "random-guess",
            RunKind::Untuned => "untuned",
            RunKind::MajorityLabel => "majority-label",
            RunKind::CopyExample => "copy-example",
            RunKind::CopyInput => "copy-input",
        }
    }

    /// What tables and charts call it.
    pub fn title(self) -> &'static str {
        match self {
            RunKind::FineTune => "Fine-tuned",
            RunKind::RandomGuess => "Random guess",
            RunKind::Untuned => "Untuned model",
            RunKind::MajorityLabel => "Majority label",
            RunKind::CopyExample => "Copy example",
            RunKind::CopyInput => "Copy input",
        }
    }

    /// Whether the run needs a model at all.
    pub fn needs_model(self) -> bool {
        matches!(self, RunKind::FineTune | RunKind::Untuned)
    }
}

/// One run, resolved: plugins with versions and complete settings, the recipe with every number.
///
/// The same spec gives the same result (on one CPU byte for byte), so its [`id`](RunSpec::id) names the result. What a
/// kind of run does not depend on stands at a fixed value, so that it cannot split the identity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunSpec {
    /// [`SPEC_VERSION`] at the time of writing.
    pub version: u32,
    /// The plan's name; not part of the identity.
    pub plan: String,
    /// What the run does.
    pub kind: RunKind,
    /// The condition; its name is not part of the identity.
    pub condition: Condition,
    /// The data; its path is not part of the identity, its digest is.
    pub data: RunData,
    /// What prompts show.
    pub prompt: PromptPlan,
    /// The checkpoint; where its digest is known, the digest stands for it in the identity.
    pub model: ModelPlan,
    /// Every number of the training.
    pub training: Recipe,
    /// How answers are generated.
    pub decoding: Decoding,
    /// The seed that every random draw of the run derives from.
    pub seed: u64,
}

/// The data of one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunData {
    /// Where the collection lies on this machine.
    pub path: PathBuf,
    /// The collection's format.
    pub format: String,
    /// The folder under `splits/`.
    pub track: String,
    /// Instances per training task; 0 where nothing is trained.
    pub train_instances_per_task: usize,
    /// Instances per test task.
    pub test_instances_per_task: usize,
    /// Kinds and labels said by a person, in the order of the tasks' names.
    pub tasks: Vec<TaskOverride>,
    /// [`data_digest`] of the split's files.
    pub digest: String,
}

impl RunSpec {
    /// The run's identity: 16 hexadecimal digits of a hash over everything that its result depends on.
    pub fn id(&self) -> RunId {
        RunId::of(self)
    }
}
