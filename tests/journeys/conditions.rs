//! Conditions that reach beyond what a prompt says: targets, labels and the prompt's form, from the plan to the record.

use crate::laboratory::Laboratory;
use crate::program::{placebo, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A laboratory whose second condition is made of these transforms.
fn with(transforms: &str) -> Laboratory {
    let laboratory = Laboratory::new();
    laboratory.change_plan("transforms = [{ id = \"definition.simplified\" }]", transforms);
    laboratory.change_plan("\"Simplified\"", "\"Altered\"");
    laboratory.change_plan("epochs = 40", "epochs = 1");
    laboratory
}

/// All prompts of a condition in a stage.
fn prompts(laboratory: &Laboratory, condition: &str, stage: &str) -> Vec<Value> {
    let plan = laboratory.plan();
    let arguments = ["prompts", text(&plan), "--condition", condition, "--stage", stage, "--limit", "0", "--json"];
    let lines = placebo(&arguments).done();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn read(path: PathBuf) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The folders of the runs of a condition.
fn runs_of(laboratory: &Laboratory, condition: &str) -> Vec<PathBuf> {
    let is_meant = |run: &PathBuf| read(run.join("spec.json"))["condition"]["name"] == condition;
    laboratory.run_folders().into_iter().filter(is_meant).collect()
}

fn without(prompts: &[Value], field: &str) -> Vec<Value> {
    let mut prompts = prompts.to_vec();
    prompts.iter_mut().for_each(|prompt| drop(prompt.as_object_mut().unwrap().remove(field)));
    prompts
}

/// Task → its targets, sorted.
fn dealt(prompts: &[Value]) -> BTreeMap<String, Vec<String>> {
    let mut dealt: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for prompt in prompts {
        dealt.entry(prompt["task"].to_string()).or_default().push(prompt["targets"].to_string());
    }
    dealt.values_mut().for_each(|targets| targets.sort());
    dealt
}

#[test]
fn shuffled_targets_are_learned_from_the_same_instances_and_counted() {
    let laboratory = with("transforms = [{ id = \"targets.shuffled\" }]");
    let [original, altered] = ["Original", "Altered"].map(|condition| prompts(&laboratory, condition, "train"));
    assert_eq!(without(&original, "targets"), without(&altered, "targets"));
    assert_eq!(dealt(&original), dealt(&altered));
    let others = original.iter().zip(&altered).filter(|(one, other)| one["targets"] != other["targets"]).count();
    assert!(others > 0);
    assert_eq!(prompts(&laboratory, "Original", "test"), prompts(&laboratory, "Altered", "test"));

    placebo(&laboratory.run_arguments()).done();
    let manifest = read(runs_of(&laboratory, "Altered")[0].join("manifest.json"));
    let alterations = &manifest["corpus"]["alterations"];
    let counts = alterations["train"]["altered_targets"].as_object().unwrap().values();
    assert_eq!(counts.map(|count| count.as_u64().unwrap()).sum::<u64>(), others as u64);
    assert_eq!((&alterations["train"]["targets"], &alterations["test"]["altered"]), (&16.into(), &0.into()));
    let plan = laboratory.plan();
    let said = placebo(&["prompts", text(&plan), "--condition", "Altered", "--stage", "train"]);
    said.done_saying(&format!("{others} of 16 targets"));
}

#[test]
fn neutral_symbols_are_learned_answered_and_scored() {
    let laboratory = with("transforms = [{ id = \"labels.neutral\" }]");
    laboratory.change_plan("[training]", "[decoding]\nstrategy = \"constrained\"\n\n[training]");
    laboratory.change_plan("id = \"rouge-l\"", "id = \"format-correctness\"");
    let asked = prompts(&laboratory, "Altered", "test");
    let original = prompts(&laboratory, "Original", "test");
    // Instances take turns between green and red, so the references tell which symbol stands for which.
    let (green, red) = (asked[0]["targets"][0].as_str().unwrap(), asked[1]["targets"][0].as_str().unwrap());
    let mut symbols = [green, red];
    symbols.sort_unstable();
    assert_eq!(symbols, ["A", "B"]);
    for (one, other) in original.iter().zip(&asked).take(6) {
        let renamed = if one["targets"][0] == "green" { green } else { red };
        assert_eq!(other["targets"], serde_json::json!([renamed]));
        let definition = format!("Definition: Say which colour a thing has, {red} or {green}.");
        assert!(other["prompt"].as_str().unwrap().starts_with(&definition), "{other}");
        assert!(other["prompt"].as_str().unwrap().contains(&format!("Output: {red}.")), "{other}");
    }
    assert_eq!(original[6..], asked[6..], "a task without labels stays");

    placebo(&laboratory.run_arguments()).done();
    let run = &runs_of(&laboratory, "Altered")[0];
    let answers = fs::read_to_string(run.join("generations.jsonl")).unwrap();
    for line in answers.lines().take(6) {
        let answer: Value = serde_json::from_str(line).unwrap();
        assert!(["A", "B"].map(Value::from).contains(&answer["prediction"]), "{answer}");
        assert!(["A", "B"].map(Value::from).contains(&answer["references"][0]), "{answer}");
    }
    let scores = read(run.join("scores.json"));
    let mut labels: Vec<_> = scores["tasks"]["test_colour"]["labels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|label| label.as_str().unwrap())
        .collect();
    labels.sort_unstable();
    assert_eq!(labels, ["A", "B"]);
    assert_eq!(scores["metrics"][1]["classification"], 100.0, "every answer is one of the symbols: {scores}");
    let alterations = &read(run.join("manifest.json"))["corpus"]["alterations"];
    assert_eq!((&alterations["test"]["labels"], &alterations["train"]["labels"]), (&1.into(), &1.into()));
    assert_eq!(alterations["test"]["altered_targets"]["test_colour"], 6);
}

/// Baselines know nothing of a condition: they answer and are scored in the task's own labels.
#[test]
fn baselines_keep_the_tasks_own_labels() {
    let laboratory = with("transforms = [{ id = \"labels.neutral\" }]");
    placebo(&laboratory.run_arguments()).done();
    let guess = read(runs_of(&laboratory, "Random guess")[0].join("scores.json"));
    assert_eq!(guess["tasks"]["test_colour"]["labels"], serde_json::json!(["green", "red"]));
    assert_eq!(guess["metrics"][0]["classification"], 50.0);
    let answers = fs::read_to_string(runs_of(&laboratory, "Majority label")[0].join("generations.jsonl")).unwrap();
    assert!(answers.contains("\"prediction\":\"green\"") && !answers.contains("\"A\""), "{answers}");
}

#[test]
fn permuted_labels_reach_targets_and_references_where_the_plan_says_so() {
    let laboratory = with("transforms = [{ id = \"labels.permuted\", targets = true }]");
    for stage in ["train", "test"] {
        let [original, altered] = ["Original", "Altered"].map(|condition| prompts(&laboratory, condition, stage));
        for (one, other) in original.iter().zip(&altered).filter(|(one, _)| one["task"] == format!("{stage}_colour")) {
            assert_eq!(one["instance"], other["instance"]);
            let exchanged = if one["targets"][0] == "green" { "red" } else { "green" };
            assert_eq!(other["targets"][0], exchanged, "{stage}");
        }
    }
}

const THINGS: &str = "What colour is grass?";

/// The prompt of the first test instance under these transforms.
fn laid_out(transforms: &str) -> String {
    let laboratory = with(&format!("transforms = [{transforms}]"));
    laboratory.change_plan("max_source_tokens = 128", "max_source_tokens = 512");
    prompts(&laboratory, "Altered", "test")[0]["prompt"].as_str().unwrap().to_owned()
}

#[test]
fn every_template_is_laid_out_byte_for_byte() {
    let definition = "Say which colour a thing has, red or green.";
    let usual = format!(
        "Definition: {definition}\n\n Positive Example 1 -\nInput: What colour is fire?\n Output: red.\n\n\
         Now complete the following example -\nInput: {THINGS}\nOutput: "
    );
    assert_eq!(laid_out("{ id = \"format.template\", template = \"tk-instruct\" }"), usual);
    assert_eq!(
        laid_out("{ id = \"format.template\", template = \"flan\" }"),
        format!("{definition}\nQ: What colour is fire?\nA: red\n\nQ: {THINGS}\nA: ")
    );
    assert_eq!(
        laid_out("{ id = \"format.template\", template = \"alpaca\" }"),
        format!(
            "Below is an instruction that describes a task, paired with an input that provides further context. Write a \
             response that appropriately completes the request.\n\n### Instruction:\n{definition}\n\n### Input:\nWhat colour is \
             fire?\n\n### Response:\nred\n\n### Input:\n{THINGS}\n\n### Response:"
        )
    );
    assert_eq!(
        laid_out("{ id = \"format.template\", template = \"plain\" }"),
        format!("{definition}\n\nWhat colour is fire?\nred\n\n{THINGS}\n")
    );
    assert_eq!(
        laid_out("{ id = \"definition.empty\" }, { id = \"examples.empty\" }, { id = \"format.template\" }"),
        format!("Q: {THINGS}\nA: ")
    );
}

#[test]
fn order_separators_and_name_are_laid_out_byte_for_byte() {
    let definition = "Definition: Say which colour a thing has, red or green.\n\n";
    let example = " Positive Example 1 -\nInput: What colour is fire?\n Output: red.\n\n";
    let input = format!("Now complete the following example -\nInput: {THINGS}\n");
    let ordered = |order: &str| laid_out(&format!("{{ id = \"format.order\", order = \"{order}\" }}"));
    assert_eq!(ordered("examples-first"), format!("{example}{definition}{input}Output: "));
    assert_eq!(ordered("definition-last"), format!("{example}{input}{definition}Output: "));
    assert_eq!(ordered("input-first"), format!("{input}{definition}{example}Output: "));
    assert_eq!(ordered("negative-first"), format!("{definition}{example}{input}Output: "));
    assert_eq!(laid_out("{ id = \"format.task-name\" }"), format!("test_colour. {definition}{example}{input}Output: "));
    assert_eq!(
        laid_out("{ id = \"format.separators\" }"),
        format!(
            "Definition - Say which colour a thing has, red or green. ||  Positive Example 1 - || Input - What colour is fire? \
             ||  Output - red. ||  || Now complete the following example - || Input - {THINGS} || Output - "
        )
    );
    let both = "{ id = \"format.order\" }, { id = \"format.template\", template = \"plain\" }";
    let plain = format!("What colour is fire?\nred\n\nSay which colour a thing has, red or green.\n\n{THINGS}\n");
    assert_eq!(laid_out(both), plain);
}

#[test]
fn what_is_true_of_a_task_as_a_whole_is_scored_from_the_plan_and_later() {
    let laboratory = with("transforms = [{ id = \"definition.empty\" }]");
    laboratory.change_plan("id = \"rouge-l\"", "id = \"majority-share\"");
    laboratory.change_plan("seeds = [1]", "seeds = [1, 2]");
    placebo(&laboratory.run_arguments()).done();
    let results = laboratory.results().join("journey");
    let compared =
        placebo(&["compare", text(&results), "--json", "--metric", "majority-share", "label-divergence"]).json();
    let row = |name: &str| {
        let rows = compared["rows"].as_array().unwrap();
        rows.iter().find(|row| row["condition"] == name).unwrap_or_else(|| panic!("{compared}")).clone()
    };
    assert!(row("Majority label").to_string().contains("\"mean\":100.0"), "{}", row("Majority label"));
    assert!(row("Random guess")["cells"].as_array().unwrap().iter().all(Value::is_null), "{}", row("Random guess"));
    let agreed = placebo(&["compare", text(&results), "--agreement", "--json"]).json();
    let rows = agreed["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &agreed["metric"]), (2, &"exact-match".into()));
    assert!(rows[0]["between_seeds"].is_number() && rows[0]["with_original"].is_null(), "{agreed}");
    assert!(rows[1]["between_seeds"].is_number() && rows[1]["with_original"].is_number(), "{agreed}");
    let table = placebo(&["compare", text(&results), "--agreement", "rouge-l", "--condition", "Altered"]).done();
    assert!(table.starts_with("agreement under rouge-l") && table.contains("with the original"), "{table}");
}
