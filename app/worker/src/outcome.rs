//! How a command ends: the exit codes, and errors as a person reads them.

use std::any::Any;
use std::panic::{PanicHookInfo, UnwindSafe, catch_unwind};
use std::process::ExitCode;

/// A command that ended without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: the command went through, and reported what failed on the way.
    Failed,
    /// Exit code 3: a person or a scheduler asked it to save and end.
    Stopped,
}

/// A command that ended with an error.
#[derive(Debug)]
pub enum Failure {
    /// Exit code 2: what was asked for makes no sense, so nothing was begun.
    Usage(anyhow::Error),
    /// Exit code 1.
    Failed(anyhow::Error),
}

/// What every command returns.
pub type Ending = Result<Outcome, Failure>;

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Marks errors as the fault of the command line or of the plan.
pub trait OrUsage<T> {
    /// Turns the error into [`Failure::Usage`].
    fn or_usage(self) -> Result<T, Failure>;
}

impl<T, E: Into<anyhow::Error>> OrUsage<T> for Result<T, E> {
    fn or_usage(self) -> Result<T, Failure> {
        self.map_err(|error| Failure::Usage(error.into()))
    }
}

/// Performs a command, prints its error, if any, and gives the exit code.
///
/// A panic is a fault of the program: it costs one line that says so, not a backtrace.
pub fn conclude(command: impl FnOnce() -> Ending + UnwindSafe) -> ExitCode {
    std::panic::set_hook(Box::new(|panic| eprintln!("error: {}", describe_panic(panic))));
    match catch_unwind(command).unwrap_or(Ok(Outcome::Failed)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        Ok(Outcome::Stopped) => ExitCode::from(3),
        Err(Failure::Failed(error)) => complain(&error, 1),
        Err(Failure::Usage(error)) => complain(&error, 2),
    }
}

fn complain(error: &anyhow::Error, code: u8) -> ExitCode {
    eprintln!("error: {}", describe(error));
    ExitCode::from(code)
}

/// The chain of an error on one line, without the parts that an outer message repeats.
pub fn describe(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for part in error.chain().map(without_backtrace) {
        if text.is_empty() {
            text = part;
        } else if !text.contains(&part) {
            text = format!("{text}: {part}");
        }
    }
    text
}

/// Errors of tensors carry the backtrace of their making where `RUST_BACKTRACE` is set; it helps no user.
fn without_backtrace(error: &(dyn std::error::Error + 'static)) -> String {
    let text = error.to_string();
    text.split("\n   0: ").next().unwrap_or_default().to_owned()
}

fn describe_panic(panic: &PanicHookInfo) -> String {
    let place = panic.location().map(|l| format!(" ({}:{})", l.file(), l.line())).unwrap_or_default();
    format!("a fault in placebo itself, please report it: {}{place}", panic_message(panic.payload()))
}

/// What a panic said.
pub fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::{Context, anyhow};

    #[test]
    fn a_chain_is_one_line_without_repetition() {
        let plain = Err::<(), _>(anyhow!("no such file")).context("cannot read the plan").unwrap_err();
        assert_eq!(describe(&plain), "cannot read the plan: no such file");
        let repeated = Err::<(), _>(anyhow!("no such file")).context("no such file: `a.toml`").unwrap_err();
        assert_eq!(describe(&repeated), "no such file: `a.toml`");
    }

    #[test]
    fn a_backtrace_is_left_out() {
        let error = anyhow!("out of memory\n   0: candle_core::error::Error::bt\n   1: main");
        assert_eq!(describe(&error), "out of memory");
    }

    #[test]
    fn usage_is_told_from_failure() {
        let usage = "x".parse::<u8>().or_usage().unwrap_err();
        assert!(matches!(usage, Failure::Usage(_)));
        let failed = Failure::from("x".parse::<u8>().unwrap_err());
        assert!(matches!(failed, Failure::Failed(_)));
    }
}
