//! Starting `placebo run …` so that it outlives the window: detached, in its own process group, its words in a file.

use crate::message::{Ending, Message};
use crate::settings::write_file;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Lines of what a process printed that are worth showing.
const SAID: usize = 12;

/// What is to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The plan's name.
    pub name: String,
    /// This very program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Where its output goes.
    pub log: PathBuf,
}

impl Order {
    /// Starts the process, tells of it, waits for its end, and tells of that. From the start on the window only reads
    /// the folder; waiting is for processes that end before they have written anything there.
    pub fn carry_out(self, tell: &dyn Fn(Message)) {
        let child = match self.start() {
            Ok(child) => child,
            Err(cause) => {
                let text = format!("{cause}, so nothing was started: `{}`", self.program.display());
                return tell(Message::Launched(self.name, Err(text)));
            }
        };
        tell(Message::Launched(self.name.clone(), Ok(self.log.clone())));
        tell(Message::Ended(self.wait(child)));
    }

    fn start(&self) -> io::Result<Child> {
        write_file(&self.log, b"")?;
        let output = fs_err::OpenOptions::new().append(true).open(&self.log)?.into_file();
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        detach(&mut command);
        command.spawn()
    }

    fn wait(self, mut child: Child) -> Ending {
        let code = child.wait().ok().and_then(|status| status.code());
        Ending { code, said: tail(&self.log), name: self.name }
    }
}

/// What closes the window, or interrupts the terminal that it was started from, does not reach the process.
#[cfg(unix)]
fn detach(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// As above: without a console, and in a group of its own.
#[cfg(windows)]
fn detach(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const DETACHED_PROCESS: u32 = 0x8;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
    command.creation_flags(DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP);
}

/// The last lines of a file, as far as it can be read.
fn tail(path: &Path) -> String {
    let text = fs_err::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(SAID)..].join("\n")
}

/// A command line as a person can type it: words with blanks or signs in quotes.
pub fn typed(words: &[OsString]) -> String {
    let quoted = |word: &OsString| {
        let word = word.to_string_lossy().into_owned();
        let is_plain = |c: char| c.is_alphanumeric() || "-_./:,=@%+~".contains(c);
        if !word.is_empty() && word.chars().all(is_plain) { word } else { format!("'{}'", word.replace('\'', r"'\''")) }
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    fn carried_out(program: &str, arguments: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let order = Order {
            name: "n".into(),
            program: program.into(),
            arguments: arguments.iter().map(OsString::from).collect(),
            log: folder.path().join("logs").join("n.log"),
        };
        let told = RefCell::new(Vec::new());
        order.carry_out(&|message| told.borrow_mut().push(format!("{message:?}")));
        told.into_inner()
    }

    #[cfg(unix)]
    #[test]
    fn a_process_that_ends_badly_is_told_with_its_last_words() {
        let told = carried_out("/bin/sh", &["-c", "echo 'error: no plan' >&2; exit 2"]);
        assert!(told[0].starts_with("Launched"), "{told:?}");
        assert!(told[1].contains("code: Some(2)") && told[1].contains("error: no plan"), "{told:?}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let told = carried_out("/no/such/program", &[]);
        assert!(told.len() == 1 && told[0].contains("/no/such/program"), "{told:?}");
    }

    #[test]
    fn a_command_line_can_be_typed_back() {
        let words = ["placebo", "run", "my plan.toml", "it's"].map(OsString::from);
        assert_eq!(typed(&words), r"placebo run 'my plan.toml' 'it'\''s'");
    }
}
