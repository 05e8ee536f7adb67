//! The end of what a plugin's process writes to standard error, which is what its crash is explained with.

use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The longest last line that is kept; the rest of a longer one is cut off.
const LONGEST: u64 = 400;

/// The last line with something on it.
#[derive(Clone, Debug, Default)]
pub struct Tail(Arc<Mutex<String>>);

impl Tail {
    /// Follows the stream from a thread of its own until it ends.
    pub fn follow(stream: impl Read + Send + 'static) -> (Tail, thread::JoinHandle<()>) {
        let tail = Tail::default();
        let heard = tail.clone();
        (tail, thread::spawn(move || heard.hear(BufReader::new(stream))))
    }

    /// What is known so far.
    pub fn last_line(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hear(&self, mut stream: impl BufRead) {
        let mut line = Vec::new();
        while matches!(stream.by_ref().take(LONGEST).read_until(b'\n', &mut line), Ok(1..)) {
            let text = String::from_utf8_lossy(&line);
            if !is_small_talk(text.trim()) {
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text.trim().to_string();
            }
            line.clear();
        }
    }
}

/// Lines that follow the cause of a panic and say nothing of it.
fn is_small_talk(line: &str) -> bool {
    line.is_empty() || line.starts_with("note: run with `RUST_BACKTRACE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_with_something_on_it_counts() {
        let text = "Traceback\n  line 3\nMemoryError\n\nnote: run with `RUST_BACKTRACE=1` environment variable\n";
        let (tail, thread) = Tail::follow(text.as_bytes());
        thread.join().unwrap();
        assert_eq!(tail.last_line(), "MemoryError");
    }

    #[test]
    fn nothing_said_is_nothing() {
        let (tail, thread) = Tail::follow(&b""[..]);
        thread.join().unwrap();
        assert_eq!(tail.last_line(), "");
    }
}
