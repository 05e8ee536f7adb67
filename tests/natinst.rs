//! The task rooms on real data: a part of Super-NaturalInstructions beside the workspace, where there is one.
//!
//! `PLACEBO_NATINST` names its folder: all 119 test tasks with their first 100 instances, 155 training tasks with at
//! most 150. The figures are those of the paper and of the data set's authors, or were worked out independently.

mod prompts;

use std::path::{Path, PathBuf};

use placebo_experiment::corpus::{Corpus, Materials, build};
use placebo_experiment::load::{Shelf, Source, TaskSet, load_split};
use placebo_experiment::plan::{Condition, Decoding, ModelPlan, Preset, PromptPlan, TransformUse};
use placebo_experiment::plugin::Registry;
use placebo_experiment::prompt::Template;
use placebo_experiment::run_spec::{RunData, RunKind, RunSpec, SPEC_VERSION};
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_experiment::task::Task;
use placebo_plugin_api::{Settings, Stage, TaskKind};
use sha2::{Digest, Sha256};

/// SHA-256 of all prompts of both splits under the four plans of `golden/prompts/make_prompts.py --digest`.
const PROMPT_DIGESTS: [&str; 4] = [
    "ff42ca1130a6e2954b86d5bb652bccc25eb689c996bb8bdba58efb180447b37a",
    "c7ad0cf4a639803a8bacfc94e0e1a1433bc93836324a820b2f485cb597068d5f",
    "8e9e6de952efe4549f5e9b1a0ed6ef3aeafb55eb8609dd6748865ab6c5210f72",
    "54d990aecdc2fe4f32ab56481bb7e1f3c25a00785881048e0c654942b0bcc366",
];

/// The collection's folder, or nothing and a word about it.
fn collection() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/natinst");
    let path = std::env::var_os("PLACEBO_NATINST").map_or_else(beside, PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: no Super-NaturalInstructions in `{}`; name its folder in PLACEBO_NATINST", path.display());
    None
}

fn load(path: &Path, split: Split, keep: Keep) -> TaskSet {
    let source = Source { path, format: "natural-instructions", track: "default", overrides: &[] };
    load_split(source, split, keep).expect("the collection is whole")
}

fn official_test_set() -> Option<TaskSet> {
    collection().map(|path| load(&path, Split::Test, Keep::First(100)))
}

fn classifications(set: &TaskSet) -> Vec<&Task> {
    set.tasks.iter().filter(|task| task.output_space.kind == TaskKind::Classification).collect()
}

#[test]
fn the_test_set_has_11_810_instances_of_119_tasks() {
    let Some(set) = official_test_set() else { return };
    assert_eq!(set.problems, []);
    assert_eq!(set.tasks.len(), 119);
    assert_eq!(set.tasks.iter().map(|task| task.instances.len()).sum::<usize>(), 11_810);
    let mut shorter: Vec<usize> =
        set.tasks.iter().map(|task| task.instances.len()).filter(|instances| *instances < 100).collect();
    shorter.sort();
    assert_eq!(shorter, [26, 84]);
}

#[test]
fn exactly_57_tasks_mention_their_outputs_and_task304_is_none_of_them() {
    let Some(set) = official_test_set() else { return };
    let found = classifications(&set);
    assert_eq!(found.len(), 57);
    assert!(found.iter().all(|task| !task.name.starts_with("task304_")));
    assert!(found.iter().all(|task| task.instances.len() == 100 && task.instance_count == 100));
}

#[test]
fn guessing_is_right_in_2431_of_5700_or_42_737_percent_without_the_floor() {
    let Some(set) = official_test_set() else { return };
    let labels: Vec<usize> = classifications(&set).iter().map(|task| task.output_space.labels.len()).collect();
    assert_eq!(labels.iter().map(|labels| 100 / labels).sum::<usize>(), 2431);
    let mean = labels.iter().map(|labels| 100.0 / *labels as f64).sum::<f64>() / labels.len() as f64;
    assert_eq!(format!("{mean:.3}"), "42.737");
}

#[test]
fn every_file_is_read_without_a_warning_that_costs_an_instance() {
    let Some(path) = collection() else { return };
    for split in [Split::Train, Split::Test] {
        let set = load(&path, split, Keep::All);
        assert_eq!(set.problems, []);
        for task in &set.tasks {
            assert_eq!(task.instances.len(), task.instance_count);
            assert!(task.warnings.iter().all(|warning| !warning.contains("passed over")), "{:?}", task.warnings);
        }
    }
}

