//! The files in the repository are those that the generator writes.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::collections::BTreeMap;
use std::path::Path;

use placebo_sample_tasks::{official, training, unseen};

/// Paths below `folder`, with `/` between their parts, and the files' bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(self::files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            files.insert(name, fs_err::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn committed_files_are_up_to_date() {
    let fresh = tempfile::tempdir().unwrap();
    official::write(fresh.path(), &training(), &unseen()).unwrap();
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"));
    let generated = files(fresh.path());
    let stale: Vec<_> = committed.keys().filter(|name| !generated.contains_key(*name)).collect();
    assert!(stale.is_empty(), "to be deleted: {stale:?}");
    for (name, bytes) in &generated {
        let hint = "run `cargo run --release -p placebo-sample-tasks` and commit the result";
        assert!(committed.get(name) == Some(bytes), "out of date: `{name}`; {hint}");
    }
}

#[test]
fn sample_data_stay_small() {
    let total: usize = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).values().map(Vec::len).sum();
    assert!(total < 6_000_000, "{total} bytes");
}
