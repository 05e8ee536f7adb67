//! Bad input: each case is refused with the file, the fault and the remedy, and the right exit code.

use crate::laboratory::Laboratory;
use crate::program::{Ended, PROGRAM, placebo, text};
use std::path::Path;
use std::process::Command;

/// A change of the laboratory's plan and what the program says to it.
struct Case {
    old: &'static str,
    new: &'static str,
    code: i32,
    says: &'static [&'static str],
}

const PLANS: [Case; 10] = [
    Case { old: "epochs", new: "epoch", code: 2, says: &["unknown key `epoch`", "`epochs`", "plan.toml", "line 20"] },
    Case {
        old: "[training]",
        new: "[trainings]",
        code: 2,
        says: &["unknown key `trainings`", "`training`", "plan.toml"],
    },
    Case {
        old: "definition.simplified",
        new: "definition.simplifed",
        code: 2,
        says: &["`definition.simplified`", "placebo plugins", "Simplified"],
    },
    Case { old: "\"rouge-l\"", new: "\"rogue-l\"", code: 2, says: &["`rouge-l`", "placebo plugins", "rogue-l"] },
    Case {
        old: "{ id = \"definition.simplified\" }",
        new: "{ id = \"examples.first\", l = 1 }",
        code: 2,
        says: &["`l`", "the nearest is `k`", "examples.first"],
    },
    Case {
        old: "{ id = \"definition.simplified\" }",
        new: "{ id = \"examples.first\", k = -1 }",
        code: 2,
        says: &["-1 is not a whole number from 0", "`k`", "examples.first"],
    },
    Case { old: "epochs = 40", new: "epochs = -1", code: 2, says: &["training.epochs", "plan.toml"] },
    Case {
        old: "tasks-folder",
        new: "no-such-folder",
        code: 2,
        says: &["does not exist", "data.path", "no-such-folder"],
    },
    Case {
        old: "[data]",
        new: "[data]\ntrack = \"defualt\"",
        code: 2,
        says: &["no such track", "the nearest is `default`"],
    },
    Case { old: "bundled:nano", new: "no/such/folder/model", code: 1, says: &["no/such/folder/model"] },
];

#[test]
fn plans() {
    for case in PLANS {
        let laboratory = Laboratory::new();
        laboratory.change_plan(case.old, case.new);
        placebo(&laboratory.run_arguments()).refused(case.code, case.says);
        assert!(laboratory.run_folders().is_empty(), "a refused plan leaves no runs: {}", case.new);
    }
}

#[test]
fn a_missing_plan() {
    placebo(&["run", "no/such/plan.toml"]).refused(2, &["no/such/plan.toml", "give the path of a plan"]);
}

#[test]
fn arguments() {
    placebo(&["runn"]).refused(2, &["unrecognized subcommand", "'run'"]);
    placebo(&["run", "plan.toml", "--device", "gpu"]).refused(2, &["no such device", "`metal`"]);
    placebo(&["tasks", "folder", "--split", "dev"]).refused(2, &["train, test and excluded"]);
    let laboratory = Laboratory::new();
    let unknown = [laboratory.run_arguments(), vec!["--only".into(), "ffff".into()]].concat();
    placebo(&unknown).refused(2, &["no run of the plan has this id", "--list", "ffff"]);
    let plan = laboratory.plan();
    placebo(&["prompts", text(&plan), "--condition", "Simple"]).refused(2, &["Original, Simplified", "`Simple`"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_window_without_a_display() {
    let mut program = Command::new(PROGRAM);
    let without = program.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    let ended = Ended::of(&without.output().expect("the executable can be started"));
    assert!(!ended.err.contains(".rs:"), "{}", ended.err);
    ended.refused(1, &["without a display use the commands", "`placebo --help` lists"]);
}

#[test]
fn task_files_that_are_missing_or_malformed_are_named_and_the_others_used() {
    let laboratory = Laboratory::new();
    std::fs::remove_file(laboratory.path("tasks-folder/tasks/train_count.json")).unwrap();
    laboratory.write("tasks-folder/tasks/test_count.json", "{ \"Definition\": [");
    let data = laboratory.path("tasks-folder");
    placebo(&["tasks", text(&data), "--split", "train"]).refused(1, &["train_count.json", "problem:"]);
    placebo(&["tasks", text(&data), "--split", "test"]).refused(1, &["test_count.json", "problem:"]);
    let err = placebo(&laboratory.run_arguments()).done_saying("train_count.json");
    assert!(err.contains("test_count.json"), "{err}");
}

#[test]
fn a_collection_without_any_usable_task_fails_its_runs() {
    let laboratory = Laboratory::new();
    for task in ["test_count", "test_colour"] {
        laboratory.write(&format!("tasks-folder/tasks/{task}.json"), "[]");
    }
    placebo(&laboratory.run_arguments()).refused(1, &["none of the test tasks can be used", "test_colour.json"]);
}

#[test]
fn results_that_cannot_be_written() {
    let laboratory = Laboratory::new();
    laboratory.write("results", "a file where a folder should be");
    placebo(&laboratory.run_arguments()).refused(1, &["--results DIR", text(&laboratory.results())]);
}

#[test]
fn a_plan_that_was_changed_after_its_runs_had_started() {
    let laboratory = Laboratory::new();
    placebo(&laboratory.run_arguments()).done();
    laboratory.change_plan("epochs = 40", "epochs = 41");
    let says = ["training.epochs", "40", "41", "another `name`", "plan.toml"];
    placebo(&laboratory.run_arguments()).refused(1, &says);
}

#[test]
fn a_plan_may_grow() {
    let laboratory = Laboratory::new();
    laboratory.change_plan("epochs = 40", "epochs = 1");
    placebo(&laboratory.run_arguments()).done();
    laboratory.change_plan("seeds = [1]", "seeds = [1, 2]");
    placebo(&laboratory.run_arguments()).done_saying("6 runs: 6 finished (4 before)");
}

#[test]
fn folders_without_results() {
    let laboratory = Laboratory::new();
    let folder = laboratory.path("tasks-folder");
    placebo(&["compare", text(&folder)]).refused(2, &["no runs in it", text(&folder)]);
    placebo(&["resume", text(&folder)]).refused(2, &["no plan's results in it", text(&folder)]);
    placebo(&["stop", text(&folder)]).refused(2, &["nothing is running in it", text(&folder)]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let laboratory = Laboratory::new();
    let results = laboratory.results();
    std::fs::create_dir(&results).unwrap();
    let Some(_disk) = SmallDisk::mount(&results) else {
        eprintln!("skipped: this user may not mount a small disk");
        return;
    };
    placebo(&laboratory.run_arguments()).refused(1, &["the disk is full", "free some space", text(&results)]);
}

/// A file system of half a megabyte, taken away in the end.
struct SmallDisk<'p>(&'p Path);

impl<'p> SmallDisk<'p> {
    fn mount(path: &'p Path) -> Option<Self> {
        let mut command = Command::new("mount");
        let status = command.args(["-t", "tmpfs", "-o", "size=512k", "tmpfs", text(path)]).output().ok()?.status;
        status.success().then_some(Self(path))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).output();
    }
}
