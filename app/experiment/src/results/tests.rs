//! A run's folder through its life, and a plan's folder through changes of the plan.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::testing::{spec, started};
use super::*;
use crate::event::Event;
use crate::generation::Generation;
use crate::plan::Plan;
use crate::run_spec::RunSpec;
use crate::score::Scores;

/// Where a process of the test below finds its run.
const RUN_TO_HOLD: &str = "PLACEBO_TEST_RUN_TO_HOLD";

fn generation(prediction: &str) -> Generation {
    Generation {
        task: "task1".into(),
        instance: "1".into(),
        prompt_sha256: "0".into(),
        prediction: prediction.into(),
        references: vec!["a\nb".into()],
    }
}

#[test]
fn a_run_goes_from_waiting_to_finished() {
    let results = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(results.path(), &spec(1)).unwrap();
    assert_eq!(folder.path(), results.path().join("trial").join(spec(1).id().as_str()));
    assert_eq!(folder.state().unwrap(), RunState::Waiting);
    let lock = folder.try_lock().unwrap().unwrap();
    folder.journal(&lock).unwrap().write(started()).unwrap();
    assert_eq!(folder.state().unwrap(), RunState::Running);
    assert!(folder.holder().unwrap().starts_with(&format!("process {} on ", std::process::id())));
    folder.write_generations(&[generation("é"), generation("")]).unwrap();
    folder.write_scores(&Scores::default()).unwrap();
    drop(lock);
    let reopened = RunFolder::open(folder.path()).unwrap();
    assert_eq!(reopened, folder);
    assert_eq!(reopened.state().unwrap(), RunState::Finished);
    assert_eq!(reopened.generations().unwrap(), [generation("é"), generation("")]);
    assert_eq!(reopened.holder(), None);
}

#[test]
fn how_a_run_ended_is_read_off_its_journal() {
    let results = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(results.path(), &spec(1)).unwrap();
    let lock = folder.try_lock().unwrap().unwrap();
    let mut journal = folder.journal(&lock).unwrap();
    drop(lock);
    let mut state_after = |event| {
        journal.write(event).unwrap();
        folder.state().unwrap()
    };
    let failed = RunState::Failed { reason: "no memory".into() };
    assert_eq!(state_after(Event::Failed { message: "no memory".into() }), failed);
    assert_eq!(state_after(Event::Warning { message: "odd".into() }), failed);
    assert_eq!(state_after(started()), RunState::Stopped);
    assert_eq!(state_after(Event::Stopped { step: 3 }), RunState::Stopped);
}

/// Not a test by itself: the process that the next one kills.
#[test]
fn a_process_that_holds_a_run() {
    let Ok(path) = std::env::var(RUN_TO_HOLD) else { return };
    let folder = RunFolder::open(Path::new(&path)).unwrap();
    let lock = folder.try_lock().unwrap().unwrap();
    folder.journal(&lock).unwrap().write(started()).unwrap();
    println!("\nheld");
    let _ = std::io::stdin().read_line(&mut String::new());
}

fn hold_in_another_process(folder: &RunFolder) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "results::tests::a_process_that_holds_a_run", "--nocapture"])
        .env(RUN_TO_HOLD, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "held"));
    child
}

#[test]
fn a_killed_process_lets_go_of_its_run() {
    let results = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(results.path(), &spec(1)).unwrap();
    let mut child = hold_in_another_process(&folder);
    assert_eq!(folder.state().unwrap(), RunState::Running);
    assert!(folder.holder().unwrap().starts_with(&format!("process {} on ", child.id())));
    assert!(folder.try_lock().unwrap().is_none());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(folder.state().unwrap(), RunState::Stopped);
    assert!(folder.try_lock().unwrap().is_some());
}

#[test]
fn scanning_finds_runs_from_the_root_the_plan_and_the_run_itself() {
    let results = tempfile::tempdir().unwrap();
    let folders: Vec<_> = (0..3).map(|seed| RunFolder::create(results.path(), &spec(seed)).unwrap()).collect();
    let empty = results.path().join("trial").join("0123456789abcdef");
    fs::create_dir_all(empty).unwrap();
    for path in [results.path(), &results.path().join("trial")] {
        let found = scan(path).unwrap();
        assert_eq!(found.runs.len(), 3);
        assert_eq!(found.problems.len(), 1);
        assert!(found.problems[0].to_string().starts_with("no `spec.json` in it"));
    }
    assert_eq!(scan(folders[0].path()).unwrap().runs, folders[..1]);
}