#[test]
fn samples_are_nested_and_come_from_the_file() {
    let Some(path) = collection() else { return };
    let sample = |count| load(&path, Split::Train, Keep::Sample { seed: 3, count });
    let (small, large, all) = (sample(10), sample(50), load(&path, Split::Train, Keep::All));
    for ((small, large), all) in small.tasks.iter().zip(&large.tasks).zip(&all.tasks) {
        assert_eq!(small.instances[..], large.instances[..10], "{}", small.name);
        assert!(large.instances.iter().all(|instance| all.instances.contains(instance)), "{}", large.name);
        assert_eq!(small.output_space, all.output_space);
    }
}

#[test]
fn every_prompt_is_that_of_the_second_implementation() {
    let Some(path) = collection() else { return };
    let (train, test) = (load(&path, Split::Train, Keep::All), load(&path, Split::Test, Keep::All));
    let tasks: Vec<&Task> = train.tasks.iter().chain(&test.tasks).collect();
    let cases = prompts::cases();
    let digests: Vec<String> = cases.iter().map(|(plan, _)| digest_of_prompts(plan, &tasks)).collect();
    assert_eq!(digests, PROMPT_DIGESTS);
}

fn digest_of_prompts(plan: &PromptPlan, tasks: &[&Task]) -> String {
    let mut digest = Sha256::new();
    for task in tasks {
        let template = Template::new(plan, &task.instruction(), &prompts::count_tokens);
        for instance in &task.instances {
            let prompt = template.prompt(&instance.input);
            digest.update(format!("{}\0{}\0{}\0", prompt.text, prompt.examples, prompt.tokens));
        }
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The corpus of ten instances a task under a condition of one transform, or of none.
fn corpus(path: &Path, transform: Option<&str>, apply_to: &[Stage]) -> Corpus {
    let used = |id: &str| TransformUse { id: id.to_owned(), version: None, settings: Settings::default() };
    let spec = RunSpec {
        version: SPEC_VERSION,
        plan: "natinst".to_owned(),
        kind: RunKind::FineTune,
        condition: Condition {
            name: "Tried".to_owned(),
            transforms: transform.map(used).into_iter().collect(),
            apply_to: apply_to.to_vec(),
        },
        data: RunData {
            path: path.to_owned(),
            format: "natural-instructions".to_owned(),
            track: "default".to_owned(),
            train_instances_per_task: 10,
            test_instances_per_task: 100,
            tasks: Vec::new(),
            digest: String::new(),
        },
        prompt: PromptPlan::default(),
        model: ModelPlan::default(),
        training: Preset::default().recipe(),
        decoding: Decoding::default(),
        seed: 1,
    };
    let materials =
        Materials { registry: &Registry::discover(), tasks: &Shelf::default(), tokens: &prompts::count_tokens };
    build(&spec, materials).expect("collection and plugins are whole")
}

const BOTH: [Stage; 2] = [Stage::Train, Stage::Test];

#[test]
fn a_corpus_is_the_same_every_time_and_conditions_share_its_instances() {
    let Some(path) = collection() else { return };
    let delusive = corpus(&path, Some("examples.delusive"), &BOTH);
    assert_eq!(delusive, corpus(&path, Some("examples.delusive"), &BOTH));
    let original = corpus(&path, None, &BOTH);
    assert_eq!((original.train.len(), original.test.len()), (1_550, 11_810));
    for (one, other) in original.train.iter().zip(&delusive.train) {
        assert_eq!((&one.task, &one.instance, &one.targets), (&other.task, &other.instance, &other.targets));
    }
    assert_ne!(original.train, delusive.train);
    assert_eq!(original.report.notes.len(), 0);
    assert_eq!(original.report.task_hashes.len(), 274);
}

#[test]
fn simplified_definitions_hold_labels_and_nothing_else() {
    let Some(path) = collection() else { return };
    let corpus = corpus(&path, Some("definition.simplified"), &BOTH);
    for question in &corpus.test {
        let beginning = match question.kind {
            TaskKind::Classification => "Definition: Label: ",
            TaskKind::Generation => "Definition: .\n\n",
        };
        assert!(question.source.starts_with(beginning), "{}", question.source);
    }
    assert!(corpus.report.notes.values().flatten().all(|note| note.starts_with("definition.simplified: ")));
}

#[test]
fn a_condition_of_the_test_alone_leaves_the_training_as_it_was() {
    let Some(path) = collection() else { return };
    let (original, tested) = (corpus(&path, None, &BOTH), corpus(&path, Some("examples.empty"), &[Stage::Test]));
    assert_eq!(original.train, tested.train);
    assert!(tested.test.iter().all(|question| !question.source.contains(" Positive Example 1 -\n")));
    assert!(tested.test.iter().all(|question| question.first_example_output.is_none()));
}
