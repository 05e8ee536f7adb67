//! What carries messages to a plugin and its answers back: a call in this process, or the pipes of a child process.
//!
//! Whether a plugin is a library in this process, a library in a process of its own, or a script in any language, it
//! reads the same requests and writes the same responses, so nothing beyond this trait knows the difference.

use std::fmt::Debug;

use placebo_plugin_api::{Request, Response};

use super::library::LibraryError;
use super::process::ProcessError;

/// A way to ask a plugin something, used from many threads at once.
pub trait Carrier: Debug + Send + Sync {
    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// There is no answer, or none that can be read.
    fn ask(&self, request: &Request) -> Result<Response, CarrierError>;
}

/// Why a plugin could not be asked, or what it answered that is no answer.
#[derive(Debug, thiserror::Error)]
pub enum CarrierError {
    /// Through a call in this process.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// Through the pipes of a child process.
    #[error(transparent)]
    Process(#[from] ProcessError),
}

impl CarrierError {
    /// What a crash is told as at the next start; `None` where the plugin's process did not end by itself.
    pub(super) fn crash(&self) -> Option<String> {
        match self {
            CarrierError::Process(error) if error.is_crash() => Some(error.to_string()),
            _ => None,
        }
    }
}
