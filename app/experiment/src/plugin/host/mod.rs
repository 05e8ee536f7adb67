//! The other end of the pipes: what `placebo plugin-host` does in the process that a plugin has for itself.
//!
//! For a library it loads it and answers each line on standard input with a line on standard output. For a script it sets
//! the limits and becomes the script. Either way nothing but answers reaches the reader's end of standard output.

mod confine;
mod library;

use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::source::{Kind, Source, SourceError};

/// Within what a plugin's process is held.
#[derive(Clone, Copy, Debug)]
pub struct Confinement {
    /// Address space in MiB, what this program itself has reserved not counted; 0 for no limit.
    pub memory_mb: u64,
    /// From how many threads at once a library is asked everything; its answers must be the same.
    pub threads: usize,
}

/// Why a process cannot host its plugin.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// There is no plugin at the path.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The system refuses the limits, or to give the standard streams away.
    #[error("this process cannot be confined ({0})")]
    Unconfined(#[from] io::Error),
    /// The script's command cannot be run.
    #[error("its command `{command}` cannot be run ({cause}): `{}`", path.display())]
    Command {
        /// The command's first word.
        command: String,
        /// What the system says.
        cause: io::Error,
        /// The script's folder.
        path: PathBuf,
    },
}

/// Hosts the plugin at `path`, a library or a script's folder, until standard input ends.
///
/// # Errors
/// It cannot be hosted; what the plugin itself does wrong is answered through the pipes.
pub fn serve(path: &Path, confinement: Confinement) -> Result<(), HostError> {
    let source = Source::locate(path)?;
    let Confinement { memory_mb, threads } = confinement;
    match &source.kind {
        Kind::Library => {
            confine::limit(memory_mb, confine::taken())?;
            Ok(library::answer_all(&source.path, threads)?)
        }
        Kind::Script { command } => {
            confine::limit(memory_mb, 0)?;
            match become_script(command, &source.path)? {}
        }
    }
}

/// Replaces this process by the script's: the limits stay, and so does the tie to the process that started this one.
#[cfg(unix)]
fn become_script(command: &[String], folder: &Path) -> Result<Infallible, HostError> {
    use std::os::unix::process::CommandExt;
    Err(failed(command, folder, script(command, folder).exec()))
}

/// Runs the script's process beside this one, which passes its streams on.
#[cfg(not(unix))]
fn become_script(command: &[String], folder: &Path) -> Result<Infallible, HostError> {
    let status = script(command, folder).status().map_err(|cause| failed(command, folder, cause))?;
    std::process::exit(status.code().unwrap_or(1))
}

/// The command; words that name files of the folder are meant as such, so that it does not matter where it runs.
fn script(command: &[String], folder: &Path) -> Command {
    let whole = |word: &String| {
        let file = folder.join(word);
        if file.is_file() { file.into_os_string() } else { word.into() }
    };
    let mut words = command.iter().map(whole);
    let mut script = Command::new(words.next().unwrap_or_default());
    script.args(words);
    script
}

fn failed(command: &[String], folder: &Path, cause: io::Error) -> HostError {
    HostError::Command { command: command.first().cloned().unwrap_or_default(), cause, path: folder.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_folder_are_found_wherever_the_command_runs() {
        let folder = tempfile::tempdir().unwrap();
        fs_err::write(folder.path().join("x.py"), "").unwrap();
        let script = script(&["python3".into(), "x.py".into(), "--fast".into()], folder.path());
        let words: Vec<_> = script.get_args().map(PathBuf::from).collect();
        assert_eq!(script.get_program(), "python3");
        assert_eq!(words, [folder.path().join("x.py"), "--fast".into()]);
    }
}
