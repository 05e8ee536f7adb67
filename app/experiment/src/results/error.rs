//! What can go wrong with a results folder, each with its path and its remedy.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::plan::PlanError;

/// Why something in a results folder cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// The disk has no room; nothing half-written carries a final name.
    #[error("the disk is full: free some space and run again, what is finished is kept: `{}`", path.display())]
    DiskFull {
        /// What could not be written.
        path: PathBuf,
    },
    /// The folder may not be written to.
    #[error("{cause}: choose a folder you may write to with `--results DIR`: `{}`", path.display())]
    NotWritable {
        /// The system's word for it.
        cause: io::Error,
        /// What could not be written.
        path: PathBuf,
    },
    /// Any other failure of reading or writing.
    #[error("{cause}: `{}`", path.display())]
    File {
        /// The system's word for it.
        cause: io::Error,
        /// What could not be read or written.
        path: PathBuf,
    },
    /// A file that is not what its name says.
    #[error("{cause}; the file was changed or damaged, remove its folder to run this again: `{}`", path.display())]
    Damaged {
        /// Where the reader stumbled.
        cause: serde_json::Error,
        /// The file.
        path: PathBuf,
    },
    /// A value that JSON cannot hold.
    #[error("{cause}, so it cannot be written: `{}`", path.display())]
    Unwritable {
        /// What is wrong with the value.
        cause: serde_json::Error,
        /// The file that it was for.
        path: PathBuf,
    },
    /// A plan that cannot be copied into the results.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A folder without a spec.
    #[error("no `spec.json` in it, so it is no run's folder: `{}`", path.display())]
    NotARun {
        /// The folder.
        path: PathBuf,
    },
    /// A folder without any run.
    #[error("no runs in it; give the folder that `placebo run` wrote to: `{}`", path.display())]
    NoRuns {
        /// The folder.
        path: PathBuf,
    },
    /// The plan was changed in a way that makes finished or started runs foreign to it.
    #[error(
        "{} any more ({changes}); restore the old values, give the plan another `name`, or remove the folder of: `{}`",
        strangers(*started),
        path.display()
    )]
    PlanChanged {
        /// How many.
        started: usize,
        /// Field, old and new value of every difference.
        changes: String,
        /// The plan as the started runs know it.
        path: PathBuf,
    },
}

impl ResultsError {
    /// The error of reading `path`.
    pub(super) fn reading(path: &Path, cause: io::Error) -> Self {
        ResultsError::File { cause: plain(cause), path: path.to_owned() }
    }

    /// The error of writing `path`, with the remedy for the usual reasons.
    pub(super) fn writing(path: &Path, cause: io::Error) -> Self {
        let path = path.to_owned();
        match cause.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ResultsError::DiskFull { path },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotADirectory => {
                ResultsError::NotWritable { cause: plain(cause), path }
            }
            _ => ResultsError::File { cause: plain(cause), path },
        }
    }
}

/// The bare error of the system: the path is named once, by the error around it.
fn plain(cause: io::Error) -> io::Error {
    cause.raw_os_error().map_or(cause, io::Error::from_raw_os_error)
}

fn strangers(started: usize) -> String {
    match started {
        1 => "1 started run does not belong to the plan".to_owned(),
        several => format!("{several} started runs do not belong to the plan"),
    }
}
