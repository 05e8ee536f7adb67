//! A corpus from a collection written for the purpose: two training tasks, one test task, one broken file.

use tempfile::TempDir;

use super::*;
use crate::load::Shelf;
use crate::plan::{Condition, Decoding, ModelPlan, Preset, PromptPlan, TaskOverride};
use crate::plugin::Registry;
use crate::run_spec::{RunData, RunKind, RunSpec, SPEC_VERSION};

fn task(definition: &str, instances: usize) -> String {
    let instance = |number: usize| {
        let output = if number.is_multiple_of(3) { "odd" } else { "even" };
        format!(r#"{{"id": "i{number}", "input": "number {number}", "output": ["{output}"]}}"#)
    };
    let instances: Vec<String> = (0..instances).map(instance).collect();
    format!(
        r#"{{"Definition": ["{definition}"], "Positive Examples": [{{"input": "one", "output": "odd"}}],
            "Negative Examples": [], "Instances": [{}]}}"#,
        instances.join(",")
    )
}

fn collection() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("tasks/a.json", task("Say odd or even.", 20)),
        ("tasks/b.json", task("Say what it is.", 6)),
        ("tasks/c.json", task("Is it odd or even?", 8)),
        ("tasks/broken.json", "[".to_owned()),
        ("splits/default/train_tasks.txt", "a\nbroken\nb\n".to_owned()),
        ("splits/default/test_tasks.txt", "c\n".to_owned()),
    ] {
        let path = folder.path().join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }
    folder
}

