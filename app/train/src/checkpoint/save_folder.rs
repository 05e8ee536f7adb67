//! The folder of saves: which are there, where the next goes, and which go.

use fs_err::File;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// How the folder of a save begins that is still being written.
pub(super) const UNFINISHED: &str = ".unfinished-";
const PREFIX: &str = "step-";
/// Saves that stay.
const KEPT: usize = 2;

/// The finished saves by step.
pub(super) fn steps(folder: &Path) -> io::Result<BTreeMap<usize, PathBuf>> {
    if !folder.exists() {
        return Ok(BTreeMap::new());
    }
    let mut steps = BTreeMap::new();
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some(step) = name.strip_prefix(PREFIX).and_then(|step| step.parse().ok()) {
            steps.insert(step, path);
        }
    }
    Ok(steps)
}

/// The folder of a step's save.
pub(super) fn place_of(folder: &Path, step: usize) -> PathBuf {
    folder.join(format!("{PREFIX}{step:08}"))
}

/// Removes all saves but that of a step and the one before it, and what programs that were killed while saving have
/// left. Saves of later steps are broken: the training would have gone on from them.
pub(super) fn forget_others(folder: &Path, step: usize) -> io::Result<()> {
    let (upto, later): (Vec<_>, Vec<_>) = steps(folder)?.into_iter().partition(|(found, _)| *found <= step);
    for (_, path) in later.iter().chain(upto.iter().rev().skip(KEPT)) {
        fs_err::remove_dir_all(path)?;
    }
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs_err::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Removes a folder that may not be there.
pub(super) fn remove_if_there(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs_err::remove_dir_all(folder) } else { Ok(()) }
}

/// Brings a folder's names to the disk where that can be asked for; elsewhere the system does so by itself.
pub(super) fn sync(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
