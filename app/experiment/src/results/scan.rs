//! Finding runs: in a results folder, in one plan's folder, or the one run that is given.

use std::fs;
use std::path::{Path, PathBuf};

use super::{ResultsError, RunFolder};
use crate::run_spec::RunId;

/// What a folder of results holds.
#[derive(Debug, Default)]
pub struct Scan {
    /// The runs, sorted by path.
    pub runs: Vec<RunFolder>,
    /// Folders that are named like runs but are not readable as runs.
    pub problems: Vec<ResultsError>,
}

/// How deep runs lie below a results folder: `results/<plan>/<run-id>`.
const DEPTH: usize = 2;

/// Finds the runs at or below `path`.
///
/// # Errors
/// A folder that cannot be read.
pub fn scan(path: &Path) -> Result<Scan, ResultsError> {
    let mut scan = Scan::default();
    match RunFolder::open(path) {
        Ok(folder) => scan.runs.push(folder),
        Err(_) => scan.descend(path, DEPTH)?,
    }
    Ok(scan)
}

impl Scan {
    fn descend(&mut self, path: &Path, depth: usize) -> Result<(), ResultsError> {
        for folder in folders(path)? {
            let is_named_like_a_run = name(&folder).parse::<RunId>().is_ok();
            match RunFolder::open(&folder) {
                Ok(run) => self.runs.push(run),
                Err(problem) if is_named_like_a_run => self.problems.push(problem),
                Err(_) if depth > 1 => self.descend(&folder, depth - 1)?,
                Err(_) => {}
            }
        }
        Ok(())
    }
}

/// The folders in a folder, sorted.
fn folders(path: &Path) -> Result<Vec<PathBuf>, ResultsError> {
    let failed = |cause| ResultsError::reading(path, cause);
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?.path();
        if entry.is_dir() {
            folders.push(entry);
        }
    }
    folders.sort();
    Ok(folders)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
