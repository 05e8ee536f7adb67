//! A bundle opened: its files in a folder that can be read as any results, and their checksums as found.

use std::collections::BTreeMap;
use std::io::{self, BufReader, ErrorKind};
use std::path::{Component, Path, PathBuf};

use fs_err::File;
use tempfile::TempDir;
use zip::ZipArchive;

use super::contents::files_below;
use super::{BundleError, SUMS};
use crate::run_spec::file_digest;

/// The files of a bundle as they were found.
#[derive(Debug)]
pub(super) struct Unpacked {
    /// The folder with the checksums in it.
    pub(super) root: PathBuf,
    /// Name → SHA-256, or why the file cannot be read.
    pub(super) digests: BTreeMap<String, Result<String, String>>,
    /// What is wrong with the archive itself, though its files can be told apart.
    pub(super) fault: Option<String>,
    /// Removes what was unpacked.
    _folder: Option<TempDir>,
}

impl Unpacked {
    /// Opens an archive, or the folder that one was unpacked to.
    pub(super) fn open(path: &Path) -> Result<Self, BundleError> {
        if path.is_dir() { Self::of_folder(path) } else { Self::of_archive(path) }
    }

    fn of_folder(path: &Path) -> Result<Self, BundleError> {
        if !path.join(SUMS).is_file() {
            let cause = format!("no `{SUMS}` in it");
            return Err(BundleError::NotABundle { cause, path: path.to_owned() });
        }
        let digest = |(name, file): (String, PathBuf)| (name, file_digest(&file).map_err(|error| error.to_string()));
        let digests = files_below(path)?.into_iter().map(digest).collect();
        Ok(Self { root: path.to_owned(), digests, fault: None, _folder: None })
    }

    fn of_archive(path: &Path) -> Result<Self, BundleError> {
        let not_a_bundle = |cause: String| BundleError::NotABundle { cause, path: path.to_owned() };
        let archive = ZipArchive::new(BufReader::new(File::open(path)?));
        let mut archive = archive.map_err(|cause| not_a_bundle(cause.to_string()))?;
        let names = names(&archive, path)?;
        let top = names.iter().find_map(|name| name.strip_suffix(SUMS).filter(|top| top.find('/') == top.rfind('/')));
        let top = top.filter(|top| top.ends_with('/')).ok_or_else(|| not_a_bundle(format!("no `{SUMS}` in it")))?;
        let fault = archive.validate_header_consistency().err().map(|cause| cause.to_string());
        let folder = tempfile::tempdir()?;
        let mut digests = BTreeMap::new();
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.ends_with('/')) {
            let digest = unpack(&mut archive, index, &folder.path().join(name))?;
            let inside = name.strip_prefix(top).map_or_else(|| format!("../{name}"), str::to_owned);
            digests.insert(inside, digest);
        }
        Ok(Self { root: folder.path().join(top), digests, fault, _folder: Some(folder) })
    }
}

type Archive = ZipArchive<BufReader<File>>;

/// The names of an archive's files in its order, each proven to stay inside.
fn names(archive: &Archive, path: &Path) -> Result<Vec<String>, BundleError> {
    let names: Vec<_> = archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    if let Some(name) = names.iter().find(|name| !stays_inside(name)) {
        return Err(BundleError::LeadsOut { name: name.clone(), path: path.to_owned() });
    }
    if archive.has_duplicate_names() {
        let cause = "one name stands in it twice, so nothing of it was unpacked".to_owned();
        return Err(BundleError::NotABundle { cause, path: path.to_owned() });
    }
    Ok(names)
}

/// Whether a name leads to a place below the folder that it is joined to, on every system.
fn stays_inside(name: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    let parts = name.trim_end_matches('/').split('/').all(is_plain);
    let components = Path::new(name).components().all(|component| matches!(component, Component::Normal(_)));
    parts && components && !name.contains(['\\', '\0', ':'])
}

/// Writes one file of an archive; returns its checksum, or what is wrong with its bytes.
fn unpack(archive: &mut Archive, index: usize, path: &Path) -> Result<Result<String, String>, BundleError> {
    let mut entry = match archive.by_index(index) {
        Ok(entry) if entry.is_symlink() => return Ok(Err("it is a link".to_owned())),
        Ok(entry) => entry,
        Err(cause) => return Ok(Err(cause.to_string())),
    };
    fs_err::create_dir_all(path.parent().unwrap_or(path))?;
    match io::copy(&mut entry, &mut File::create(path)?) {
        Ok(_) => Ok(Ok(file_digest(path)?)),
        Err(cause) if cause.kind() == ErrorKind::StorageFull => Err(cause.into()),
        Err(cause) => Ok(Err(cause.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_are_told_from_those_that_do_not() {
        for name in ["a/b", "a/results/x y/é.json", "a/..b/c..", "a/"] {
            assert!(stays_inside(name), "{name}");
        }
        for name in ["", "/", "/a", "..", "a/../b", "a/..", "a//b", "./a", "a/./b", "a\\..\\b", "C:/a", "C:a", "a/\0"] {
            assert!(!stays_inside(name), "{name}");
        }
    }
}
