//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::ResultsError;

/// How the names of unfinished files end; they begin with a dot.
const PART: &str = ".part";

/// Writes a file beside its place, brings it to the disk, and renames it into place.
///
/// `write` puts the content; it gets a buffered writer. Whatever fails, the old file stays and no half one appears.
///
/// # Errors
/// A disk that is full, a folder that may not be written to, or what `write` returns.
pub fn write_atomically(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), ResultsError> {
    replace_file(path, |file| write(file)).map_err(|cause| ResultsError::writing(path, cause))
}

/// As [`write_atomically`], for formats whose writers go back to what they wrote before, and without a remedy in the
/// error, for files that lie outside of results.
///
/// # Errors
/// As [`write_atomically`].
pub fn replace_file(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
    let beside = Beside::of(path);
    beside.fill(write).and_then(|()| fs::rename(&beside.path, path))?;
    sync_folder(path);
    Ok(())
}

/// A file of a passing name, removed when what it was for did not come about.
struct Beside {
    path: PathBuf,
}

impl Beside {
    /// A number drawn by the system keeps writers apart, also on several machines that share the folder.
    fn of(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let number = RandomState::new().build_hasher().finish();
        Self { path: path.with_file_name(format!(".{name}.{number:016x}{PART}")) }
    }

    fn fill(&self, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
        let mut writer = BufWriter::with_capacity(1 << 16, File::create(&self.path)?);
        write(&mut writer)?;
        writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

impl Drop for Beside {
    /// After the rename there is nothing left to remove, which is no error.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes what a killed process left of the file at `path`; for the only one who writes it.
pub(super) fn sweep(path: &Path) {
    let stem = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    let siblings = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    for entry in siblings.into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&stem) && name.ends_with(PART) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Brings the new name to the disk where folders can be synced; elsewhere the system does so by itself.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scores.json");
        write_atomically(&path, |file| file.write_all(b"old")).unwrap();
        let full = |file: &mut dyn Write| {
            file.write_all(b"half of the n")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        };
        let error = write_atomically(&path, full).unwrap_err();
        assert!(matches!(error, ResultsError::DiskFull { .. }));
        assert!(error.to_string().starts_with("the disk is full: free some space"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_process_left_is_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scores.json");
        let beside = Beside::of(&path);
        beside.fill(|file| file.write_all(b"half")).unwrap();
        std::mem::forget(beside);
        fs::write(folder.path().join("notes.part"), "a person's").unwrap();
        sweep(&path);
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["notes.part"]);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone").join("spec.json");
        let error = write_atomically(&path, |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_without_room_is_a_full_disk() {
        let error = fs::OpenOptions::new().write(true).open("/dev/full").unwrap().write_all(b"x").unwrap_err();
        let error = ResultsError::writing(Path::new("/dev/full"), error);
        assert!(matches!(error, ResultsError::DiskFull { .. }), "{error}");
    }
}
