//! A library answering: one line in, one line out, until the lines end.

use std::io::{self, BufReader, Write};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use placebo_plugin_api::Response;

use super::confine::{Streams, take_streams};
use crate::plugin::library::Library;

/// How long the answers to the last requests may take when no more can come.
const LAST_ANSWERS: Duration = Duration::from_millis(500);

/// Answers every request on standard input with the library's answer on standard output.
///
/// A thread of its own reads, so that the end of standard input ends the process soon, also in the middle of a call that
/// takes for ever: whoever asked is gone.
///
/// # Errors
/// The standard streams cannot be taken, or standard output cannot be written.
pub fn answer_all(path: &Path, threads: usize) -> io::Result<()> {
    let Streams { input, mut output } = take_streams()?;
    // What the library does when it is loaded already finds the streams out of its reach.
    let library = match Library::open(path) {
        Ok(library) => library,
        Err(error) => return write_line(&mut output, failure(error.to_string())),
    };
    let (asks, asked) = mpsc::channel::<Vec<u8>>();
    thread::spawn(move || read_all(input, asks));
    for request in asked {
        write_line(&mut output, answer(&library, &request, threads))?;
    }
    Ok(())
}

fn read_all(input: impl io::Read, asks: mpsc::Sender<Vec<u8>>) {
    let mut input = BufReader::new(input);
    while let Ok(Some(line)) = crate::plugin::process::next_line(&mut input) {
        if asks.send(line).is_err() {
            return;
        }
    }
    drop(asks);
    thread::sleep(LAST_ANSWERS);
    std::process::exit(0);
}

fn answer(library: &Library, request: &[u8], threads: usize) -> Vec<u8> {
    if threads <= 1 {
        return library.call(request);
    }
    let answers: Vec<_> = thread::scope(|scope| {
        let asked: Vec<_> = (0..threads).map(|_| scope.spawn(|| library.call(request))).collect();
        asked.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let mut answers = answers.into_iter().map(|answer| answer.expect("a panic in a library does not cross its border"));
    let first = answers.next().expect("at least two threads ask");
    if answers.all(|other| other == first) { first } else { failure("threads that ask at once hear different answers") }
}

fn failure(cause: impl Into<String>) -> Vec<u8> {
    serde_json::to_vec(&Response::Failed(cause.into())).expect("text becomes JSON")
}

/// JSON has line breaks between its parts only, where a blank will do.
fn write_line(output: &mut impl Write, mut answer: Vec<u8>) -> io::Result<()> {
    answer.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b' ');
    answer.push(b'\n');
    output.write_all(&answer)?;
    output.flush()
}
