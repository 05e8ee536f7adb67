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
    window.expect("half of what it was, which changes no result");
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
    window.expect("Tokens/s");
    window.expect("1,234");
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
    window.expect("The results can no longer be read");
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
    window.expect("1 line of the journal, cut off or foreign, could not be read");
}

#[test]
fn a_waiting_run_is_taken_next_and_put_back_in_its_turn() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    let run = tuned(&folders);
    let mut window = Window::after(Command::Open(results.path().join("sample")));
    window.ask(Command::Select(run.path().to_owned()));
    window.press("Take it next");
    window.ask(Command::Refresh);
    window.expect("1 next");
    assert_eq!(window.harness.state().state().results.runs[0].path, run.path());
    window.press("Back in turn");
    window.ask(Command::Refresh);
    window.expect("13 runs: 13 waiting");
}

#[test]
fn several_runs_are_marked_and_stopped_together() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    let held: Vec<_> = folders.iter().take(2).map(|run| run.try_lock().unwrap().unwrap()).collect();
    let mut window = Window::after(Command::Open(results.path().join("sample")));
    window.ask(Command::Select(folders[0].path().to_owned()));
    window.ask(Command::Mark(folders[1].path().to_owned()));
    window.press("Stop 2 runs");
    assert!(folders[..2].iter().all(|run| run.stop_requested()));
    assert!(!folders[2].stop_requested());
    drop(held);
}

#[test]
fn curves_are_shown_raw_or_smoothed() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    say(tuned(&folders), (1..=9).map(step).collect());
    let mut window = Window::after(Command::Open(results.path().join("sample")));
    window.ask(Command::Select(tuned(&folders).path().to_owned()));
    window.expect("Training loss, smoothed: from 3.00 to");
    window.press("raw");
    window.press("smoothed");
    window.expect("Training loss, smoothed: from 3.00 to");
}
