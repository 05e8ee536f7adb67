//! Kills, stops and shared grids: whatever happens on the way, the answers and scores are those of an undisturbed run.

use crate::laboratory::Laboratory;
use crate::program::{finish, placebo, start, text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

type Outcomes = Vec<(String, String, String)>;

const DEADLINE: Duration = Duration::from_secs(120);

/// What the laboratory's plan gives when nothing happens and its runs come one after another.
fn undisturbed() -> &'static Outcomes {
    static OUTCOMES: OnceLock<Outcomes> = OnceLock::new();
    OUTCOMES.get_or_init(|| {
        let laboratory = Laboratory::new();
        placebo(&[laboratory.run_arguments(), vec!["--jobs".into(), "1".into()]].concat()).done();
        let outcomes = laboratory.outcomes();
        assert_eq!(outcomes.len(), 4);
        assert!(outcomes.iter().all(|(_, _, scores)| !scores.is_empty()));
        outcomes
    })
}

/// Starts the laboratory's plan and waits for a moment of its course.
fn start_until(laboratory: &Laboratory, moment: impl Fn(&[PathBuf]) -> bool) -> Child {
    let child = start(&laboratory.run_arguments());
    let begun = Instant::now();
    while !moment(&laboratory.run_folders()) {
        assert!(begun.elapsed() < DEADLINE, "the moment did not come");
        std::thread::yield_now();
    }
    child
}

/// Events of this kind in all journals together.
fn count(runs: &[PathBuf], event: &str) -> usize {
    let journals = runs.iter().filter_map(|run| fs::read_to_string(run.join("events.jsonl")).ok());
    journals.map(|journal| journal.matches(&format!("\"event\":\"{event}\"")).count()).sum()
}

fn kill_and_go_on(moment: impl Fn(&[PathBuf]) -> bool) {
    let laboratory = Laboratory::new();
    let mut child = start_until(&laboratory, moment);
    child.kill().unwrap();
    child.wait().unwrap();
    placebo(&laboratory.run_arguments()).done();
    assert_eq!(&laboratory.outcomes(), undisturbed());
}

#[test]
fn side_by_side_as_one_after_another() {
    let laboratory = Laboratory::new();
    let arguments = [laboratory.run_arguments(), vec!["--jobs".into(), "3".into()]].concat();
    placebo(&arguments).done_saying("4 runs: 4 finished");
    assert_eq!(&laboratory.outcomes(), undisturbed());
}

#[test]
fn killed_before_the_first_step() {
    kill_and_go_on(|runs| !runs.is_empty());
}

#[test]
fn killed_in_the_middle_of_training() {
    for steps in [1, 3, 6, 12] {
        kill_and_go_on(|runs| count(runs, "step") >= steps);
    }
}

#[test]
fn killed_while_answering() {
    kill_and_go_on(|runs| count(runs, "generating") > 0);
}

#[test]
fn killed_between_answers_and_scores() {
    kill_and_go_on(|runs| runs.iter().any(|run| run.join("generations.jsonl").exists()));
}

#[test]
fn killed_twice_and_between_two_runs() {
    let laboratory = Laboratory::new();
    let finished = |runs: &[PathBuf]| runs.iter().filter(|run| run.join("scores.json").exists()).count();
    for wanted in [1, 2] {
        let mut child = start_until(&laboratory, |runs| finished(runs) >= wanted);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    placebo(&laboratory.run_arguments()).done();
    assert_eq!(&laboratory.outcomes(), undisturbed());
}

#[test]
fn stopped_and_resumed() {
    let laboratory = Laboratory::new();
    let child = start_until(&laboratory, |runs| count(runs, "step") > 0);
    let results = laboratory.results().join("journey");
    let asked = placebo(&["stop", text(&results)]).done();
    assert!(asked.starts_with("asked to save and end"), "{asked}");
    let stopped = finish(child);
    assert_eq!(stopped.code, Some(3), "{}", stopped.err);
    let runs = laboratory.run_folders();
    let begun = count(&runs, "started") - count(&runs, "finished");
    assert!(begun > 0 && count(&runs, "stopped") == begun, "{begun} were asked to stop");
    placebo(&["stop", text(&results)]).refused(2, &["nothing is running", text(&results)]);
    placebo(&["resume", text(&results), "--device", "cpu"]).done();
    assert_eq!(&laboratory.outcomes(), undisturbed());
}

#[cfg(unix)]
#[test]
fn interrupted_by_signals() {
    for signal in ["-INT", "-TERM"] {
        let laboratory = Laboratory::new();
        let child = start_until(&laboratory, |runs| count(runs, "step") > 0);
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let stopped = finish(child);
        assert_eq!(stopped.code, Some(3), "{}", stopped.err);
        assert!(stopped.err.contains("saving; once more to end at once"), "{}", stopped.err);
        placebo(&laboratory.run_arguments()).done();
        assert_eq!(&laboratory.outcomes(), undisturbed());
    }
}

#[test]
fn two_processes_share_a_grid() {
    let laboratory = Laboratory::new();
    let children = [start(&laboratory.run_arguments()), start(&laboratory.run_arguments())];
    for ended in children.map(finish) {
        ended.done();
    }
    assert_eq!(&laboratory.outcomes(), undisturbed());
    for run in laboratory.run_folders() {
        let run = [run];
        assert_eq!((count(&run, "started"), count(&run, "finished")), (1, 1), "{}", run[0].display());
    }
}

#[test]
fn a_finished_grid_is_not_run_again() {
    let laboratory = Laboratory::new();
    placebo(&laboratory.run_arguments()).done();
    let written = |run: &PathBuf| fs::metadata(run.join("scores.json")).unwrap().modified().unwrap();
    let before: Vec<_> = laboratory.run_folders().iter().map(written).collect();
    placebo(&laboratory.run_arguments()).done_saying("4 runs: 4 finished (4 before)");
    assert_eq!(laboratory.run_folders().iter().map(written).collect::<Vec<_>>(), before);
}

#[test]
fn a_damaged_save_gives_way_to_the_one_before() {
    let laboratory = Laboratory::new();
    let saves = |runs: &[PathBuf]| runs.iter().map(|run| files_below(&run.join("checkpoints")).len()).max();
    let mut child = start_until(&laboratory, |runs| count(runs, "step") >= 10 && saves(runs) > Some(1));
    child.kill().unwrap();
    child.wait().unwrap();
    let runs = laboratory.run_folders();
    let newest = runs.iter().flat_map(|run| files_below(&run.join("checkpoints")));
    let newest = newest.max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap()).unwrap();
    let mut bytes = fs::read(&newest).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&newest, bytes).unwrap();
    placebo(&laboratory.run_arguments()).done();
    assert_eq!(&laboratory.outcomes(), undisturbed());
    assert!(count(&runs, "warning") > 0, "nobody was told of {}", newest.display());
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
