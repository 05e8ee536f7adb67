//! A made-up results folder for the tests of this crate: two conditions, a baseline, and everything a record holds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use placebo_plugin_api::TaskKind;
use serde_json::json;

use crate::baseline::random_guess;
use crate::corpus::Question;
use crate::event::Event;
use crate::generation::Generation;
use crate::plan::{Condition, MetricPlan, Preset, Recipe, TransformUse};
use crate::plugin::Registry;
use crate::results::testing::{spec, started};
use crate::results::{Build, Manifest, PluginUse, RunFolder};
use crate::run_spec::{RunKind, RunSpec};
use crate::score::{AnswerSpace, score};

/// The plan's file; its seeds and conditions are those of the runs.
const PLAN: &str = r#"name = "trial"
seeds = [1, 2]

[data]
path = "/data"
train = { instances_per_task = 10 }

[model]
checkpoint = "bundled:nano"

[training]
preset = "tk-instruct-2022"

[[condition]]
name = "Original"

[[condition]]
name = "Empty & bare"
transforms = [{ id = "definition.empty" }]

[[baseline]]
kind = "random-guess"
"#;

/// Words that differ from answer to answer, so that ROUGE-L is no round number.
const WORDS: [&str; 6] = ["the", "cat", "sat", "on", "a", "mat"];

/// Writes the results of the plan below `results`; returns the plan's folder.
pub(crate) fn made_up(results: &Path) -> PathBuf {
    let registry = Registry::discover();
    for seed in [1, 2] {
        finish(results, &spec(seed), &registry);
        finish(results, &empty(seed), &registry);
    }
    guess(results, &registry);
    let folder = results.join("trial");
    std::fs::write(folder.join("plan.toml"), PLAN).unwrap();
    folder
}

/// A run under the condition that leaves definitions out.
pub(crate) fn empty(seed: u64) -> RunSpec {
    let transform =
        TransformUse { id: "definition.empty".into(), version: Some("0.1.0".into()), settings: Default::default() };
    RunSpec {
        condition: Condition { transforms: vec![transform], ..Condition::unchanged("Empty & bare") },
        ..spec(seed)
    }
}

fn guess_spec() -> RunSpec {
    let training = Recipe { learning_rate: 0.0, epochs: 0.0, ..Preset::TkInstruct2022.recipe() };
    let mut spec = RunSpec { kind: RunKind::RandomGuess, training, seed: 0, ..spec(0) };
    spec.condition = Condition::unchanged("Random guess");
    spec.data.train_instances_per_task = 0;
    spec.model = Default::default();
    spec
}

fn metrics() -> [MetricPlan; 2] {
    [MetricPlan::new("exact-match"), MetricPlan::new("rouge-l")]
}

fn finish(results: &Path, spec: &RunSpec, registry: &Registry) {
    let folder = begin(results, spec, registry);
    let generations: Vec<_> = questions().iter().enumerate().map(|(at, question)| answer(spec, at, question)).collect();
    folder.write_generations(&generations).unwrap();
    let scores = score(&generations, &AnswerSpace::of(&questions()), &metrics(), registry).unwrap();
    folder.write_scores(&scores).unwrap();
}

fn guess(results: &Path, registry: &Registry) {
    let folder = begin(results, &guess_spec(), registry);
    folder.write_scores(&random_guess(&questions(), &metrics(), registry).unwrap()).unwrap();
}

fn begin(results: &Path, spec: &RunSpec, registry: &Registry) -> RunFolder {
    let folder = RunFolder::create(results, spec).unwrap();
    folder.write_manifest(&manifest(spec, registry)).unwrap();
    let lock = folder.try_lock().unwrap().unwrap();
    let mut journal = folder.journal(&lock).unwrap();
    journal.write(started()).unwrap();
    journal.write(Event::Finished { seconds: 1.5 }).unwrap();
    folder
}

/// Two classification tasks and two generation tasks of four instances each.
fn questions() -> Vec<Question> {
    let tasks = ["task1_sentiment", "task2_topic", "task3_story", "task4_title"];
    let all = tasks.iter().enumerate().flat_map(|(task, name)| (0..4).map(move |at| question(name, task < 2, at)));
    all.collect()
}

fn question(task: &str, is_classification: bool, at: usize) -> Question {
    let labels = ["good", "bad", "fair"].map(str::to_owned).to_vec();
    let reference = if is_classification { labels[at % 3].clone() } else { WORDS[..at + 2].join(" ") };
    Question {
        task: task.into(),
        instance: format!("{task}-{at}"),
        source: format!("{task} {at}"),
        references: vec![reference],
        kind: if is_classification { TaskKind::Classification } else { TaskKind::Generation },
        categories: vec!["Made up".into()],
        labels: if is_classification { labels } else { Vec::new() },
        majority_label: None,
        input: String::new(),
        first_example_output: None,
    }
}

/// Mostly right under the first condition, less so under the other; every seed errs elsewhere.
fn answer(spec: &RunSpec, at: usize, question: &Question) -> Generation {
    let errs = if spec.condition.transforms.is_empty() { 5 } else { 2 };
    let is_right = !(at + spec.seed as usize).is_multiple_of(errs);
    let wrong = if question.labels.is_empty() { format!("{} dog", question.references[0]) } else { "ugly".into() };
    Generation::new(question, if is_right { question.references[0].clone() } else { wrong })
}

fn manifest(spec: &RunSpec, registry: &Registry) -> Manifest {
    let used = |id: &str| {
        let plugin = registry.plugins().iter().find(|plugin| plugin.id() == id).unwrap();
        let settings = registry.resolve_settings(id, &Default::default()).unwrap();
        PluginUse { id: id.into(), version: plugin.version().into(), sha256: plugin.sha256().into(), settings }
    };
    let transforms = spec.condition.transforms.iter().map(|transform| used(&transform.id));
    Manifest {
        build: Build { version: "0.1.0".into(), commit: "0123456789abcdef".into() },
        device: if spec.kind.needs_model() { "CPU, 2 threads".into() } else { "none".into() },
        host: "here".into(),
        checkpoint: "/models/nano".into(),
        tasks: BTreeMap::from([("task1_sentiment".to_owned(), "00".to_owned())]),
        plugins: transforms.chain(["exact-match", "rouge-l"].map(used)).collect(),
        corpus: json!({
            "train": { "tasks": if spec.kind == RunKind::FineTune { 3 } else { 0 },
                       "prompts": if spec.kind == RunKind::FineTune { 30 } else { 0 },
                       "truncated_sources": 0, "truncated_targets": 0, "dropped_examples": 0 },
            "test": { "tasks": 4, "prompts": 16,
                      "truncated_sources": 0, "truncated_targets": 0, "dropped_examples": 0 },
        }),
    }
}
