//! How a plugin's process is started.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::ProcessError;
use crate::plugin::Limits;

/// Which program hosts which plugin, and within which limits.
#[derive(Clone, Debug)]
pub struct Start {
    /// The executable that answers to `plugin-host`.
    pub host: PathBuf,
    /// The library or the script's folder.
    pub path: PathBuf,
    /// What the plugin may use.
    pub limits: Limits,
    /// From how many threads at once a library is asked everything; its answers must be the same.
    pub threads: usize,
}

impl Start {
    /// Starts a process in a group of its own, so that Ctrl-C is for this program to handle, and so that whatever the
    /// plugin starts can be ended with it.
    pub(super) fn spawn(&self) -> Result<Child, ProcessError> {
        let mut command = Command::new(&self.host);
        command.arg("plugin-host").arg(&self.path);
        command.args(["--memory-mb", &self.limits.memory_mb.to_string(), "--threads", &self.threads.to_string()]);
        // A backtrace would follow the words that say what happened.
        command.env_remove("RUST_BACKTRACE").env_remove("RUST_LIB_BACKTRACE");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn().map_err(|error| ProcessError::Unstartable { cause: error.to_string(), path: self.path.clone() })
    }
}
