//! What can be wrong with a model on the disk.

use super::TensorProblem;
use crate::t5::ConfigError;
use std::io;
use std::path::{Path, PathBuf};

/// Why a checkpoint cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The system refuses a file; its message names the file.
    #[error(transparent)]
    File(#[from] io::Error),
    /// A folder without a configuration.
    #[error("no `config.json`, so this is no checkpoint in Hugging Face's layout: `{}`", .0.display())]
    NoConfig(PathBuf),
    /// A configuration that cannot be read.
    #[error("{reason}; Placebo reads the configurations of T5 v1.0, v1.1 and Flan: `{}`", path.display())]
    Malformed {
        /// What is wrong.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// A configuration that describes no model.
    #[error("{reason}: `{}`", path.display())]
    Config {
        /// What is wrong.
        reason: ConfigError,
        /// The file.
        path: PathBuf,
    },
    /// A folder with a configuration and no weights.
    #[error(
        "no weights; `model.safetensors`, `model.safetensors.index.json` with its parts or `pytorch_model.bin` \
         must lie there: `{}`", .0.display()
    )]
    NoWeights(PathBuf),
    /// A file of weights that is none.
    #[error("{reason}; the file is damaged or incomplete, get it again: `{}`", path.display())]
    Damaged {
        /// What is wrong.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// Weights of another model.
    #[error(
        "{}; get the checkpoint again, or correct the sizes in its `config.json`: `{}`",
        super::matching::describe(problems), path.display()
    )]
    Tensors {
        /// What does not fit, in the order of the names.
        problems: Vec<TensorProblem>,
        /// The file.
        path: PathBuf,
    },
    /// The device failed.
    #[error(transparent)]
    Tensor(#[from] candle_core::Error),
}

impl CheckpointError {
    pub(super) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged { reason: reason.into(), path: path.into() }
    }
}
