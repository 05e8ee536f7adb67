//! What goes wrong around the window: processes that are killed or cannot write, damaged files, settings that are lost.

use crate::fixture::{Window, finish, runs, script};
use placebo_desktop::{Command, Page, Settings};

/// A window whose program ends as a script says, after it was asked to run the sample.
#[cfg(unix)]
fn after_a_run(text: &str) -> Window {
    let scripts = tempfile::tempdir().unwrap();
    let program = script(scripts.path(), text);
    Window::with(Settings::default(), program, Some(Command::RunSample))
}

#[cfg(unix)]
#[test]
fn a_killed_worker_is_told_with_the_way_to_go_on() {
    let window = after_a_run("kill -9 $$");
    window.expect("The process at work on sample was killed; Resume goes on from its last save");
}

#[cfg(unix)]
#[test]
fn runs_that_failed_are_told_with_the_last_words() {
    let window = after_a_run("echo 'error: the disk is full' >&2; exit 1");
    window.expect("Some runs of sample failed; page Runs shows which and why");
    window.expect("the disk is full");
}

#[test]
fn a_damaged_record_is_told_and_the_others_are_shown() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    folders.iter().take(3).for_each(|run| finish(run, |number| number < 5));
    std::fs::write(folders[0].path().join("spec.json"), "{").unwrap();
    let window = Window::after(Command::Open(results.path().join("sample")));
    window.expect("12 runs");
    window.expect("spec.json");
}

#[test]
fn damaged_scores_end_no_comparison_silently() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    folders.iter().for_each(|run| finish(run, |number| number < 5));
    std::fs::write(folders[0].path().join("scores.json"), "{").unwrap();
    let mut window = Window::after(Command::Open(results.path().join("sample")));
    window.ask(Command::Show(Page::Compare));
    window.expect("scores.json");
}

#[test]
fn a_plan_that_cannot_be_saved_is_told_and_kept() {
    let mut window = Window::after(Command::TakeSample);
    let blocked = tempfile::NamedTempFile::new().unwrap();
    window.ask(Command::SetResults(blocked.path().join("below").join("results")));
    window.ask(Command::SavePlan);
    window.expect("my-experiment.toml");
    assert!(window.harness.state().state().draft.is_unsaved());
    window.expect("Dismiss");
}

#[test]
fn settings_that_cannot_be_kept_are_told_as_soon_as_something_is_to_be_kept() {
    let mut window = Window::without_memory();
    window.ask(Command::Show(Page::Plugins));
    window.settle();
    window.expect("the next start does not find the window and the plan as they are now");
    window.expect("PLACEBO_SETTINGS");
    window.expect("settings");
    window.expect("Dismiss");
}