fn spec(folder: &TempDir, train: usize) -> RunSpec {
    RunSpec {
        version: SPEC_VERSION,
        plan: "p".into(),
        kind: RunKind::FineTune,
        condition: Condition::unchanged("Original"),
        data: RunData {
            path: folder.path().to_owned(),
            format: "natural-instructions".into(),
            track: "default".into(),
            train_instances_per_task: train,
            test_instances_per_task: 5,
            tasks: Vec::new(),
            digest: String::new(),
        },
        prompt: PromptPlan::default(),
        model: ModelPlan::default(),
        training: Preset::default().recipe(),
        decoding: Decoding::default(),
        seed: 1,
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count() + 1
}

fn build_with(spec: &RunSpec, registry: &Registry) -> Result<Corpus, CorpusError> {
    build(spec, Materials { registry, tasks: &Shelf::default(), tokens: &words })
}

fn built(spec: &RunSpec) -> Corpus {
    build_with(spec, &Registry::load(&[])).unwrap()
}

fn instances(pairs: &[Pair], task: &str) -> Vec<String> {
    pairs.iter().filter(|pair| pair.task == task).map(|pair| pair.instance.clone()).collect()
}

#[test]
fn training_is_sampled_and_the_test_is_the_beginning_of_the_file() {
    let folder = collection();
    let corpus = built(&spec(&folder, 4));
    assert_eq!(corpus.train.len(), 8);
    assert_ne!(instances(&corpus.train, "a"), ["i0", "i1", "i2", "i3"]);
    let asked: Vec<&str> = corpus.test.iter().map(|question| question.instance.as_str()).collect();
    assert_eq!(asked, ["i0", "i1", "i2", "i3", "i4"]);
    assert_eq!(corpus.validation, []);
}

#[test]
fn validation_is_the_next_of_the_same_draw() {
    let folder = collection();
    let with_validation = |train, held_out| {
        let mut spec = spec(&folder, train);
        spec.training.validation_instances_per_task = held_out;
        built(&spec)
    };
    let (small, large) = (with_validation(4, 3), with_validation(7, 0));
    assert_eq!(small.train, with_validation(4, 0).train);
    let both = [instances(&small.train, "a"), instances(&small.validation, "a")].concat();
    assert_eq!(both, instances(&large.train, "a"));
    // Task b has six instances: four to learn from leave two.
    assert_eq!(instances(&small.validation, "b").len(), 2);
}

/// The spec under one transform that came with the program.
fn altered(spec: RunSpec, id: &str) -> RunSpec {
    let used = crate::plan::TransformUse { id: id.into(), version: None, settings: Default::default() };
    RunSpec { condition: Condition { transforms: vec![used], ..Condition::unchanged("Altered") }, ..spec }
}

/// Task, instance and targets of what is learned.
fn learned(pairs: &[Pair]) -> Vec<(&str, &str, &[String])> {
    pairs.iter().map(|pair| (pair.task.as_str(), pair.instance.as_str(), pair.targets.as_slice())).collect()
}

#[test]
fn shuffled_targets_are_dealt_among_the_instances_of_a_seed() {
    let folder = collection();
    let (original, shuffled) = (spec(&folder, 8), altered(spec(&folder, 8), "targets.shuffled"));
    let build = |spec: &RunSpec| build_with(spec, &Registry::discover()).unwrap();
    let (before, after) = (build(&original), build(&shuffled));
    let places =
        |pairs: &[Pair]| -> Vec<_> { pairs.iter().map(|pair| (pair.instance.clone(), pair.source.clone())).collect() };
    assert_eq!(places(&before.train), places(&after.train));
    assert_eq!(before.test, after.test);
    let others = before.train.iter().zip(&after.train).filter(|(one, other)| one.targets != other.targets).count();
    let alteration = &after.report.alterations.train;
    assert!(others > 0);
    assert_eq!(alteration.altered_targets.values().sum::<usize>(), others);
    assert_eq!((alteration.targets, after.report.alterations.test.altered), (14, 0));
    assert_ne!(learned(&build(&RunSpec { seed: 2, ..shuffled }).train), learned(&after.train));
}

#[test]
fn instances_held_out_make_no_difference_to_what_is_learned() {
    let folder = collection();
    let mut with_held_out = altered(spec(&folder, 4), "targets.shuffled");
    with_held_out.training.validation_instances_per_task = 2;
    let build = |spec: &RunSpec| build_with(spec, &Registry::discover()).unwrap();
    let (with, without) = (build(&with_held_out), build(&altered(spec(&folder, 4), "targets.shuffled")));
    assert_eq!(with.train, without.train);
    let original = build(&RunSpec { condition: Condition::unchanged("Original"), ..with_held_out });
    let dealt = |pairs: &[Pair]| {
        let mut targets: Vec<_> = pairs.iter().map(|pair| (pair.task.clone(), pair.targets.clone())).collect();
        targets.sort();
        targets
    };
    assert_eq!((with.validation.len(), dealt(&with.validation)), (4, dealt(&original.validation)));
}

#[test]
fn renamed_labels_reach_questions_whole() {
    let folder = collection();
    let corpus = build_with(&altered(spec(&folder, 4), "labels.neutral"), &Registry::discover()).unwrap();
    let question = &corpus.test[0];
    let mut labels = question.labels.clone();
    labels.sort();
    assert_eq!(labels, ["A", "B"]);
    // Of eight instances three are odd; the first is.
    assert_ne!(question.majority_label.as_ref(), question.references.first());
    assert_eq!(question.first_example_output, question.references.first().cloned());
    assert_eq!(corpus.report.alterations.test.labels, 1);
}

#[test]
fn questions_carry_what_metrics_and_baselines_need() {
    let folder = collection();
    let question = built(&spec(&folder, 4)).test.swap_remove(0);
    assert_eq!(question.kind, TaskKind::Classification);
    assert_eq!(question.labels, ["even", "odd"]);
    assert_eq!(question.majority_label.as_deref(), Some("even"));
    assert_eq!(question.first_example_output.as_deref(), Some("odd"));
    assert_eq!((question.input.as_str(), question.references.as_slice()), ("number 0", &["odd".to_owned()][..]));
    assert!(question.source.starts_with("Definition: Is it odd or even?\n\n Positive Example 1 -\nInput: one.\n"));
}

#[test]
fn a_prompt_without_examples_gives_the_baseline_none_to_copy() {
    let folder = collection();
    let prompt = PromptPlan { positive_examples: 0, ..PromptPlan::default() };
    let corpus = built(&RunSpec { prompt, ..spec(&folder, 4) });
    assert_eq!(corpus.test[0].first_example_output, None);
}

#[test]
fn a_baseline_reads_no_training_task() {
    let folder = collection();
    let corpus = built(&RunSpec { kind: RunKind::MajorityLabel, ..spec(&folder, 0) });
    assert_eq!((corpus.train.len(), corpus.test.len()), (0, 5));
    assert_eq!(corpus.report.task_hashes.keys().collect::<Vec<_>>(), ["c"]);
    assert_eq!(corpus.report.problems, []);
}

#[test]
fn the_report_counts_tokens_drops_and_problems() {
    let folder = collection();
    let mut spec = spec(&folder, 2);
    spec.prompt.max_source_tokens = 18;
    spec.prompt.max_target_tokens = 1;
    spec.data.tasks = vec![TaskOverride { name: "nobody".into(), kind: None, labels: None }];
    let corpus = built(&spec);
    let report = &corpus.report;
    assert_eq!((report.train.tasks, report.train.prompts, report.train.dropped_examples), (2, 4, 4));
    let longest = corpus.train.iter().map(|pair| words(&pair.source)).max().unwrap();
    assert_eq!((report.train.source_tokens.max, report.train.source_tokens.n), (longest, 4));
    assert_eq!((report.train.truncated_targets, report.train.target_tokens.max), (4, 1));
    assert_eq!((report.test.target_tokens.n, report.test.prompts), (0, 5));
    assert_eq!(report.problems.len(), 2);
    assert!(report.problems[0].path.ends_with("tasks/nobody.json"));
    assert!(report.problems[1].path.ends_with("tasks/broken.json"));
    assert_eq!(report.task_hashes.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn a_source_over_the_limit_counts_as_long_as_the_limit() {
    let folder = collection();
    let mut spec = spec(&folder, 2);
    spec.prompt.max_source_tokens = 3;
    let report = built(&spec).report;
    assert_eq!((report.test.truncated_sources, report.test.source_tokens.total), (5, 15));
}

#[test]
fn a_split_without_a_usable_task_is_refused_with_the_first_reason() {
    let folder = collection();
    fs_err::write(folder.path().join("splits/default/train_tasks.txt"), "broken\n").unwrap();
    let message = build_with(&spec(&folder, 2), &Registry::load(&[])).unwrap_err().to_string();
    assert!(message.starts_with("none of the train tasks can be used; problem 1 of 1: invalid type"), "{message}");
}

#[test]
fn an_unknown_transform_is_an_error_that_names_it() {
    let folder = collection();
    let mut spec = spec(&folder, 2);
    spec.condition.transforms = vec![crate::plan::TransformUse {
        id: "definition.backwards".into(),
        version: None,
        settings: placebo_plugin_api::Settings::default(),
    }];
    let message = build_with(&spec, &Registry::load(&[])).unwrap_err().to_string();
    assert!(message.contains("`definition.backwards`"), "{message}");
}