#[test]
fn a_damaged_record_is_named() {
    let results = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(results.path(), &spec(1)).unwrap();
    let path = folder.path().join("scores.json");
    fs::write(&path, "{\"tasks\": {").unwrap();
    let message = folder.scores().unwrap_err().to_string();
    assert!(message.contains(&path.display().to_string()) && message.contains("remove its folder"), "{message}");
}

#[test]
fn a_results_folder_that_is_a_file_is_told_with_the_remedy() {
    let results = tempfile::tempdir().unwrap();
    let path = results.path().join("file");
    fs::write(&path, "").unwrap();
    let message = RunFolder::create(&path, &spec(1)).unwrap_err().to_string();
    assert!(message.contains("--results DIR") && message.contains(&path.display().to_string()), "{message}");
}

#[test]
fn a_condition_s_new_name_reaches_the_runs_that_are_there() {
    let results = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(results.path(), &spec(1)).unwrap();
    let mut renamed = spec(1);
    renamed.condition.name = "As published".into();
    RunFolder::create(results.path(), &renamed).unwrap();
    assert_eq!(*RunFolder::open(folder.path()).unwrap().spec(), renamed);
}

#[test]
fn a_damaged_generation_is_told_with_its_line() {
    let results = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(results.path(), &spec(1)).unwrap();
    folder.write_generations(&[generation("a"), generation("b")]).unwrap();
    let path = folder.path().join("generations.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, &text[..text.len() - 4]).unwrap();
    let message = folder.generations().unwrap_err().to_string();
    assert!(message.contains("at line 2") && message.contains("generations.jsonl"), "{message}");
}

fn plan(seeds: &str, epochs: u64) -> (Plan, Vec<RunSpec>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    let toml = format!(
        "name = \"trial\"\nseeds = {seeds}\n[data]\npath = \"/data\"\n[model]\ncheckpoint = \"x\"\n\
         [training]\nepochs = {epochs}\n[[condition]]\nname = \"Original\"\n"
    );
    fs::write(&path, toml).unwrap();
    let plan = Plan::read(&path).unwrap();
    let specs = plan.seeds.iter().map(|seed| {
        let mut spec = spec(*seed);
        spec.training = plan.training.recipe();
        spec
    });
    let specs = specs.collect();
    (plan, specs)
}

fn start(folder: &RunFolder) {
    let lock = folder.try_lock().unwrap().unwrap();
    folder.journal(&lock).unwrap().write(started()).unwrap();
}

#[test]
fn a_grid_may_grow_and_waiting_runs_may_go() {
    let results = tempfile::tempdir().unwrap();
    let ((small, small_runs), (large, large_runs)) = (plan("[1]", 2), plan("[1, 2, 3]", 2));
    let prepared = PlanFolder::prepare(results.path(), &small, &small_runs).unwrap();
    start(&prepared.runs()[0]);
    let grown = PlanFolder::prepare(results.path(), &large, &large_runs).unwrap();
    assert_eq!(scan(grown.path()).unwrap().runs.len(), 3);
    assert_eq!(Plan::read(&PlanFolder::plan_file(grown.path())).unwrap(), large);
    let shrunk = PlanFolder::prepare(results.path(), &small, &small_runs).unwrap();
    assert_eq!(scan(shrunk.path()).unwrap().runs, shrunk.runs());
}

#[test]
fn a_plan_changed_after_a_run_started_is_refused_with_what_changed() {
    let results = tempfile::tempdir().unwrap();
    let ((old, old_runs), (new, new_runs)) = (plan("[1, 2]", 2), plan("[1, 2]", 3));
    let prepared = PlanFolder::prepare(results.path(), &old, &old_runs).unwrap();
    start(&prepared.runs()[1]);
    let error = PlanFolder::prepare(results.path(), &new, &new_runs).unwrap_err().to_string();
    let file = results.path().join("trial").join("plan.toml");
    let expected = format!(
        "1 started run does not belong to the plan any more (`training.epochs` 2.0 → 3.0); restore the old values, \
         give the plan another `name`, or remove the folder of: `{}`",
        file.display()
    );
    assert_eq!(error, expected);
    assert_eq!(Plan::read(&file).unwrap(), old);
}

#[test]
fn task_files_that_changed_are_told_as_such() {
    let results = tempfile::tempdir().unwrap();
    let (plan, runs) = plan("[1]", 2);
    let prepared = PlanFolder::prepare(results.path(), &plan, &runs).unwrap();
    start(&prepared.runs()[0]);
    let mut changed = runs;
    changed[0].data.digest = "d2".into();
    let error = PlanFolder::prepare(results.path(), &plan, &changed).unwrap_err().to_string();
    assert!(error.contains("(`data.digest` \"d1\" → \"d2\")"), "{error}");
}
