//! Following runs: states, progress, failures, folders that vanish, wishes to stop.

use crate::fixture::{Window, runs, say, step};
use placebo_desktop::{Command, Page};
use placebo_experiment::event::Event;
use placebo_experiment::run_spec::RunKind;

fn tuned(folders: &[placebo_experiment::results::RunFolder]) -> &placebo_experiment::results::RunFolder {
    folders.iter().find(|folder| folder.spec().kind == RunKind::FineTune).unwrap()
}

#[test]
fn a_queue_shows_where_every_run_stands() {
    let results = tempfile::tempdir().unwrap();
    runs(results.path());
    let window = Window::after(Command::Open(results.path().join("sample")));
    assert_eq!(window.harness.state().state().page, Page::Runs);
    window.expect("13 runs: 13 waiting");
    window.expect("Curves begin with the first optimizer step");
}

#[test]
fn a_run_that_failed_says_why_and_what_to_do() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    let run = tuned(&folders);
    say(run, vec![step(1), step(2), Event::Failed { message: "CUDA out of memory".into() }]);
    let mut window = Window::after(Command::Open(results.path().join("sample")));
    window.expect("1 failed");
    window.ask(Command::Select(run.path().to_owned()));
    window.expect("Why it failed");
    window.expect("halve “Tokens per pass”");
    window.expect("failed: CUDA out of memory");
}

#[test]
fn a_running_run_is_followed_and_can_be_asked_to_stop() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    let run = tuned(&folders);
    let held = run.try_lock().unwrap().unwrap();
    let mut journal = run.journal(&held).unwrap();
    journal.write(step(4)).unwrap();
    let mut window = Window::after(Command::Open(results.path().join("sample")));
    window.expect("step 4 / 10");
    window.expect("1234 tokens/s");
    window.press("Stop this run");
    assert!(run.stop_requested());
    window.ask(Command::Refresh);
    window.expect("stopping");
}

#[test]
fn a_results_folder_that_disappears_is_told_and_nothing_hangs() {
    let results = tempfile::tempdir().unwrap();
    runs(results.path());
    let path = results.path().join("sample");
    let mut window = Window::after(Command::Open(path.clone()));
    window.expect("13 runs");
    std::fs::remove_dir_all(&path).unwrap();
    window.ask(Command::Refresh);
    window.expect("the results can no longer be read");
}

#[test]
fn a_torn_journal_is_told_in_the_log() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    let run = tuned(&folders);
    say(run, vec![Event::Warning { message: "a warning".into() }]);
    let journal = run.path().join("events.jsonl");
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, format!("{text}{{\"half\n")).unwrap();
    let mut window = Window::after(Command::Open(results.path().join("sample")));
    window.ask(Command::Select(run.path().to_owned()));
    window.expect("1 lines of the journal are cut off");
}
