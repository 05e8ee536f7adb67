//! A plugin as it lies on disk, before any of it is run: a library or a script's folder, with what is said beside it.

use std::io;
use std::path::{Path, PathBuf};

use fs_err as fs;
use sha2::{Digest, Sha256};

use super::sidecar::{self, Limits, Sidecar, SidecarError};

/// What is left out of a script's hash: nothing that runs, and things that come and go beside it.
const PASSING: [&str; 4] = ["__pycache__", "node_modules", "results", "target"];

/// A library or a script.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The library's file, or the script's folder.
    pub path: PathBuf,
    /// Which of both.
    pub kind: Kind,
    /// What is said beside it.
    pub sidecar: Option<Sidecar>,
}

/// How a plugin is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By loading it.
    Library,
    /// By starting it.
    Script {
        /// The words of its command.
        command: Vec<String>,
    },
}

/// Why there is no plugin at a path.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] io::Error),
    /// What is said beside it is of no use.
    #[error(transparent)]
    Sidecar(#[from] SidecarError),
    /// A folder is named that says nothing of a plugin.
    #[error("there is no {} in it: `{}`", sidecar::NAME, .0.display())]
    NoSidecar(PathBuf),
    /// The library is not there.
    #[error("the library that its {} names is not there; is it built? `{}`", sidecar::NAME, .0.display())]
    NotBuilt(PathBuf),
    /// The library is not the one meant.
    #[error("it is not the file whose `sha256` stands in its {}: `{}`", sidecar::NAME, .0.display())]
    OtherFile(PathBuf),
}

impl Source {
    /// The plugin at a path: a library's file, a folder with a `plugin.toml`, or that file.
    ///
    /// # Errors
    /// There is none, or what is said of it does not fit.
    pub fn locate(path: &Path) -> Result<Source, SourceError> {
        let path = fs::canonicalize(path)?;
        if path.is_dir() {
            let sidecar = Sidecar::in_folder(&path)?.ok_or_else(|| SourceError::NoSidecar(path.clone()))?;
            return Source::in_folder(path, sidecar);
        }
        let folder = path.parent().unwrap_or(Path::new("/")).to_path_buf();
        if path.file_name().is_some_and(|name| name == sidecar::NAME) {
            return Source::locate(&folder);
        }
        let names_it = |sidecar: &Sidecar| sidecar.library.as_ref().is_some_and(|library| folder.join(library) == path);
        let sidecar = Sidecar::in_folder(&folder)?.filter(names_it);
        Ok(Source { path, kind: Kind::Library, sidecar })
    }

    fn in_folder(folder: PathBuf, sidecar: Sidecar) -> Result<Source, SourceError> {
        let (path, kind) = match &sidecar.library {
            None => (folder, Kind::Script { command: sidecar.command.clone() }),
            Some(library) => {
                let library = folder.join(library);
                let path = library.canonicalize().map_err(|_| SourceError::NotBuilt(library))?;
                (path, Kind::Library)
            }
        };
        Ok(Source { path, kind, sidecar: Some(sidecar) })
    }

    /// The SHA-256 of what is run, in hexadecimal: of the library's bytes, or of the names and bytes of all files in the
    /// script's folder, those left out that begin with a dot or lie in a folder of build products.
    ///
    /// # Errors
    /// A file cannot be read, or is not the one that `plugin.toml` means.
    pub fn sha256(&self) -> Result<String, SourceError> {
        let found = match self.kind {
            Kind::Library => hexadecimal(&Sha256::digest(fs::read(&self.path)?)),
            Kind::Script { .. } => folder_hash(&self.path)?,
        };
        match self.sidecar.as_ref().and_then(|sidecar| sidecar.sha256.as_ref()) {
            Some(meant) if *meant != found => Err(SourceError::OtherFile(self.path.clone())),
            _ => Ok(found),
        }
    }

    /// What its process may use.
    pub fn limits(&self) -> Limits {
        self.sidecar.as_ref().map(|sidecar| sidecar.limits).unwrap_or_default()
    }
}

fn folder_hash(folder: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let name = file.strip_prefix(folder).expect("collected below the folder").to_string_lossy().replace('\\', "/");
        for bytes in [name.into_bytes(), fs::read(&file)?] {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
    Ok(hexadecimal(&hash.finalize()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || PASSING.contains(&name.as_str()) {
            continue;
        }
        // A link to a folder is not followed: it may lead back.
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else if entry.path().is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    const SCRIPT: (&str, &str) = ("plugin.toml", "abi = 1\ncommand = [\"python3\", \"a.py\"]\n");

    #[test]
    fn a_script_is_its_folder_by_whichever_name() {
        let folder = folder(&[SCRIPT, ("a.py", "")]);
        let source = Source::locate(folder.path()).unwrap();
        assert_eq!(source.kind, Kind::Script { command: vec!["python3".into(), "a.py".into()] });
        assert_eq!(Source::locate(&folder.path().join("plugin.toml")).unwrap(), source);
    }

    #[test]
    fn every_file_counts_for_the_hash_and_passing_ones_do_not() {
        let hash = |files: &[(&str, &str)]| Source::locate(folder(files).path()).unwrap().sha256().unwrap();
        let plain = hash(&[SCRIPT, ("a.py", "1")]);
        assert_eq!(plain, hash(&[SCRIPT, ("a.py", "1"), ("__pycache__/a.pyc", "x"), (".git/HEAD", "y")]));
        assert_ne!(plain, hash(&[SCRIPT, ("a.py", "2")]));
        assert_ne!(plain, hash(&[SCRIPT, ("a.py", "1"), ("words/b.txt", "")]));
    }

    #[test]
    fn a_library_must_be_there_and_be_the_one_meant() {
        let sidecar = "abi = 1\nlibrary = \"a.so\"\nsha256 = \"00\"\n";
        let folder = folder(&[("plugin.toml", sidecar)]);
        let error = Source::locate(folder.path()).unwrap_err().to_string();
        assert!(error.starts_with("the library that its plugin.toml names is not there; is it built? `"), "{error}");
        fs::write(folder.path().join("a.so"), "x").unwrap();
        for path in [folder.path().to_path_buf(), folder.path().join("a.so")] {
            let error = Source::locate(&path).unwrap().sha256().unwrap_err().to_string();
            assert!(error.starts_with("it is not the file whose `sha256` stands in its plugin.toml"), "{error}");
        }
    }

    #[test]
    fn a_folder_without_a_word_is_no_plugin() {
        let folder = folder(&[("a.py", "")]);
        assert!(Source::locate(folder.path()).unwrap_err().to_string().starts_with("there is no plugin.toml in it"));
    }
}
