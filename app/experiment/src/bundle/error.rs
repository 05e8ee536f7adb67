//! Why a bundle cannot be written or opened at all; what is wrong inside one are [`Finding`](super::Finding)s instead.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::results::ResultsError;

/// Why there is no bundle to write or to look into.
#[derive(Debug, Error)]
pub enum BundleError {
    /// The results cannot be read.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// A file cannot be read; the error names it.
    #[error(transparent)]
    File(#[from] io::Error),
    /// Records that are still written to.
    #[error("runs in progress: {running}; wait for them, or end them with `placebo stop`: `{}`", path.display())]
    InProgress {
        /// How many.
        running: usize,
        /// The results.
        path: PathBuf,
    },
    /// The archive cannot be written.
    #[error("{cause}; choose another place with `--out FILE.zip`: `{}`", path.display())]
    Unwritable {
        /// The system's word for it, or which file could not be read.
        cause: io::Error,
        /// The archive.
        path: PathBuf,
    },
    /// Neither an archive nor the folder of one.
    #[error("{cause}; give a file that `placebo bundle` wrote, or the folder it was unpacked to: `{}`", path.display())]
    NotABundle {
        /// What is wrong with it.
        cause: String,
        /// What was given.
        path: PathBuf,
    },
    /// The archive wants to write outside of the folder that it is unpacked to.
    #[error("a name that leads out of the archive, so nothing of it was unpacked: `{name}` in `{}`", path.display())]
    LeadsOut {
        /// The name in the archive.
        name: String,
        /// The archive.
        path: PathBuf,
    },
}
