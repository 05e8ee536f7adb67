//! What every sample task has to be: right, balanced, free of repeats, and of the kind it claims to be.

use std::collections::{BTreeMap, BTreeSet};

use placebo_sample_tasks::compose::Task;
use placebo_sample_tasks::template::{Outputs, Question};
use placebo_sample_tasks::{training, unseen};

/// The instances that the official test set takes of a task.
const TESTED: usize = 100;

fn everything() -> Vec<Task> {
    training().into_iter().chain(unseen()).collect()
}

fn questions(task: &Task) -> impl Iterator<Item = &Question> {
    task.positive.iter().chain(&task.negative).chain(&task.instances)
}

/// The rule of the study: every distinct output, without outer blanks and full stops, is named in the definition.
fn names_its_outputs(task: &Task) -> bool {
    let definition = task.template.definition.to_lowercase();
    let outputs: BTreeSet<&str> =
        task.instances.iter().flat_map(|instance| &instance.answers).map(|a| bare(a)).collect();
    outputs.len() <= 50 && outputs.iter().all(|output| definition.contains(&output.to_lowercase()))
}

fn bare(output: &str) -> &str {
    output.trim_matches(|c: char| c.is_whitespace() || c == '.')
}

/// What exact match compares: lower case, no punctuation, single blanks.
fn normalised(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kinds(tasks: &[Task]) -> (usize, usize) {
    let labelled = tasks.iter().filter(|task| matches!(task.template.outputs, Outputs::Labels(_))).count();
    (labelled, tasks.len() - labelled)
}

#[test]
fn there_are_enough_tasks_of_both_kinds() {
    let (training, unseen) = (training(), unseen());
    assert_eq!(kinds(&training), (37, 35));
    assert_eq!(kinds(&unseen), (9, 9));
    let names: BTreeSet<_> = training.iter().chain(&unseen).map(|task| task.template.name).collect();
    assert_eq!(names.len(), 90, "names are unique");
}

#[test]
fn test_categories_are_unseen_in_training() {
    let categories = |tasks: Vec<Task>| tasks.iter().map(|task| task.template.category).collect::<BTreeSet<_>>();
    let (training, unseen) = (categories(training()), categories(unseen()));
    assert!(unseen.len() >= 12, "{unseen:?}");
    assert!(training.is_disjoint(&unseen), "{:?}", training.intersection(&unseen).collect::<Vec<_>>());
}

#[test]
fn definitions_name_the_outputs_of_classification_tasks_and_of_no_others() {
    for task in everything() {
        let labelled = matches!(task.template.outputs, Outputs::Labels(_));
        assert_eq!(names_its_outputs(&task), labelled, "{}", task.template.name);
    }
}

#[test]
fn every_task_is_of_full_size_and_quick_to_read() {
    for task in everything() {
        let name = task.template.name;
        assert!((150..=300).contains(&task.instances.len()), "{name}");
        assert!(task.positive.len() >= 3 && task.negative.len() >= 3, "{name}");
        for question in questions(&task) {
            let words = question.input.split_whitespace().count();
            assert!((3..=40).contains(&words), "{words} words in `{name}`: {}", question.input);
            assert!(question.reason.ends_with('.'), "`{name}` explains: {}", question.reason);
        }
    }
}

#[test]
fn no_question_is_asked_twice() {
    for task in everything() {
        let mut asked = BTreeSet::new();
        for question in questions(&task) {
            assert!(asked.insert(normalised(&question.input)), "twice in `{}`: {}", task.template.name, question.input);
        }
    }
}

#[test]
fn labels_are_two_to_six_and_balanced_over_any_first_instances() {
    for task in everything() {
        let Outputs::Labels(labels) = task.template.outputs else { continue };
        assert!((2..=6).contains(&labels.len()), "{}", task.template.name);
        for count in [labels.len(), TESTED, task.instances.len()] {
            let mut counts: BTreeMap<&str, usize> = labels.iter().map(|label| (*label, 0)).collect();
            for instance in &task.instances[..count] {
                *counts.get_mut(instance.answers[0].as_str()).expect("an answer is one of the labels") += 1;
            }
            let (least, most) = (counts.values().min(), counts.values().max());
            assert!(most <= least.map(|least| least + 1).as_ref(), "{}: {counts:?}", task.template.name);
        }
    }
}

#[test]
fn first_positive_examples_show_different_labels() {
    for task in everything() {
        if matches!(task.template.outputs, Outputs::Labels(_)) {
            assert_ne!(task.positive[0].answers, task.positive[1].answers, "{}", task.template.name);
        }
    }
}

#[test]
fn negative_examples_are_wrong_and_of_the_right_form() {
    for task in everything() {
        for question in &task.negative {
            let (name, slip) = (task.template.name, question.slip.as_deref().unwrap());
            let right = question.answers.iter().any(|answer| normalised(answer) == normalised(slip));
            assert!(!right && !normalised(slip).is_empty(), "`{name}` calls wrong: {slip}");
            if let Outputs::Labels(labels) = task.template.outputs {
                assert!(labels.contains(&slip), "`{name}` has no label {slip}");
            }
        }
    }
}

#[test]
fn every_open_question_has_a_slip_that_is_wrong() {
    for task in everything().iter().filter(|task| matches!(task.template.outputs, Outputs::Text)) {
        for question in questions(task) {
            let slip = normalised(question.slip.as_deref().unwrap());
            assert!(
                !question.answers.iter().any(|answer| normalised(answer) == slip),
                "{}: {slip}",
                task.template.name
            );
        }
    }
}

#[test]
fn some_generation_tasks_have_several_references() {
    let several = |task: &&Task| task.instances.iter().all(|instance| instance.answers.len() > 1);
    assert!(training().iter().filter(several).count() >= 3);
    assert!(unseen().iter().filter(several).count() >= 2);
}
