//! Which plugins the user has allowed to run, by the hash of what would run, and what those have said of themselves.

use std::io;
use std::path::{Path, PathBuf};

use fs_err as fs;
use placebo_plugin_api::Descriptor;
use placebo_plugin_api::abi::ABI_VERSION;
use serde::{Deserialize, Serialize};

use crate::results::write_atomically;

/// The user's decisions: a folder with one file for every plugin that is trusted.
///
/// A plugin's descriptions are kept with the decision, so that it need not be run to be listed. Without a folder no decision
/// is kept.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    folder: Option<PathBuf>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Trusted {
    /// Where the plugin lay.
    path: PathBuf,
    /// The version of the interface in which it described itself.
    abi: u32,
    /// What it offers; empty until it has been asked.
    described: Vec<Descriptor>,
}

impl TrustStore {
    /// The decisions kept in a folder, which need not exist yet.
    pub fn at(folder: PathBuf) -> TrustStore {
        TrustStore { folder: Some(folder) }
    }

    /// Whether what has this hash may run.
    pub fn trusts(&self, sha256: &str) -> bool {
        self.find(sha256).is_some()
    }

    /// Whether something else at this path was trusted.
    pub fn trusted_before(&self, path: &Path) -> bool {
        let Some(Ok(entries)) = self.folder.as_ref().map(fs::read_dir) else { return false };
        let mut decisions = entries.flatten().filter_map(|entry| read(&entry.path()));
        decisions.any(|trusted| trusted.path == path)
    }

    /// Lets what has this hash run from now on.
    ///
    /// # Errors
    /// The decision cannot be written.
    pub fn trust(&self, sha256: &str, path: &Path) -> io::Result<()> {
        self.write(sha256, path, &[])
    }

    /// What the plugins of this hash have said of themselves, if they have been asked in this version of the interface.
    pub(super) fn descriptions(&self, sha256: &str) -> Option<Vec<Descriptor>> {
        let known = self.find(sha256)?;
        (known.abi == ABI_VERSION && !known.described.is_empty()).then_some(known.described)
    }

    /// Keeps what trusted plugins have said of themselves.
    pub(super) fn remember(&self, sha256: &str, path: &Path, described: &[Descriptor]) -> io::Result<()> {
        self.write(sha256, path, described)
    }

    fn find(&self, sha256: &str) -> Option<Trusted> {
        read(&self.file(sha256)?)
    }

    fn write(&self, sha256: &str, path: &Path, described: &[Descriptor]) -> io::Result<()> {
        let Some(file) = self.file(sha256) else { return Ok(()) };
        fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        let trusted = Trusted { path: path.into(), abi: ABI_VERSION, described: described.to_vec() };
        let json = serde_json::to_vec(&trusted)?;
        write_atomically(&file, |file| file.write_all(&json)).map_err(io::Error::other)
    }

    fn file(&self, sha256: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{sha256}.json")))
    }
}

/// A file that cannot be read is no decision; asking again does no harm.
fn read(file: &Path) -> Option<Trusted> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use placebo_plugin_api::Part;

    use super::*;

    #[test]
    fn a_decision_is_kept_by_hash() {
        let folder = tempfile::tempdir().unwrap();
        let store = TrustStore::at(folder.path().join("trusted"));
        assert!(!store.trusts("aa"));
        store.trust("aa", Path::new("/x/a.so")).unwrap();
        assert!(store.trusts("aa") && !store.trusts("bb"));
        assert!(store.trusted_before(Path::new("/x/a.so")) && !store.trusted_before(Path::new("/x/b.so")));
    }

    #[test]
    fn descriptions_are_kept_once_known() {
        let folder = tempfile::tempdir().unwrap();
        let store = TrustStore::at(folder.path().into());
        store.trust("aa", Path::new("a.so")).unwrap();
        assert_eq!(store.descriptions("aa"), None);
        let described = vec![Descriptor::transform("a", "A", &[Part::Definition])];
        store.remember("aa", Path::new("a.so"), &described).unwrap();
        assert_eq!(store.descriptions("aa"), Some(described));
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let store = TrustStore::default();
        store.trust("aa", Path::new("a.so")).unwrap();
        assert!(!store.trusts("aa"));
    }
}
