//! The lock of a run: who holds it is alive, since the system lets go of it when a process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::path::Path;
use std::time::Duration;

use super::ResultsError;

/// A look at a lock holds it for a moment, so taking one is tried a few times.
const TRIES: usize = 10;
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

/// The right to write into a run's folder, given back when dropped.
#[derive(Debug)]
pub struct RunLock {
    _file: File,
}

/// Takes the lock at `path`; `None` when another process has it.
pub(super) fn take(path: &Path) -> Result<Option<RunLock>, ResultsError> {
    let mut file = open(path)?;
    for _ in 0..TRIES {
        if try_lock(path, &file)? {
            note_holder(&mut file);
            return Ok(Some(RunLock { _file: file }));
        }
        std::thread::sleep(BETWEEN_TRIES);
    }
    Ok(None)
}

/// Whether a living process has the lock at `path`.
pub(super) fn is_held(path: &Path) -> Result<bool, ResultsError> {
    match File::open(path) {
        Ok(file) => match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(cause)) => Err(ResultsError::reading(path, cause)),
        },
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(ResultsError::reading(path, cause)),
    }
}

fn open(path: &Path) -> Result<File, ResultsError> {
    let options = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    options.map_err(|cause| ResultsError::writing(path, cause))
}

fn try_lock(path: &Path, file: &File) -> Result<bool, ResultsError> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(cause)) => Err(ResultsError::writing(path, cause)),
    }
}

/// Process and machine, for people; the lock itself does not depend on it, so failing to write it is no error.
fn note_holder(file: &mut File) {
    let _ = file.set_len(0);
    let _ = file.rewind();
    let _ = writeln!(file, "process {} on {}", std::process::id(), host());
}

/// The machine's name as far as the environment tells.
pub fn host() -> String {
    let told = ["HOSTNAME", "COMPUTERNAME", "HOST"].iter().find_map(|name| std::env::var(name).ok());
    told.or_else(|| std::fs::read_to_string("/etc/hostname").ok())
        .map_or_else(|| "an unnamed machine".to_owned(), |name| name.trim().to_owned())
}
