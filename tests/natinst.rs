//! The task rooms on real data: a part of Super-NaturalInstructions beside the workspace, where there is one.
//!
//! `PLACEBO_NATINST` names its folder. The figures are those of protocol, paper and data set, worked out independently.

mod prompts;

use std::path::{Path, PathBuf};

use placebo_experiment::load::{Source, TaskSet, load_split};
use placebo_experiment::plan::PromptPlan;
use placebo_experiment::prompt::Template;
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_experiment::task::Task;
use placebo_plugin_api::TaskKind;
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
