//! What can go wrong with a plugin in a process of its own.

use std::path::PathBuf;

/// Why a plugin's process gave no answer that can be used. Each message ends with the library or the script's folder.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// The system does not start it.
    #[error("its process cannot be started ({cause}): `{}`", path.display())]
    Unstartable {
        /// What the system says.
        cause: String,
        /// The library or the script's folder.
        path: PathBuf,
    },
    /// It ended without answering.
    #[error("its process ended without an answer ({how}){}: `{}`", said(last_words), path.display())]
    Ended {
        /// Exit code or signal.
        how: String,
        /// The last line that it wrote to standard error.
        last_words: String,
        /// The library or the script's folder.
        path: PathBuf,
    },
    /// It did not answer in time and was ended.
    #[error(
        "it gave no answer within {seconds} seconds and was ended; more time gives `seconds` under `[limits]` in its \
         plugin.toml: `{}`",
        path.display()
    )]
    TooSlow {
        /// The limit.
        seconds: u64,
        /// The library or the script's folder.
        path: PathBuf,
    },
    /// What it wrote is no answer.
    #[error(
        "it wrote something that is no answer ({cause}): {beginning:?}; what is not an answer belongs on standard error: `{}`",
        path.display()
    )]
    Garbled {
        /// What the parser says.
        cause: String,
        /// How it begins.
        beginning: String,
        /// The library or the script's folder.
        path: PathBuf,
    },
    /// Somebody asked this program to stop.
    #[error("it was stopped: `{}`", path.display())]
    Cancelled {
        /// The library or the script's folder.
        path: PathBuf,
    },
}

impl ProcessError {
    /// Whether the process ended by itself.
    pub fn is_crash(&self) -> bool {
        matches!(self, ProcessError::Ended { .. })
    }
}

fn said(last_words: &str) -> String {
    if last_words.is_empty() { String::new() } else { format!(", its last words: {last_words}") }
}
