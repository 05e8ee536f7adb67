//! The bundled experiment can be read, and the program sees its tasks as the generator means them.

use std::path::{Path, PathBuf};

use placebo_experiment::load::{TaskSet, load_split};
use placebo_experiment::plan::Plan;
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_plugin_api::TaskKind;
use placebo_sample_tasks::compose::Task;
use placebo_sample_tasks::template::Outputs;
use placebo_sample_tasks::{training, unseen};

fn plan() -> Plan {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../experiments/sample.toml");
    Plan::read(&path).expect("the bundled plan is a plan")
}

fn loaded(split: Split) -> TaskSet {
    load_split(&plan().data, split, Keep::First(100)).expect("the plan names the sample tasks")
}

fn check(loaded: &TaskSet, composed: &[Task]) {
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.tasks.len(), composed.len());
    for (found, meant) in loaded.tasks.iter().zip(composed) {
        assert_eq!(found.name, meant.template.name);
        assert_eq!(found.warnings, Vec::<String>::new(), "{}", found.name);
        assert_eq!(found.instance_count, meant.instances.len());
        let (kind, mut labels) = match meant.template.outputs {
            Outputs::Labels(labels) => (TaskKind::Classification, labels.to_vec()),
            Outputs::Text => (TaskKind::Generation, vec![]),
        };
        labels.sort_unstable();
        assert_eq!(found.output_space.kind, kind, "{}", found.name);
        assert_eq!(found.output_space.texts(), labels, "{}", found.name);
    }
}

#[test]
fn training_tasks_load_without_a_warning_and_with_the_labels_meant() {
    check(&loaded(Split::Train), &training());
}

#[test]
fn test_tasks_load_without_a_warning_and_with_the_labels_meant() {
    check(&loaded(Split::Test), &unseen());
}

#[test]
fn the_bundled_plan_has_the_conditions_of_the_study_and_all_baselines() {
    let plan = plan();
    let conditions: Vec<_> = plan.conditions.iter().map(|condition| condition.name.as_str()).collect();
    assert_eq!(conditions, ["Original", "Simplified", "Empty", "Delusive"]);
    assert_eq!(plan.baselines.len(), 5);
    assert_eq!(plan.model.checkpoint, "bundled:nano");
}
