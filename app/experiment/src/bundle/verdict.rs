//! What a look into a bundle found: how much was checked, what is not as it was, what could not be checked.

use serde::Serialize;
use thiserror::Error;

/// The outcome of [`verify`](super::verify()).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Verdict {
    /// Files whose checksums were compared.
    pub files: usize,
    /// Runs whose scores were computed anew.
    pub runs: usize,
    /// Scores of single answers among them.
    pub scores: usize,
    /// Whether the comparison was computed anew.
    pub comparison: bool,
    /// Figures that were drawn anew.
    pub figures: usize,
    /// What is not as it was.
    pub findings: Vec<Finding>,
    /// What could not be checked and why, a sentence each.
    pub unchecked: Vec<String>,
}

impl Verdict {
    /// Whether nothing is other than it was; [`unchecked`](Self::unchecked) says what nobody looked at.
    pub fn is_same(&self) -> bool {
        self.findings.is_empty()
    }
}

/// One thing that is not as it was; every one names a file.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "finding", rename_all = "kebab-case")]
pub enum Finding {
    /// Other bytes than were bundled.
    #[error("changed: `{file}`")]
    Changed {
        /// The file.
        file: String,
    },
    /// Bytes that cannot be got at, or are not what the file's name says.
    #[error("unreadable, {cause}: `{file}`")]
    Unreadable {
        /// What is wrong.
        cause: String,
        /// The file.
        file: String,
    },
    /// A file that was bundled and is not there.
    #[error("missing: `{file}`")]
    Missing {
        /// The file.
        file: String,
    },
    /// A file that was not bundled.
    #[error("not of this bundle: `{file}`")]
    Extra {
        /// The file.
        file: String,
    },
    /// A run that lies in the folder of another.
    #[error("not what the folder's name says, its hash is {id}: `{file}`")]
    Misplaced {
        /// The id that follows from the spec.
        id: String,
        /// The spec's file.
        file: String,
    },
    /// A file that says something else than what follows from the others.
    #[error("{what}: `{file}`")]
    Differs {
        /// What stands there and what was found.
        what: String,
        /// The file.
        file: String,
    },
}
