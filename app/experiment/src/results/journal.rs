//! The journal of a run: events appended as JSON lines, and a reader that a crash cannot confuse.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::mem::discriminant;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::ResultsError;
use crate::event::Event;

/// Frequent events come at most 20 times a second; those between are left out, the last one is not.
const BETWEEN_FREQUENT: Duration = Duration::from_millis(50);

/// An event and when it happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Seconds since 1970, to the millisecond.
    pub time: f64,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

impl Entry {
    fn now(event: Event) -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { time: since_1970.as_millis() as f64 / 1000.0, event }
    }
}

/// Appends events, each flushed before the call returns.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    /// Whether the file ends in half a line, from a crash or a full disk.
    torn: bool,
    last_frequent: Option<Instant>,
    held_back: Option<Entry>,
}

impl Journal {
    /// Opens the journal at `path` for appending.
    pub(super) fn open(path: &Path) -> Result<Self, ResultsError> {
        let opened = OpenOptions::new().create(true).read(true).append(true).open(path);
        let mut file = opened.map_err(|cause| ResultsError::writing(path, cause))?;
        let torn = ends_torn(&mut file).map_err(|cause| ResultsError::reading(path, cause))?;
        Ok(Self { path: path.to_owned(), file, torn, last_frequent: None, held_back: None })
    }

    /// Writes an event; a frequent one that comes too soon is held back and gives way to the next of its kind.
    ///
    /// # Errors
    /// A full disk or an unwritable file.
    pub fn write(&mut self, event: Event) -> Result<(), ResultsError> {
        self.write_at(Instant::now(), event)
    }

    fn write_at(&mut self, now: Instant, event: Event) -> Result<(), ResultsError> {
        let entry = Entry::now(event);
        self.settle_before(&entry.event)?;
        if entry.event.is_frequent() {
            if self.last_frequent.is_some_and(|last| now.duration_since(last) < BETWEEN_FREQUENT) {
                self.held_back = Some(entry);
                return Ok(());
            }
            self.last_frequent = Some(now);
        }
        self.append(&entry)
    }

    /// Writes what was held back, unless `event` is the next of its kind and takes its place.
    fn settle_before(&mut self, event: &Event) -> Result<(), ResultsError> {
        match self.held_back.take() {
            Some(held) if discriminant(&held.event) != discriminant(event) => self.append(&held),
            _ => Ok(()),
        }
    }

    fn append(&mut self, entry: &Entry) -> Result<(), ResultsError> {
        let json = serde_json::to_string(entry);
        let json = json.map_err(|cause| ResultsError::Unwritable { cause, path: self.path.clone() })?;
        let line = if self.torn { format!("\n{json}\n") } else { format!("{json}\n") };
        self.torn = true;
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.flush());
        written.map_err(|cause| ResultsError::writing(&self.path, cause))?;
        self.torn = false;
        Ok(())
    }
}

impl Drop for Journal {
    /// The last frequent event is worth keeping, but nobody is left to hear of a failure.
    fn drop(&mut self) {
        if let Some(held) = self.held_back.take() {
            let _ = self.append(&held);
        }
    }
}

fn ends_torn(file: &mut File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// What a journal holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journaled {
    /// The events in the order of writing.
    pub entries: Vec<Entry>,
    /// Lines that are no event: cut off by a crash, or written by a newer program.
    pub unreadable: usize,
}

impl Journaled {
    /// The steps as if the run had never been interrupted: a step done again replaces its first account.
    pub fn steps(&self) -> Vec<&Event> {
        let mut steps: Vec<(usize, &Event)> = Vec::new();
        for event in self.entries.iter().map(|entry| &entry.event) {
            if let Event::Step { step, .. } = event {
                let kept = steps.partition_point(|(earlier, _)| earlier < step);
                steps.truncate(kept);
                steps.push((*step, event));
            }
        }
        steps.into_iter().map(|(_, event)| event).collect()
    }
}

/// Reads the journal at `path`; there is none before a run has started.
///
/// # Errors
/// A file that is there but cannot be read.
pub fn read_journal(path: &Path) -> Result<Journaled, ResultsError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Journaled::default()),
        Err(cause) => return Err(ResultsError::reading(path, cause)),
    };
    let mut journaled = Journaled::default();
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice(line) {
            Ok(entry) => journaled.entries.push(entry),
            Err(_) => journaled.unreadable += 1,
        }
    }
    Ok(journaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(step: usize) -> Event {
        Event::Step {
            step,
            steps: 100,
            epoch: 0.5,
            loss: 1.25,
            learning_rate: 1e-4,
            gradient_norm: 2.0,
            tokens_per_s: 10.0,
            examples_per_s: 1.0,
        }
    }

    fn generating(done: usize) -> Event {
        Event::Generating { done, total: 9 }
    }

    fn events(path: &Path) -> Vec<Event> {
        read_journal(path).unwrap().entries.into_iter().map(|entry| entry.event).collect()
    }

    #[test]
    fn a_torn_last_line_is_ignored_and_the_next_event_stands_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.jsonl");
        Journal::open(&path).unwrap().write(step(1)).unwrap();
        let whole = fs::read(&path).unwrap();
        let half = &whole[..whole.len() / 2];
        fs::write(&path, [&whole, half].concat()).unwrap();
        assert_eq!(events(&path), [step(1)]);
        Journal::open(&path).unwrap().write(step(2)).unwrap();
        assert_eq!(events(&path), [step(1), step(2)]);
        assert_eq!(read_journal(&path).unwrap().unreadable, 1);
    }

    #[test]
    fn no_more_than_twenty_steps_a_second_and_the_last_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.jsonl");
        let mut journal = Journal::open(&path).unwrap();
        let start = Instant::now();
        for millisecond in 0..=120 {
            let now = start + Duration::from_millis(millisecond);
            journal.write_at(now, step(millisecond as usize)).unwrap();
        }
        journal.write_at(start + Duration::from_millis(121), generating(1)).unwrap();
        drop(journal);
        assert_eq!(events(&path), [step(0), step(50), step(100), step(120), generating(1)]);
    }

    #[test]
    fn what_is_held_back_is_written_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.jsonl");
        let mut journal = Journal::open(&path).unwrap();
        let now = Instant::now();
        journal.write_at(now, step(1)).unwrap();
        journal.write_at(now, step(2)).unwrap();
        assert_eq!(events(&path), [step(1)]);
        drop(journal);
        assert_eq!(events(&path), [step(1), step(2)]);
    }

    #[test]
    fn steps_done_again_replace_the_first_account() {
        let entry = |event| Entry { time: 0.0, event };
        let entries = [1, 2, 3, 4, 3, 4, 5].map(|number| entry(step(number))).to_vec();
        let journaled = Journaled { entries, unreadable: 0 };
        assert_eq!(journaled.steps(), [&step(1), &step(2), &step(3), &step(4), &step(5)]);
    }

    #[test]
    fn no_journal_yet_is_an_empty_one() {
        assert_eq!(read_journal(Path::new("no/such/events.jsonl")).unwrap(), Journaled::default());
    }
}
