//! Plugins in processes of their own: whatever they do, an error names them, the next question is answered, and no process
//! is left behind.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::Settings;
use tempfile::TempDir;

use crate::{hosted, item, library, misbehaving};

/// A folder with the misbehaving library under these limits.
pub fn confined(limits: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = library("placebo_misbehaving");
    let name = from.file_name().unwrap().to_str().unwrap();
    std::fs::copy(&from, folder.path().join(name)).unwrap();
    let sidecar = format!("abi = 1\nlibrary = \"{name}\"\n[limits]\n{limits}\n");
    std::fs::write(folder.path().join("plugin.toml"), sidecar).unwrap();
    folder
}

pub fn transform(registry: &Registry, id: &str) -> Result<Vec<String>, String> {
    let items = vec![item("task001"), item("task002")];
    let results = registry.apply(id, &Settings::default(), items).map_err(|error| error.to_string())?;
    Ok(results.into_iter().map(|result| result.instruction.task).collect())
}

/// The processes whose command line names this folder.
pub fn processes_of(folder: &Path) -> Vec<String> {
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    let command = |entry: std::fs::DirEntry| std::fs::read_to_string(entry.path().join("cmdline")).ok();
    let name = folder.file_name().unwrap().to_str().unwrap();
    processes.flatten().filter_map(command).filter(|command| command.contains(name)).collect()
}

/// Asserts that asking `id` gives this error, that the others go on, and that nothing is left behind.
fn assert_survived(id: &str, limits: &str, cause: &str) {
    let folder = confined(limits);
    let registry = hosted(folder.path());
    assert_eq!(registry.refused(), []);
    let error = transform(&registry, id).unwrap_err();
    assert!(error.contains(cause) && error.ends_with(&format!("asked for plugin `{id}`")), "{error}");
    assert!(error.contains(folder.path().canonicalize().unwrap().to_str().unwrap()), "{error}");
    assert_eq!(transform(&registry, "misbehaving.prints").unwrap(), ["task001", "task002"]);
    drop(registry);
    assert_eq!(processes_of(folder.path()), [""; 0]);
}

#[test]
fn an_abort_ends_the_child_only() {
    assert_survived("misbehaving.aborts", "", "its process ended without an answer (signal: 6 (SIGABRT)");
}

#[test]
fn an_exit_is_no_answer() {
    assert_survived("misbehaving.exits", "", "its process ended without an answer (exit status: 0)");
}

#[test]
fn an_endless_loop_and_a_long_sleep_are_ended_in_time() {
    for id in ["misbehaving.spins", "misbehaving.sleeps"] {
        let begun = Instant::now();
        assert_survived(
            id,
            "seconds = 6",
            "it gave no answer within 6 seconds and was ended; more time gives `seconds`",
        );
        assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    }
}

#[test]
#[cfg(target_os = "linux")]
fn ten_gigabytes_are_not_to_be_had() {
    let cause = "its last words: memory allocation of 10737418240 bytes failed";
    assert_survived("misbehaving.hoards", "memory_mb = 1024", cause);
}

/// What travels through a pipe is what travels through a call.
#[test]
fn errors_are_the_same_in_process_and_out_of_it() {
    let folder = confined("");
    let (inside, outside) = (misbehaving(), hosted(folder.path()));
    let without_path = |error: String| error.split(" of `").next().unwrap().to_string();
    for id in ["misbehaving.panics", "misbehaving.fails", "misbehaving.forgets", "misbehaving.oversteps"] {
        let ask = |registry| without_path(transform(registry, id).unwrap_err());
        assert_eq!(ask(&inside), ask(&outside), "{id}");
    }
}

#[test]
fn what_is_printed_goes_elsewhere_and_requests_are_not_to_be_read() {
    let folder = confined("");
    let registry = hosted(folder.path());
    assert_eq!(transform(&registry, "misbehaving.prints").unwrap(), ["task001", "task002"]);
    assert_eq!(transform(&registry, "misbehaving.listens").unwrap(), ["task001", "task002"]);
}

#[test]
fn a_question_is_given_up_when_the_program_is_to_stop() {
    let folder = confined("");
    let registry = hosted(folder.path());
    let cancelled = registry.cancelled();
    let begun = Instant::now();
    let error = std::thread::scope(|scope| {
        let asked = scope.spawn(|| transform(&registry, "misbehaving.sleeps").unwrap_err());
        assert_eq!(processes_of(folder.path()).len(), 1);
        cancelled.store(true, Ordering::Relaxed);
        asked.join().unwrap()
    });
    assert!(error.starts_with("it was stopped: `"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    drop(registry);
    assert_eq!(processes_of(folder.path()), [""; 0]);
}

#[test]
fn many_items_come_back_in_their_order() {
    let folder = confined("");
    let registry = hosted(folder.path());
    let items: Vec<_> = (0..2000).map(|place| item(&format!("task{place}"))).collect();
    let results = registry.apply("misbehaving.prints", &Settings::default(), items).unwrap();
    assert!(results.iter().enumerate().all(|(place, result)| result.instruction.task == format!("task{place}")));
}
