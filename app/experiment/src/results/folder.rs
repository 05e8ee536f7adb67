//! The folder of one run: every file in it has one door here.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::de::DeserializeOwned;

use super::atomic::sweep;
use super::{
    Journal, JournalTail, Journaled, Manifest, ResultsError, RunLock, RunState, lock, read_journal, write_atomically,
};
use crate::generation::Generation;
use crate::run_spec::{RunId, RunSpec};
use crate::score::Scores;

const SPEC: &str = "spec.json";
const MANIFEST: &str = "manifest.json";
const EVENTS: &str = "events.jsonl";
const CHECKPOINTS: &str = "checkpoints";
const GENERATIONS: &str = "generations.jsonl";
const SCORES: &str = "scores.json";
const LOCK: &str = "lock";
const STOP: &str = "stop";
const NEXT: &str = "next";

/// A run on disk: `results/<plan>/<run-id>/`.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFolder {
    path: PathBuf,
    spec: RunSpec,
}

impl RunFolder {
    /// Makes the folder of a run with its spec inside; one that is there already is kept.
    ///
    /// What does not count for the identity is brought up to date: a condition that got another name, or data that lie
    /// elsewhere now.
    ///
    /// # Errors
    /// A folder that cannot be made or written to, a full disk, or a damaged spec.
    pub fn create(results: &Path, spec: &RunSpec) -> Result<Self, ResultsError> {
        let path = results.join(&spec.plan).join(spec.id().as_str());
        if !path.join(SPEC).exists() || Self::open(&path)?.spec != *spec {
            fs::create_dir_all(&path).map_err(|cause| ResultsError::writing(&path, cause))?;
            write_json(&path.join(SPEC), serde_json::to_vec_pretty(spec))?;
        }
        Ok(Self { path, spec: spec.clone() })
    }

    /// Opens the folder of a run.
    ///
    /// # Errors
    /// A folder without a readable spec.
    pub fn open(path: &Path) -> Result<Self, ResultsError> {
        let spec_path = path.join(SPEC);
        if !spec_path.exists() {
            return Err(ResultsError::NotARun { path: path.to_owned() });
        }
        Ok(Self { path: path.to_owned(), spec: read_json(&spec_path)? })
    }

    /// Where the folder lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the run is.
    pub fn spec(&self) -> &RunSpec {
        &self.spec
    }

    /// The run's identity.
    pub fn id(&self) -> RunId {
        self.spec.id()
    }

    /// Takes the right to write; `None` when a living process has it. It lasts until the lock is dropped.
    ///
    /// # Errors
    /// A lock file that cannot be written, or a file system without locks.
    pub fn try_lock(&self) -> Result<Option<RunLock>, ResultsError> {
        let lock = lock::take(&self.path.join(LOCK))?;
        if lock.is_some() {
            [MANIFEST, GENERATIONS, SCORES].iter().for_each(|name| sweep(&self.path.join(name)));
        }
        Ok(lock)
    }

    /// Who holds the run, for people; `None` when nobody does.
    pub fn holder(&self) -> Option<String> {
        let path = self.path.join(LOCK);
        let held = lock::is_held(&path).unwrap_or(false);
        held.then(|| {
            fs::read_to_string(&path).map_or_else(|_| "another process".to_owned(), |text| text.trim().to_owned())
        })
    }

    /// The files of the record that are there; checkpoints, lock and stop file are none of it.
    pub fn record_files(&self) -> Vec<PathBuf> {
        let files = [SPEC, MANIFEST, EVENTS, GENERATIONS, SCORES].map(|name| self.path.join(name));
        files.into_iter().filter(|path| path.exists()).collect()
    }

    /// Asks whoever holds the run to save and end.
    ///
    /// # Errors
    /// A folder that cannot be written to.
    pub fn request_stop(&self) -> Result<(), ResultsError> {
        let path = self.path.join(STOP);
        fs::write(&path, b"").map_err(|cause| ResultsError::writing(&path, cause))
    }

    /// Whether somebody asked the run to save and end; cheap enough for every step.
    pub fn stop_requested(&self) -> bool {
        self.path.join(STOP).exists()
    }

    /// Takes the wish back.
    ///
    /// # Errors
    /// A folder that cannot be written to.
    pub fn clear_stop(&self) -> Result<(), ResultsError> {
        remove(&self.path.join(STOP))
    }

    /// Asks whoever works through the grid to take this run before the others that wait; of several, the one asked for
    /// first.
    ///
    /// # Errors
    /// A folder that cannot be written to.
    pub fn put_first(&self) -> Result<(), ResultsError> {
        let path = self.path.join(NEXT);
        fs::write(&path, b"").map_err(|cause| ResultsError::writing(&path, cause))
    }

    /// Takes that wish back.
    ///
    /// # Errors
    /// A folder that cannot be written to.
    pub fn put_back(&self) -> Result<(), ResultsError> {
        remove(&self.path.join(NEXT))
    }

