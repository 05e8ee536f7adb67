//! Scripts: a command, lines in, lines out, and everything that can go wrong with that.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use placebo_experiment::plugin::Registry;
use tempfile::TempDir;

use crate::children::{processes_of, transform};
use crate::hosted;

const ID: &str = "misbehaving.script";

/// A folder with the misbehaving script, told how; `None`, and a word about it, where there is no Python.
pub fn script(behaviour: &str, limits: &str) -> Option<TempDir> {
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: no python3");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/misbehaving/misbehaving.py");
    std::fs::copy(source, folder.path().join("misbehaving.py")).unwrap();
    let sidecar = format!(
        "abi = 1\nids = [\"{ID}\"]\ncommand = [\"python3\", \"misbehaving.py\", \"{behaviour}\"]\n[limits]\n{limits}\n"
    );
    std::fs::write(folder.path().join("plugin.toml"), sidecar).unwrap();
    Some(folder)
}

/// The error of asking a script that behaves so; nothing of it is left behind.
fn error(behaviour: &str, limits: &str) -> Option<String> {
    let folder = script(behaviour, limits)?;
    let registry: Registry = hosted(folder.path());
    assert_eq!(registry.refused(), []);
    let error = transform(&registry, ID).unwrap_err();
    drop(registry);
    assert_eq!(processes_of(folder.path()), [""; 0]);
    assert!(error.contains(&format!("plugin `{ID}`")), "{error}");
    Some(error)
}

#[test]
fn answers_that_are_none_are_named() {
    for (behaviour, wanted) in [
        ("garbage", "it wrote something that is no answer (expected value at line 1 column 1): \"Hello, host!\""),
        ("truncated", "its process ended without an answer (in the middle of an answer, exit status: 0)"),
        ("one_too_few", "it answered 1 of 2 items"),
        ("something_else", "it answered a request to transform with something else"),
        ("invalid_utf8", "it wrote something that is no answer (invalid unicode code point"),
        ("raises", "its process ended without an answer (exit status: 1), its last words: ValueError: no such word"),
    ] {
        if let Some(error) = error(behaviour, "") {
            assert!(error.starts_with(wanted), "{behaviour}: {error}");
        }
    }
}

#[test]
fn time_and_memory_are_limited() {
    if let Some(error) = error("sleeps", "seconds = 6") {
        assert!(error.starts_with("it gave no answer within 6 seconds"), "{error}");
    }
    if let Some(error) = error("hoards", "memory_mb = 1024").filter(|_| cfg!(target_os = "linux")) {
        assert!(error.contains("its last words: MemoryError"), "{error}");
    }
}

#[test]
fn a_script_answers_and_is_started_anew_after_a_crash() {
    let Some(folder) = script("crashes_the_second_time", "") else { return };
    let registry = hosted(folder.path());
    let ask = |task: &str| {
        let items = vec![crate::item(task)];
        registry.apply(ID, &placebo_plugin_api::Settings::default(), items).unwrap()[0].instruction.task.clone()
    };
    assert_eq!([ask("a"), ask("b"), ask("c")], ["a", "b", "c"]);
}

#[test]
fn what_a_script_starts_ends_with_it() {
    let Some(folder) = script("leaves_children", "") else { return };
    let registry = hosted(folder.path());
    let before = sleepers().len();
    transform(&registry, ID).unwrap();
    assert!(comes_true(|| sleepers().len() == before + 1));
    drop(registry);
    assert!(comes_true(|| sleepers().len() == before));
}

/// Whether something becomes true within a minute.
fn comes_true(is_true: impl Fn() -> bool) -> bool {
    let until = Instant::now() + Duration::from_secs(60);
    while !is_true() && Instant::now() < until {
        std::thread::yield_now();
    }
    is_true()
}

fn sleepers() -> Vec<PathBuf> {
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    let sleeps =
        |path: &PathBuf| std::fs::read(path.join("cmdline")).is_ok_and(|command| command == b"sleep\x001000\x00");
    processes.flatten().map(|entry| entry.path()).filter(sleeps).collect()
}

#[test]
fn a_sidecar_that_lies_is_found_out() {
    let Some(folder) = script("behaves", "") else { return };
    let sidecar = folder.path().join("plugin.toml");
    let text = std::fs::read_to_string(&sidecar).unwrap();
    for (lie, wanted) in [
        (text.replace(ID, "other"), "its plugin.toml names other, but it offers misbehaving.script"),
        (text.replace("abi = 1", "abi = 2"), "it speaks version 2 of the plugin interface, this program version 1"),
        (
            text.replace("python3", "no-such-program"),
            "its process ended without an answer (exit status: 1), its last words: \
          error: its command `no-such-program` cannot be run",
        ),
    ] {
        std::fs::write(&sidecar, lie).unwrap();
        let registry = hosted(folder.path());
        assert!(registry.refused()[0].reason.starts_with(wanted), "{:?}", registry.refused());
    }
}
