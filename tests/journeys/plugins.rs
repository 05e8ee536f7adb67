//! Plugins from an empty folder to a row of the comparison, and plugins that crash on the way.

use crate::laboratory::Laboratory;
use crate::program::{Ended, PROGRAM, text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The program in the laboratory's folder, with a user's data of its own.
fn command(laboratory: &Laboratory, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(laboratory.path("")).env("XDG_DATA_HOME", laboratory.path("data"));
    command
}

fn placebo(laboratory: &Laboratory, arguments: &[&str]) -> Ended {
    Ended::of(&command(laboratory, arguments).stdin(Stdio::null()).output().unwrap())
}

/// Runs another program in a folder; false, and a word about it, where it is not installed.
fn tool(folder: &Path, words: &[&str]) -> bool {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-plugin");
    let run = Command::new(words[0]).args(&words[1..]).current_dir(folder).env("CARGO_TARGET_DIR", target).output();
    match run {
        Ok(output) => {
            assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(error) => {
            eprintln!("skipped: no {} ({error})", words[0]);
            false
        }
    }
}

/// A new plugin that has passed its own tests, or none where the language's tools are missing.
fn written(laboratory: &Laboratory, name: &str, kind: &str, language: &str) -> Option<PathBuf> {
    placebo(laboratory, &["plugin", "new", name, "--kind", kind, "--language", language]).done();
    let folder = laboratory.path(name);
    let steps: &[&[&str]] = match language {
        "python" => &[&["python3", "-m", "unittest"]],
        "c" => &[&["make"], &["make", "test"]],
        _ => &[&["cargo", "build", "--release", "--offline"], &["cargo", "test", "--release", "--offline"]],
    };
    steps.iter().all(|step| tool(&folder, step)).then_some(folder)
}

/// A new transform and a new metric in a language become a condition and a column of the comparison.
fn from_nothing_to_a_row(language: &str, prepare: impl Fn(&Path)) {
    let begun = Instant::now();
    let laboratory = Laboratory::new();
    for (name, kind) in [("altered", "transform"), ("answer-length", "metric")] {
        let Some(folder) = written(&laboratory, name, kind, language) else { return };
        prepare(&folder);
        let found = placebo(&laboratory, &["plugin", "validate", name, "--json"]).json();
        assert!(found["passed"] == true && found["findings"].as_array().unwrap().len() > 12, "{found}");
    }
    laboratory.change_plan("seeds = [1]", "seeds = [1]\nplugins = [\"altered\", \"answer-length\"]");
    laboratory.change_plan("definition.simplified", "altered");
    laboratory.change_plan("id = \"rouge-l\"", "id = \"answer-length\"");
    placebo(&laboratory, &["run", "plan.toml"]).refused(2, &["it is not trusted yet", "`placebo plugin trust "]);
    placebo(&laboratory, &["plugin", "trust", "altered", "answer-length"]).done();
    placebo(&laboratory, &["run", "plan.toml"]).done();
    let compared = placebo(&laboratory, &["compare", "results/journey", "--metric", "answer-length", "--json"]).json();
    assert!(compared.to_string().contains("Simplified"), "{compared}");
    eprintln!("{language}: from nothing to a row in {:.1} s", begun.elapsed().as_secs_f64());
}

#[test]
fn from_nothing_to_a_row_in_python() {
    from_nothing_to_a_row("python", |_| ());
}

#[test]
fn from_nothing_to_a_row_in_c() {
    from_nothing_to_a_row("c", |_| ());
}

#[test]
fn from_nothing_to_a_row_in_rust() {
    // The tests share one build folder; a user's project has its own, where its plugin.toml looks.
    from_nothing_to_a_row("rust", |folder| {
        let sidecar = fs::read_to_string(folder.join("plugin.toml")).unwrap();
        let library = sidecar.split('"').find(|word| word.starts_with("target/")).unwrap();
        let built =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-plugin").join(library.trim_start_matches("target/"));
        fs::create_dir_all(folder.join("target/release")).unwrap();
        fs::copy(built, folder.join(library)).unwrap();
    });
}

/// A transform as a script that does `what` with each request to transform.
fn script(laboratory: &Laboratory, what: &str) {
    script_of_scope(laboratory, "one-task", what);
}

fn script_of_scope(laboratory: &Laboratory, scope: &str, what: &str) {
    let description =
        r#"{"described":[{"id":"altered","summary":"A","kind":{"transform":{"touches":["definition"],"scope":"SCOPE"}}}]}"#.replace("SCOPE", scope);
    let program = format!(
        "import json, sys, os, time\nfor line in sys.stdin:\n    if 'describe' in line[:12]:\n        print('{description}', \
         flush=True)\n    else:\n        {what}\n"
    );
    laboratory.write("mine/mine.py", &program);
    laboratory.write("mine/plugin.toml", "abi = 1\nids = [\"altered\"]\ncommand = [\"python3\", \"mine.py\"]\n");
    laboratory.change_plan("seeds = [1]", "seeds = [1]\nplugins = [\"mine\"]");
    laboratory.change_plan("definition.simplified", "altered");
    placebo(laboratory, &["plugin", "trust", "mine"]).done();
}

/// The laboratory has two tasks to learn and two to answer.
#[test]
fn a_transform_that_sees_all_tasks_sees_those_of_both_stages() {
    let laboratory = Laboratory::new();
    if !tool(&laboratory.path(""), &["python3", "--version"]) {
        return;
    }
    let answer = "items = json.loads(line)['transform']['items']; told = 'one of %d tasks' % len(items); \
                  print(json.dumps({'transformed': [{'instruction': dict(item['instruction'], definition=told)} \
                  for item in items]}), flush=True)";
    script_of_scope(&laboratory, "all-tasks", answer);
    laboratory.change_plan(
        "transforms = [{ id = \"altered\" }]",
        "transforms = [{ id = \"altered\" }]\napply_to = [\"test\"]",
    );
    let prompts = placebo(&laboratory, &["prompts", "plan.toml", "--condition", "Simplified"]).done();
    assert!(prompts.contains("one of 4 tasks"), "{prompts}");
    let prompts =
        placebo(&laboratory, &["prompts", "plan.toml", "--condition", "Simplified", "--stage", "train"]).done();
    assert!(!prompts.contains("one of 4 tasks"), "{prompts}");
}

/// A laboratory whose plan names the folder of a metric of its own; nothing where there is no Python.
fn with_a_late_metric() -> Option<Laboratory> {
    let laboratory = Laboratory::new();
    if !tool(&laboratory.path(""), &["python3", "--version"]) {
        return None;
    }
    placebo(&laboratory, &["plugin", "new", "late", "--kind", "metric", "--language", "python"]).done();
    placebo(&laboratory, &["plugin", "trust", "late"]).done();
    laboratory.change_plan("seeds = [1]", "seeds = [1]\nplugins = [\"late\"]");
    Some(laboratory)
}

/// A metric that only the plan's folder offers, asked for after the runs.
#[test]
fn every_command_finds_the_plugins_of_the_plan_and_none_finds_them_without() {
    let Some(laboratory) = with_a_late_metric() else { return };
    laboratory.change_plan("epochs = 40", "epochs = 1");
    placebo(&laboratory, &["run", "plan.toml"]).done();
    laboratory.write("answers.jsonl", "{\"id\": \"colour-0\", \"prediction\": \"light green\"}\n");
    let results = "results/journey";
    let commands: [&[&str]; 6] = [
        &["compare", results, "--metric", "late"],
        &["compare", results, "--agreement", "late"],
        &["table", results, "--metric", "late"],
        &["report", results, "--out", "report", "--metric", "late"],
        &["figure", results, "--kind", "bars", "--metric", "late", "--out", "bars"],
        &[
            "score",
            "--predictions",
            "answers.jsonl",
            "--data",
            "tasks-folder",
            "--metric",
            "late",
            "--plan",
            "plan.toml",
        ],
    ];
    for command in commands {
        placebo(&laboratory, command).done();
        let without = [command, &["--no-plugins"]].concat();
        placebo(&laboratory, &without).refused(2, &["no such metric is loaded", "`late`"]);
    }
}

/// Scores of a metric that the verifier does not have cannot be computed anew.
#[test]
fn a_bundle_is_verified_with_the_plugins_of_a_plan() {
    let Some(laboratory) = with_a_late_metric() else { return };
    laboratory.change_plan("id = \"rouge-l\"", "id = \"late\"");
    laboratory.change_plan("epochs = 40", "epochs = 1");
    placebo(&laboratory, &["run", "plan.toml"]).done();
    placebo(&laboratory, &["bundle", "results/journey", "--out", "journey.zip"]).done();
    let with = placebo(&laboratory, &["verify", "journey.zip", "--plan", "plan.toml", "--json"]).json();
    assert!(with["unchecked"].as_array().unwrap().is_empty(), "{with}");
    let without = placebo(&laboratory, &["verify", "journey.zip", "--plan", "plan.toml", "--no-plugins", "--json"]);
    assert!(without.out.contains("late"), "{without:?}");
}

fn processes_of(laboratory: &Laboratory) -> usize {
    let script = laboratory.path("mine/mine.py");
    let names_it = |path: PathBuf| {
        fs::read_to_string(path.join("cmdline")).is_ok_and(|command| command.contains(script.to_str().unwrap()))
    };
    fs::read_dir("/proc").map_or(0, |all| all.flatten().filter(|entry| names_it(entry.path())).count())
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < until, "never: {what}");
        std::thread::yield_now();
    }
}

