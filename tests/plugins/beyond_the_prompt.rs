//! Targets, forms and whole tasks as a host asks for them, and answers about them that cannot be used.

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::{ScoreItem, Settings, Target, TransformItem};

use crate::children::confined;
use crate::{hosted, item, misbehaving};

fn with_targets(task: &str, count: usize) -> TransformItem {
    let mut item = item(task);
    item.instruction.targets = (0..count).map(|number| Target::new("in", format!("{task} {number}"))).collect();
    item
}

fn error(registry: &Registry, id: &str) -> String {
    registry.apply(id, &Settings::default(), vec![with_targets("task001", 3)]).unwrap_err().to_string()
}

#[test]
fn a_target_too_few_is_an_error() {
    for registry in [misbehaving(), hosted(confined("").path())] {
        let error = error(&registry, "misbehaving.loses-a-target");
        assert!(error.starts_with("it changed the number of targets of task `task001`"), "{error}");
    }
}

#[test]
fn a_target_without_an_answer_is_an_error() {
    let error = error(&misbehaving(), "misbehaving.empties-a-target");
    assert!(error.starts_with("it changed the number of targets without an answer of task `task001`"), "{error}");
}

#[test]
fn targets_that_were_not_announced_are_an_error() {
    let error = error(&misbehaving(), "misbehaving.oversteps-in-targets");
    assert!(error.starts_with("it changed the targets of task `task001`, which it does not announce"), "{error}");
}

#[test]
fn a_form_that_cannot_be_filled_in_is_an_error() {
    let error = error(&misbehaving(), "misbehaving.deforms");
    let wanted = "the form that it gives the prompt of task `task001` is unfit: its input lacks {input}: plugin";
    assert!(error.starts_with(wanted), "{error}");
}

/// Shuffling does not depend on who else is asked about, on the way there, or on how batches are cut.
#[test]
fn shuffled_targets_are_the_same_alone_and_among_others() {
    let registry = Registry::discover();
    let shuffle = |items| registry.apply("targets.shuffled", &Settings::default(), items).unwrap();
    let items: Vec<_> = (0..40).map(|number| with_targets(&format!("task{number}"), 1500)).collect();
    let together = shuffle(items.clone());
    for (item, among) in items.into_iter().zip(&together).rev().step_by(7) {
        assert_ne!(item.instruction.targets, among.instruction.targets);
        assert_eq!(shuffle(vec![item])[0], *among);
    }
}

/// In whichever order tasks are mixed, each is judged by its own answers.
#[test]
fn a_metric_of_whole_tasks_sees_each_task_whole() {
    let answer = |task: &str, prediction: &str| ScoreItem {
        task: task.to_string(),
        prediction: prediction.to_string(),
        references: vec!["x".to_string()],
        ..ScoreItem::default()
    };
    let items = [answer("b", "yes"), answer("a", "no"), answer("b", "Yes."), answer("a", "yes"), answer("b", "no")];
    let scores = Registry::discover().score("majority-share", &Settings::default(), &items).unwrap();
    let two_thirds = 200.0 / 3.0;
    assert_eq!(scores, [two_thirds, 50.0, two_thirds, 50.0, two_thirds]);
}

/// More answers than a batch holds are one task all the same.
#[test]
fn a_large_task_is_not_cut() {
    let item =
        |number: usize| ScoreItem { task: "a".to_string(), prediction: number.to_string(), ..ScoreItem::default() };
    let items: Vec<_> = (0..1000).map(item).collect();
    let scores = Registry::discover().score("majority-share", &Settings::default(), &items).unwrap();
    assert_eq!(scores, vec![0.1; 1000]);
}
