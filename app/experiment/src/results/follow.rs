//! Following a journal: what was appended since the last look, without reading the rest again.

use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::{Entry, ResultsError};

/// A reader that remembers how far it came.
#[derive(Debug)]
pub struct JournalTail {
    path: PathBuf,
    offset: u64,
    /// The beginning of a line whose end is not written yet.
    rest: Vec<u8>,
}

/// What a look at a journal brought.
#[derive(Debug, Default, PartialEq)]
pub struct Grown {
    /// The journal is not the one that was read before: what is known of it is to be forgotten.
    pub anew: bool,
    /// The events that came since.
    pub entries: Vec<Entry>,
    /// Lines among them that are no event.
    pub unreadable: usize,
}

impl JournalTail {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), offset: 0, rest: Vec::new() }
    }

    /// Reads what came since the last call; half a line waits for its end.
    ///
    /// # Errors
    /// A file that is there but cannot be read.
    pub fn read(&mut self) -> Result<Grown, ResultsError> {
        let mut grown = Grown::default();
        let bytes = match self.appended(&mut grown.anew) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(self.vanished()),
            other => other.map_err(|cause| ResultsError::reading(&self.path, cause))?,
        };
        self.rest.extend(bytes);
        let whole = self.rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        for line in self.rest[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            match serde_json::from_slice(line) {
                Ok(entry) => grown.entries.push(entry),
                Err(_) => grown.unreadable += 1,
            }
        }
        self.rest.drain(..whole);
        Ok(grown)
    }

    fn appended(&mut self, anew: &mut bool) -> std::io::Result<Vec<u8>> {
        let mut file = File::open(&self.path)?;
        if file.metadata()?.len() < self.offset {
            (*anew, self.offset) = (true, 0);
            self.rest.clear();
        }
        file.seek(SeekFrom::Start(self.offset))?;
        let mut bytes = Vec::new();
        self.offset += file.read_to_end(&mut bytes)? as u64;
        Ok(bytes)
    }

    /// There is no journal before a run has started; one that is gone was removed.
    fn vanished(&mut self) -> Grown {
        let anew = self.offset > 0;
        self.offset = 0;
        self.rest.clear();
        Grown { anew, ..Grown::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;
    use crate::event::Event;

    fn steps(grown: &Grown) -> Vec<usize> {
        let step = |entry: &Entry| if let Event::Stopped { step } = entry.event { Some(step) } else { None };
        grown.entries.iter().filter_map(step).collect()
    }

    fn line(step: usize) -> String {
        format!("{{\"time\":1.0,\"event\":\"stopped\",\"step\":{step}}}\n")
    }

    #[test]
    fn each_look_brings_what_is_new_and_half_a_line_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.jsonl");
        let mut tail = JournalTail::new(&path);
        assert_eq!(tail.read().unwrap(), Grown::default());
        let mut file = File::create(&path).unwrap();
        let second = line(2);
        let (half, other_half) = second.split_at(20);
        write!(file, "{}{half}", line(1)).unwrap();
        assert_eq!(steps(&tail.read().unwrap()), [1]);
        write!(file, "{other_half}no event\n{}", line(3)).unwrap();
        let grown = tail.read().unwrap();
        assert_eq!((steps(&grown), grown.unreadable), (vec![2, 3], 1));
        assert_eq!(tail.read().unwrap(), Grown::default());
    }

    #[test]
    fn a_shorter_or_vanished_journal_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.jsonl");
        fs::write(&path, line(1) + &line(2)).unwrap();
        let mut tail = JournalTail::new(&path);
        tail.read().unwrap();
        fs::write(&path, line(7)).unwrap();
        let grown = tail.read().unwrap();
        assert_eq!((grown.anew, steps(&grown)), (true, vec![7]));
        fs::remove_file(&path).unwrap();
        assert!(tail.read().unwrap().anew);
        assert!(!tail.read().unwrap().anew);
    }
}
