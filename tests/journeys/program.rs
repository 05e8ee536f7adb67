//! Runs the executable and looks at how it ended.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// The executable under test, which Cargo builds before these tests.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_placebo");

/// What a command printed and exited with.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs the program to its end.
pub fn placebo<A: AsRef<OsStr>>(arguments: &[A]) -> Ended {
    let output = Command::new(PROGRAM).args(arguments).output().expect("the executable can be started");
    Ended::of(&output)
}

/// Starts the program and lets it go on.
pub fn start<A: AsRef<OsStr>>(arguments: &[A]) -> Child {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the executable can be started")
}

/// Waits for a program that [`start`] started.
pub fn finish(child: Child) -> Ended {
    Ended::of(&child.wait_with_output().expect("a child can be waited for"))
}

impl Ended {
    /// How a program ended whose output was kept.
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Asserts that it is done, and gives what it printed.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!(self.code, Some(0), "standard error: {}\nstandard output: {}", self.err, self.out);
        self.out
    }

    /// Asserts that it is done and said `words` on standard error, and gives all that it said there.
    #[track_caller]
    pub fn done_saying(self, words: &str) -> String {
        assert!(
            self.code == Some(0) && self.err.contains(words),
            "`{words}` with code 0, not {:?}: {}",
            self.code,
            self.err
        );
        self.err
    }

    /// As [`done`](Self::done), read as one JSON value.
    #[track_caller]
    pub fn json(self) -> serde_json::Value {
        let out = self.done();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// Asserts that it exited with `code` and said all of `words` on standard error, without a panic or a
    /// backtrace.
    #[track_caller]
    pub fn refused(self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "standard error: {}", self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
        for trace in ["panicked", "a fault in placebo", "\n   0: "] {
            assert!(!self.err.contains(trace), "{}", self.err);
        }
    }
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("test paths are UTF-8")
}
