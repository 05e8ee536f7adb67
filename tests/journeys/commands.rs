//! Every command as the README uses it, on a small collection.

use crate::laboratory::Laboratory;
use crate::program::{placebo, text};

#[test]
fn plugins_are_listed_with_their_libraries() {
    let found = placebo(&["plugins", "--json"]).json();
    let ids: Vec<_> =
        found["plugins"].as_array().unwrap().iter().map(|plugin| plugin["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    for one_of_each_library in
        ["definition.simplified", "examples.delusive", "labels.permuted", "rouge-l", "wording.case"]
    {
        assert!(ids.contains(&one_of_each_library), "{one_of_each_library} in {ids:?}");
    }
    let described = placebo(&["plugins", "examples.first"]).done();
    assert!(described.contains("setting k:"), "{described}");
}

#[test]
fn tasks_are_listed_with_kind_and_labels() {
    let laboratory = Laboratory::new();
    let data = laboratory.path("tasks-folder");
    let found = placebo(&["tasks", text(&data), "--json"]).json();
    assert_eq!(found["tasks"][0]["kind"], "classification");
    assert_eq!(found["tasks"][0]["labels"][1]["text"], "red");
    assert_eq!(found["tasks"][1]["kind"], "generation");
    let listed = placebo(&["tasks", text(&data)]).done();
    assert!(listed.contains("2 tasks: 1 classification, 1 generation; 20 instances"), "{listed}");
}

#[test]
fn prompts_are_shown_byte_for_byte() {
    let laboratory = Laboratory::new();
    let plan = laboratory.plan();
    let arguments = ["prompts", text(&plan), "--condition", "Simplified", "--task", "test_colour", "--limit", "1"];
    let prompt = "Definition: Label: green. Label: red.\n\n Positive Example 1 -\nInput: What colour is fire?\n \
                  Output: red.\n\nNow complete the following example -\nInput: What colour is grass?\nOutput: ";
    let found = placebo(&[&arguments[..], &["--json"]].concat()).json();
    assert_eq!(found["prompt"], prompt);
    assert_eq!(found["targets"][0], "green");
    let shown = placebo(&arguments).done();
    assert!(shown.contains(prompt), "{shown}");
    let training = placebo(&["prompts", text(&plan), "--condition", "Original", "--stage", "train"]).done();
    assert!(training.contains("train_colour"), "{training}");
}

#[test]
fn a_grid_is_listed_and_run_one_by_one() {
    let laboratory = Laboratory::new();
    laboratory.change_plan("epochs = 40", "epochs = 1");
    let plan = laboratory.plan();
    let listed = placebo(&["run", text(&plan), "--list"]).done();
    let ids: Vec<_> = listed.lines().collect();
    assert_eq!(ids.len(), 4);
    for (done, id) in ids.iter().enumerate() {
        assert_eq!(laboratory.outcomes().iter().filter(|(_, _, scores)| !scores.is_empty()).count(), done);
        let only = [laboratory.run_arguments(), vec!["--only".into(), id.to_string(), "--json".into()]].concat();
        let told = placebo(&only).done();
        assert!(told.contains(&format!("\"run\":\"{id}\"")) && told.contains("\"outcome\":\"finished\""), "{told}");
    }
    let compared = placebo(&["compare", text(&laboratory.results()), "--json"]).json();
    let conditions: Vec<_> = compared["rows"].as_array().unwrap().iter().map(|row| row["condition"].clone()).collect();
    assert_eq!(conditions, ["Original", "Simplified", "Random guess", "Majority label"]);
}

#[test]
fn a_metric_that_the_plan_does_not_name_is_computed_from_the_kept_answers() {
    let laboratory = Laboratory::new();
    laboratory.change_plan("epochs = 40", "epochs = 1");
    placebo(&laboratory.run_arguments()).done();
    let results = laboratory.results();
    let table = placebo(&["compare", text(&results), "--metric", "format-correctness", "--markdown"]).done();
    let majority = table.lines().find(|line| line.contains("Majority label")).unwrap();
    assert!(majority.contains("100.0000"), "{table}");
    let cells = placebo(&["compare", text(&results), "--csv"]).done();
    assert!(cells.starts_with("plan,kind,condition,"), "{cells}");
}

#[test]
fn a_run_s_folder_holds_its_record() {
    let laboratory = Laboratory::new();
    laboratory.change_plan("epochs = 40", "epochs = 1");
    placebo(&laboratory.run_arguments()).done();
    for run in laboratory.run_folders() {
        for file in ["spec.json", "manifest.json", "events.jsonl", "scores.json"] {
            assert!(run.join(file).is_file(), "{file} is missing in {}", run.display());
        }
        assert!(!run.join("checkpoints").exists(), "saves of a finished run are removed");
    }
}

#[test]
fn timings_are_one_json_line() {
    let laboratory = Laboratory::new();
    let (tokenizer, model, ids) = (laboratory.path("t.json"), laboratory.path("model"), laboratory.path("ids.json"));
    let data = laboratory.path("tasks-folder");
    placebo(&["tokenizer", "train", "--data", text(&data), "--vocab", "300", text(&tokenizer)]).done();
    placebo(&["model", "init", "--shape", "nano", "--tokenizer", text(&tokenizer), text(&model)]).done();
    let rows = [3, 9, 5].map(|length| serde_json::json!({ "input_ids": vec![7; length], "labels": [5, 6, 1] }));
    laboratory.write("ids.json", &serde_json::to_string(&rows).unwrap());
    let bench = |what: &str| {
        let common = ["bench", what, "--model", text(&model), "--ids", text(&ids), "--batch-size", "2"];
        let limits = ["--steps", "2", "--examples", "3", "--new-tokens", "4", "--device", "cpu", "--breakdown"];
        placebo(&[&common[..], &limits[..]].concat()).json()
    };
    for what in ["train", "generate", "loss"] {
        let timing = bench(what);
        assert!(timing["examples_per_s"].as_f64().unwrap() > 0.0 && timing["tokens_per_s"].as_f64().unwrap() > 0.0);
        let operations = timing["operations"].as_array().unwrap();
        let shares: f64 = operations.iter().map(|part| part["share"].as_f64().unwrap()).sum();
        assert!((shares - 1.0).abs() < 0.01, "{operations:?}");
        let linear = operations.iter().find(|part| part["operation"] == "linear-forward").unwrap();
        assert!(
            linear["gflops"].as_f64().unwrap() > 0.0 && linear["allocated_bytes"].as_u64().unwrap() > 0,
            "{linear}"
        );
    }
    let losses = bench("loss")["losses"].as_array().unwrap().clone();
    assert_eq!(losses.len(), 3);
    assert!(losses.iter().all(|loss| loss.as_f64().unwrap() > 1.0), "{losses:?}");
}

#[test]
fn the_demo_ends_with_its_comparison() {
    let folder = tempfile::tempdir().unwrap();
    let compared = placebo(&["demo", "--results", text(folder.path()), "--device", "cpu", "--json"]).json();
    let rows = compared["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 9, "four conditions and five baselines");
    for row in rows {
        assert_eq!(row["missing"], 0, "{row}");
        assert!(row["cells"][0]["mean"].as_f64().unwrap() >= 0.0, "{row}");
    }
}

#[test]
fn every_command_has_help_with_examples() {
    let commands: [&[&str]; 14] = [
        &["demo"],
        &["run"],
        &["compare"],
        &["tasks"],
        &["prompts"],
        &["score"],
        &["stop"],
        &["resume"],
        &["tokenizer", "train"],
        &["model", "init"],
        &["plugins"],
        &["bench"],
        &["tokenizer"],
        &["model"],
    ];
    for command in commands {
        let help = placebo(&[command, &["--help"]].concat()).done();
        assert!(help.contains("Usage: placebo"), "{help}");
        let leaf = !matches!(command, ["tokenizer"] | ["model"]);
        assert!(!leaf || help.contains("Examples:\n  placebo "), "{help}");
    }
}
