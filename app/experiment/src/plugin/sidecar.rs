//! `plugin.toml`: what a folder says of its plugin, so that it can be listed, judged and refused without being run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fs_err as fs;
use placebo_plugin_api::Descriptor;
use placebo_plugin_api::abi::ABI_VERSION;
use serde::{Deserialize, Serialize};

/// The file's name.
pub const NAME: &str = "plugin.toml";

/// What the file holds: who offers what, how it is run, and within which limits.
///
/// ```toml
/// abi = 1
/// version = "0.1.0"
/// ids = ["definition.scrambled"]
/// command = ["python3", "scrambled.py"]   # or library = "libplacebo_plugin_scrambled.so"
/// [limits]
/// seconds = 600
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sidecar {
    /// The version of the interface that it speaks.
    pub abi: u32,
    /// The version of the plugins.
    #[serde(default)]
    pub version: String,
    /// The plugins on offer.
    #[serde(default)]
    pub ids: Vec<String>,
    /// The library's file, seen from this folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<PathBuf>,
    /// The command that runs a script; words that name files of this folder are taken for those.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// The SHA-256 that the library must have, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// What the plugin needs.
    #[serde(default)]
    pub limits: Limits,
}

/// What one plugin's process may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// How long one answer may take: to a batch of up to 256 items, or to all tasks at once.
    pub seconds: u64,
    /// Address space in MiB; 0 for no limit, which what maps huge files needs, such as a language model in Python.
    pub memory_mb: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { seconds: 60, memory_mb: 4096 }
    }
}

/// Why a `plugin.toml` is of no use.
#[derive(Debug, thiserror::Error)]
pub enum SidecarError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// It is not what it should be.
    #[error("{cause}: `{}`", path.display())]
    Malformed {
        /// What is wrong.
        cause: String,
        /// The file.
        path: PathBuf,
    },
}

impl Sidecar {
    /// The sidecar in this folder, if it has one.
    ///
    /// # Errors
    /// The file cannot be read, has a key that does not exist, or does not say how the plugin is run.
    pub fn in_folder(folder: &Path) -> Result<Option<Sidecar>, SidecarError> {
        let path = folder.join(NAME);
        if !path.is_file() {
            return Ok(None);
        }
        let malformed = |cause: String| SidecarError::Malformed { cause, path: path.clone() };
        let sidecar = parse(&fs::read_to_string(&path)?).map_err(malformed)?;
        sidecar.problem().map_or(Ok(Some(sidecar)), |problem| Err(malformed(problem)))
    }

    /// What it says otherwise than the plugins themselves, if there is anything.
    pub fn difference(&self, described: &[Descriptor]) -> Option<String> {
        let said: BTreeSet<&str> = self.ids.iter().map(String::as_str).collect();
        let offered: BTreeSet<&str> = described.iter().map(|descriptor| descriptor.id.as_str()).collect();
        if !said.is_empty() && said != offered {
            let list = |ids: BTreeSet<&str>| ids.into_iter().collect::<Vec<_>>().join(", ");
            return Some(format!("its {NAME} names {}, but it offers {}", list(said), list(offered)));
        }
        let other =
            described.iter().find(|descriptor| !self.version.is_empty() && descriptor.version != self.version)?;
        Some(format!("its {NAME} says version {}, `{}` says {}", self.version, other.id, other.version))
    }

    fn problem(&self) -> Option<String> {
        if self.abi != ABI_VERSION {
            let found = self.abi;
            return Some(format!(
                "it speaks version {found} of the plugin interface, this program version {ABI_VERSION}"
            ));
        }
        match (&self.library, self.command.is_empty()) {
            (None, true) => Some("it names neither a `library` nor a `command`".to_string()),
            (Some(_), false) => Some("it names both a `library` and a `command`; one of them runs".to_string()),
            _ => None,
        }
    }
}

/// Reads the file's text; the message of a fault is on one line.
fn parse(text: &str) -> Result<Sidecar, String> {
    toml::from_str(text).map_err(|error| error.message().lines().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Sidecar>, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), text).unwrap();
        Sidecar::in_folder(folder.path()).map_err(|error| error.to_string().split(": `").next().unwrap().to_string())
    }

    #[test]
    fn a_script_names_its_command_and_limits() {
        let text = "abi = 1\nids = [\"a\"]\ncommand = [\"python3\", \"a.py\"]\n[limits]\nseconds = 5\n";
        let sidecar = read(text).unwrap().unwrap();
        assert_eq!(sidecar.command, ["python3", "a.py"]);
        assert_eq!(sidecar.limits, Limits { seconds: 5, ..Limits::default() });
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(read("abi = 1").unwrap_err(), "it names neither a `library` nor a `command`");
        let both = "abi = 1\nlibrary = \"a\"\ncommand = [\"b\"]";
        assert_eq!(read(both).unwrap_err(), "it names both a `library` and a `command`; one of them runs");
        assert!(read("abi = 1\ncomand = []").unwrap_err().starts_with("unknown field `comand`"));
        let future = "it speaks version 2 of the plugin interface, this program version 1";
        assert_eq!(read("abi = 2\ncommand = [\"b\"]").unwrap_err(), future);
        assert!(read("\u{0}").is_err());
    }

    #[test]
    fn what_a_plugin_says_otherwise_is_found() {
        let sidecar = Sidecar { ids: vec!["b".into(), "a".into()], version: "1".into(), ..Sidecar::default() };
        let offered =
            |id: &str, version: &str| Descriptor { version: version.into(), ..Descriptor::transform(id, "", &[]) };
        assert_eq!(sidecar.difference(&[offered("a", "1"), offered("b", "1")]), None);
        let difference = sidecar.difference(&[offered("a", "1")]).unwrap();
        assert_eq!(difference, "its plugin.toml names a, b, but it offers a");
        let difference = sidecar.difference(&[offered("a", "1"), offered("b", "2")]).unwrap();
        assert_eq!(difference, "its plugin.toml says version 1, `b` says 2");
    }

    #[test]
    fn a_folder_without_one_has_none() {
        assert_eq!(Sidecar::in_folder(tempfile::tempdir().unwrap().path()).unwrap(), None);
    }
}