#[test]
fn a_crash_fails_one_run_and_is_named_by_its_record_and_by_the_next_start() {
    let laboratory = Laboratory::new();
    if !tool(&laboratory.path(""), &["python3", "--version"]) {
        return;
    }
    script(&laboratory, "os.abort()");
    let ended = placebo(&laboratory, &["run", "plan.toml"]);
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    let runs =
        fs::read_dir(laboratory.path("results/journey")).unwrap().flatten().filter(|entry| entry.path().is_dir());
    let journals: Vec<_> = runs.map(|run| fs::read_to_string(run.path().join("events.jsonl")).unwrap()).collect();
    let failed: Vec<_> = journals.iter().filter(|journal| journal.contains("\"failed\"")).collect();
    assert_eq!((journals.len(), failed.len()), (4, 1), "{}", ended.err);
    assert!(failed[0].contains("SIGABRT") && failed[0].contains("asked for plugin `altered`"), "{}", failed[0]);
    assert_eq!(processes_of(&laboratory), 0);
    let told = placebo(&laboratory, &["prompts", "plan.toml", "--condition", "Original"]);
    assert!(told.err.contains("warning: plugin `altered` crashed when it was last used"), "{}", told.err);
}

#[test]
#[cfg(unix)]
fn ctrl_c_stops_a_run_that_waits_for_a_plugin() {
    let laboratory = Laboratory::new();
    if !tool(&laboratory.path(""), &["python3", "--version"]) {
        return;
    }
    script(&laboratory, "time.sleep(1000)");
    let run =
        command(&laboratory, &["run", "plan.toml"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_until("the plugin is asked", || processes_of(&laboratory) == 1);
    assert!(tool(Path::new("/"), &["kill", "-INT", &run.id().to_string()]));
    let ended = Ended::of(&run.wait_with_output().unwrap());
    assert_eq!(ended.code, Some(3), "{}", ended.err);
    assert_eq!(processes_of(&laboratory), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_program_leaves_no_process_behind() {
    let laboratory = Laboratory::new();
    if !tool(&laboratory.path(""), &["python3", "--version"]) {
        return;
    }
    script(&laboratory, "time.sleep(1000)");
    let mut run = command(&laboratory, &["run", "plan.toml"]).stderr(Stdio::null()).spawn().unwrap();
    wait_until("the plugin is asked", || processes_of(&laboratory) == 1);
    run.kill().unwrap();
    run.wait().unwrap();
    wait_until("the plugin is gone", || processes_of(&laboratory) == 0);
}

#[test]
fn a_name_that_is_no_id_and_a_folder_that_is_there_are_refused() {
    let laboratory = Laboratory::new();
    let new = |name| placebo(&laboratory, &["plugin", "new", name, "--kind", "metric", "--language", "c"]);
    new("My").refused(2, &["lower-case words joined by `-`", "`My`"]);
    new("results-of-mine").done();
    new("results-of-mine").refused(2, &["it is there already", "`results-of-mine`"]);
}

#[test]
fn a_bad_plugin_fails_its_checks_with_commands_that_repeat_them() {
    let laboratory = Laboratory::new();
    let Some(folder) = written(&laboratory, "altered", "transform", "python") else { return };
    let program = folder.join("altered.py");
    let random = fs::read_to_string(&program).unwrap().replace("item[\"seed\"]", "hash(str(settings))");
    fs::write(&program, random).unwrap();
    let found = placebo(&laboratory, &["plugin", "validate", text(&folder), "--json", "--seed", "7"]);
    assert_eq!(found.code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    let failed: Vec<_> =
        report["findings"].as_array().unwrap().iter().filter(|check| check["passed"] == false).collect();
    let names: Vec<_> = failed.iter().map(|check| check["check"].as_str().unwrap()).collect();
    assert!(names.contains(&"seeds") && names.contains(&"processes"), "{names:?}");
    let again = failed.iter().find(|check| check["check"] == "seeds").unwrap()["command"].as_str().unwrap();
    let words: Vec<_> = again.split(' ').skip(1).collect();
    placebo(&laboratory, &words).refused(1, &[]);
}
