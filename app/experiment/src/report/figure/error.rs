//! What can go wrong with a figure.

use std::path::PathBuf;

use super::Kind;
use crate::load::LoadError;
use crate::report::QuestionError;
use crate::results::ResultsError;

/// Why a figure cannot be drawn or written.
#[derive(Debug, thiserror::Error)]
pub enum FigureError {
    /// The data hold nothing that the kind shows.
    #[error("nothing to draw: {reason}: `{}`", kind.name())]
    Nothing {
        /// The kind of figure.
        kind: Kind,
        /// What is missing, and what to do.
        reason: String,
    },
    /// A field of the spec that makes no sense.
    #[error("{reason}: `{field}`")]
    Spec {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A spec file that is none.
    #[error("{cause}; give a figure's .json or its `spec` part: `{}`", path.display())]
    NotASpec {
        /// What the reader says.
        cause: serde_json::Error,
        /// The file.
        path: PathBuf,
    },
    /// A name that no condition, metric or task has.
    #[error("no such {what}, only {known}: `{name}`")]
    Unknown {
        /// What the name was meant to name.
        what: &'static str,
        /// The name.
        name: String,
        /// Those there are.
        known: String,
    },
    /// A file that cannot be read or written.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// A question that makes no sense for the runs.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// A run that cannot be read.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// A task collection that cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A renderer that refused what we wrote.
    #[error("the figure cannot be rendered, please report it: {0}")]
    Render(String),
}
