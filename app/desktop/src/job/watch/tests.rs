//! The watcher over real folders: runs that come, go on, fail and vanish.

use super::*;
use placebo_experiment::event::Event;
use placebo_experiment::plan::{Inputs, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::resources;
use std::fs;

fn runs(results: &Path) -> Vec<RunFolder> {
    let plan = Plan::read(&resources::find("experiments/sample.toml").unwrap()).unwrap();
    let grid = plan.runs(&Registry::discover(), &Inputs::default()).unwrap();
    grid.runs.iter().map(|spec| RunFolder::create(results, spec).unwrap()).collect()
}

fn step(step: usize) -> Event {
    Event::Step {
        step,
        steps: 10,
        epoch: 0.1,
        loss: 2.0,
        learning_rate: 0.001,
        gradient_norm: 1.0,
        tokens_per_s: 100.0,
        examples_per_s: 2.0,
    }
}

#[test]
fn a_look_brings_what_changed_and_nothing_else() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    let mut watcher = Watcher::new(results.path().to_owned());
    assert_eq!(watcher.look(true).unwrap().unwrap().runs.len(), 13);
    assert!(watcher.look(true).unwrap().is_none(), "nothing happened");
    let held = folders[0].try_lock().unwrap().unwrap();
    let mut journal = folders[0].journal(&held).unwrap();
    journal.write(step(3)).unwrap();
    let seen = watcher.look(false).unwrap().unwrap();
    assert_eq!((&seen.runs[0].state, seen.runs[0].progress.step), (&RunState::Running, 3));
    assert!(watcher.is_busy());
    journal.write(Event::Failed { message: "no memory".into() }).unwrap();
    drop((journal, held));
    let seen = watcher.look(false).unwrap().unwrap();
    assert_eq!(seen.runs[0].state, RunState::Failed { reason: "no memory".into() });
    assert_eq!(seen.runs[0].log.last().unwrap().text, "failed: no memory");
}

#[test]
fn half_a_line_is_no_news_and_a_broken_one_is_counted() {
    let results = tempfile::tempdir().unwrap();
    let folders = runs(results.path());
    let mut watcher = Watcher::new(results.path().to_owned());
    watcher.look(true).unwrap();
    let journal = folders[0].path().join("events.jsonl");
    fs::write(&journal, "{\"time\":1.0,\"event\":\"sto").unwrap();
    assert!(watcher.look(false).unwrap().is_none());
    fs::write(&journal, "{\"time\":1.0,\"event\":\"sto\n").unwrap();
    let seen = watcher.look(false).unwrap().unwrap();
    assert_eq!(seen.runs.iter().map(|run| run.unreadable).sum::<usize>(), 1);
}

#[test]
fn a_folder_that_vanishes_is_told_once_and_found_again() {
    let results = tempfile::tempdir().unwrap();
    let path = results.path().join("results");
    fs::create_dir(&path).unwrap();
    runs(&path);
    let mut watcher = Watcher::new(path.clone());
    watcher.look(true).unwrap();
    let aside = results.path().join("aside");
    fs::rename(&path, &aside).unwrap();
    let message = watcher.look(true).unwrap_err();
    assert!(message.starts_with("the results can no longer be read"), "{message}");
    assert!(watcher.look(true).unwrap().is_none());
    fs::rename(&aside, &path).unwrap();
    assert_eq!(watcher.look(true).unwrap().unwrap().runs.len(), 13);
}