    /// Since when the run is wanted before the others, if it is.
    pub fn first_since(&self) -> Option<SystemTime> {
        fs::metadata(self.path.join(NEXT)).and_then(|file| file.modified()).ok()
    }

    /// Opens the journal for appending; for the holder of the lock alone.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn journal(&self, _held: &RunLock) -> Result<Journal, ResultsError> {
        Journal::open(&self.path.join(EVENTS))
    }

    /// What the journal holds so far.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn journaled(&self) -> Result<Journaled, ResultsError> {
        read_journal(&self.path.join(EVENTS))
    }

    /// Reads the journal piece by piece as it grows.
    pub fn follow(&self) -> JournalTail {
        JournalTail::new(&self.path.join(EVENTS))
    }

    /// Where the run stands.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn state(&self) -> Result<RunState, ResultsError> {
        if self.is_finished() {
            return Ok(RunState::Finished);
        }
        if lock::is_held(&self.path.join(LOCK))? {
            return Ok(RunState::Running);
        }
        Ok(RunState::of_unheld(&self.journaled()?))
    }

    /// Whether the scores are written.
    pub fn is_finished(&self) -> bool {
        self.path.join(SCORES).exists()
    }

    /// The folder of the checkpoints, made if need be.
    ///
    /// # Errors
    /// A folder that cannot be made.
    pub fn checkpoints_dir(&self) -> Result<PathBuf, ResultsError> {
        let path = self.path.join(CHECKPOINTS);
        fs::create_dir_all(&path).map_err(|cause| ResultsError::writing(&path, cause))?;
        Ok(path)
    }

    /// Writes what the run ran with.
    ///
    /// # Errors
    /// A folder that cannot be written to, or a full disk.
    pub fn write_manifest(&self, manifest: &Manifest) -> Result<(), ResultsError> {
        write_json(&self.path.join(MANIFEST), serde_json::to_vec_pretty(manifest))
    }

    /// Whether somebody began the run, so that it is written what it ran with.
    pub fn has_manifest(&self) -> bool {
        self.path.join(MANIFEST).exists()
    }

    /// What the run ran with.
    ///
    /// # Errors
    /// A missing or damaged file.
    pub fn manifest(&self) -> Result<Manifest, ResultsError> {
        read_json(&self.path.join(MANIFEST))
    }

    /// Writes all answers, in the order of the test set.
    ///
    /// # Errors
    /// A folder that cannot be written to, or a full disk.
    pub fn write_generations(&self, generations: &[Generation]) -> Result<(), ResultsError> {
        write_atomically(&self.path.join(GENERATIONS), |file| {
            for generation in generations {
                serde_json::to_writer(&mut *file, generation)?;
                file.write_all(b"\n")?;
            }
            Ok(())
        })
    }

    /// All answers.
    ///
    /// # Errors
    /// A missing or damaged file.
    pub fn generations(&self) -> Result<Vec<Generation>, ResultsError> {
        let path = self.path.join(GENERATIONS);
        let bytes = fs::read(&path).map_err(|cause| ResultsError::reading(&path, cause))?;
        let lines = serde_json::Deserializer::from_slice(&bytes).into_iter();
        lines.collect::<Result<_, _>>().map_err(|cause| ResultsError::Damaged { cause, path })
    }

    /// Whether the answers are written, so that only the scores are missing.
    pub fn has_generations(&self) -> bool {
        self.path.join(GENERATIONS).exists()
    }

    /// Writes the scores, which finishes the run.
    ///
    /// # Errors
    /// A folder that cannot be written to, or a full disk.
    pub fn write_scores(&self, scores: &Scores) -> Result<(), ResultsError> {
        write_json(&self.path.join(SCORES), serde_json::to_vec(scores))
    }

    /// The scores.
    ///
    /// # Errors
    /// A missing or damaged file.
    pub fn scores(&self) -> Result<Scores, ResultsError> {
        read_json(&self.path.join(SCORES))
    }

    /// Removes the folder of a run that nobody has started; anything unexpected in it stays.
    pub(super) fn withdraw(&self) -> Result<(), ResultsError> {
        let Some(held) = self.try_lock()? else { return Ok(()) };
        for name in [SPEC, STOP, NEXT, LOCK] {
            let _ = fs::remove_file(self.path.join(name));
        }
        drop(held);
        let _ = fs::remove_dir(&self.path);
        Ok(())
    }
}

/// Removes a file, which may be gone already.
fn remove(path: &Path) -> Result<(), ResultsError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(ResultsError::writing(path, cause)),
        _ => Ok(()),
    }
}

fn write_json(path: &Path, json: serde_json::Result<Vec<u8>>) -> Result<(), ResultsError> {
    let json = json.map_err(|cause| ResultsError::Unwritable { cause, path: path.to_owned() })?;
    write_atomically(path, |file| {
        file.write_all(&json)?;
        file.write_all(b"\n")
    })
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, ResultsError> {
    let bytes = fs::read(path).map_err(|cause| ResultsError::reading(path, cause))?;
    serde_json::from_slice(&bytes).map_err(|cause| ResultsError::Damaged { cause, path: path.to_owned() })
}
