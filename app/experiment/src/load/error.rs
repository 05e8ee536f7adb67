//! Why a task collection cannot be read at all; single bad files are [`Problem`](super::Problem)s instead.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::nearest::suggestion;
use crate::split::Split;

/// Why a split of a task collection cannot be read.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The plan names a format that no reader knows.
    #[error("no such format of tasks, the known ones are {known}: `{format}`")]
    UnknownFormat {
        /// As the plan has it.
        format: String,
        /// All formats, for the message.
        known: String,
    },
    /// There is nothing at the collection's path.
    #[error("the folder of tasks does not exist; check `data.path`, which is relative to the plan: `{path}`")]
    NoFolder {
        /// Where it should be.
        path: PathBuf,
    },
    /// The folder is not laid out as the format wants it.
    #[error("a folder of this format holds `tasks` and `splits`, but there is no `{missing}` in `{path}`")]
    NotACollection {
        /// The folder that was named.
        path: PathBuf,
        /// What is not there.
        missing: &'static str,
    },
    /// The collection has no such track.
    #[error("no such track, the collection has {tracks}{}: `{track}` in `{path}`", suggestion(.nearest.as_deref()))]
    UnknownTrack {
        /// As the plan has it.
        track: String,
        /// The folder of tracks.
        path: PathBuf,
        /// All tracks, for the message.
        tracks: String,
        /// The track nearest to it.
        nearest: Option<String>,
    },
    /// The track has no list for the split.
    #[error("the track has no list of {split} tasks; write their names into it, one a line: `{path}`")]
    NoSplitFile {
        /// Which split.
        split: Split,
        /// Where its list should be.
        path: PathBuf,
    },
    /// The split's list is empty.
    #[error("the list of {split} tasks is empty; write their names into it, one a line: `{path}`")]
    EmptySplit {
        /// Which split.
        split: Split,
        /// Its list.
        path: PathBuf,
    },
    /// A list or folder cannot be read; the message names it.
    #[error(transparent)]
    Io(#[from] io::Error),
}
