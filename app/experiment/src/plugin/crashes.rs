//! Which plugins crashed when they were last used, so that the next start can name them.

use std::io::Write;
use std::path::{Path, PathBuf};

use fs_err as fs;
use serde::{Deserialize, Serialize};

/// One crash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crash {
    /// The plugin's id; the library's or folder's name where it crashed before it had described itself.
    pub plugin: String,
    /// The library or the script's folder.
    pub path: PathBuf,
    /// How it ended, and its last words.
    pub cause: String,
}

/// A file of notes, one a line, read and emptied by the next start.
#[derive(Clone, Debug, Default)]
pub struct CrashNotes {
    file: Option<PathBuf>,
}

impl CrashNotes {
    /// The notes in this file, which need not exist yet.
    pub fn at(file: PathBuf) -> CrashNotes {
        CrashNotes { file: Some(file) }
    }

    /// Notes a crash. That it cannot be noted must not hide the crash itself, which its caller reports.
    pub fn add(&self, plugin: &str, path: &Path, cause: String) {
        let Some(file) = &self.file else { return };
        let crash = Crash { plugin: plugin.into(), path: path.into(), cause };
        let line = serde_json::to_string(&crash).expect("text becomes JSON");
        let open = |file: &Path| {
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::OpenOptions::new().create(true).append(true).open(file)
        };
        let _ = open(file).and_then(|mut notes| writeln!(notes, "{line}"));
    }

    /// The crashes noted so far, each once; they are forgotten here.
    pub fn take(&self) -> Vec<Crash> {
        let Some(file) = &self.file else { return Vec::new() };
        let text = fs::read_to_string(file).unwrap_or_default();
        let mut crashes: Vec<Crash> = Vec::new();
        for crash in text.lines().filter_map(|line| serde_json::from_str::<Crash>(line).ok()) {
            crashes.retain(|known| (&known.plugin, &known.path) != (&crash.plugin, &crash.path));
            crashes.push(crash);
        }
        if !crashes.is_empty() {
            let _ = fs::remove_file(file);
        }
        crashes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_crash_of_each_plugin_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let notes = CrashNotes::at(folder.path().join("data/crashes.jsonl"));
        notes.add("a", Path::new("/a.so"), "signal: 6".into());
        notes.add("b", Path::new("/b.so"), "signal: 9".into());
        notes.add("a", Path::new("/a.so"), "signal: 11".into());
        let told: Vec<_> = notes.take().into_iter().map(|crash| (crash.plugin, crash.cause)).collect();
        assert_eq!(told, [("b".into(), "signal: 9".into()), ("a".to_string(), "signal: 11".to_string())]);
        assert_eq!(notes.take(), []);
    }
}
