//! `plugin.toml` of strangers: any text is refused or understood, and what is understood is judged, without a panic.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use placebo_experiment::plugin::{Sidecar, Source};

/// A folder of this process's own, in memory where the system has such a place.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let place = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = place.join(format!("placebo-fuzz-sidecar-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the place can be written to");
    folder
});

fuzz_target!(|bytes: &[u8]| {
    std::fs::write(FOLDER.join("plugin.toml"), bytes).expect("the folder is there");
    if let Ok(Some(sidecar)) = Sidecar::in_folder(&FOLDER) {
        sidecar.difference(&[]);
        if let Ok(source) = Source::locate(&FOLDER) {
            let _ = source.sha256();
            source.limits();
        }
    }
});
