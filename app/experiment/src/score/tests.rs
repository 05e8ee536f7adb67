//! Aggregates of a handful of answers, worked out by hand.

use std::collections::BTreeMap;

use placebo_plugin_api::TaskKind;

use super::*;
use crate::generation::Generation;
use crate::plan::MetricPlan;
use crate::plugin::Registry;

fn spaces() -> BTreeMap<String, AnswerSpace> {
    let labels = vec!["yes".to_owned(), "no".to_owned()];
    BTreeMap::from([
        ("a".to_owned(), AnswerSpace { kind: TaskKind::Classification, labels, ..AnswerSpace::default() }),
        ("b".to_owned(), AnswerSpace::default()),
    ])
}

fn generation(task: &str, instance: &str, prediction: &str, references: &[&str]) -> Generation {
    Generation {
        task: task.to_owned(),
        instance: instance.to_owned(),
        prompt_sha256: String::new(),
        prediction: prediction.to_owned(),
        references: references.iter().map(|reference| (*reference).to_owned()).collect(),
    }
}

fn generations() -> Vec<Generation> {
    vec![
        generation("a", "1", "Yes.", &["yes"]),
        generation("b", "3", "the cat", &["a dog", "the cat"]),
        generation("a", "2", "perhaps", &["no"]),
        generation("b", "4", "", &["x"]),
        generation("b", "5", "", &["x"]),
    ]
}

fn scored(metrics: &[&str]) -> Scores {
    let metrics: Vec<_> = metrics.iter().map(|id| MetricPlan::new(id)).collect();
    score(&generations(), &spaces(), &metrics, &Registry::discover()).unwrap()
}

#[test]
fn overall_is_over_instances_and_the_kinds_are_over_tasks() {
    let scores = scored(&["exact-match"]);
    let exact = scores.find("exact-match", None).unwrap();
    assert_eq!(exact.tasks["a"].instances, [100.0, 0.0]);
    assert_eq!(exact.overall, Some(40.0));
    assert_eq!(exact.classification, Some(50.0));
    assert_eq!(exact.generation, Some(100.0 / 3.0));
    assert_eq!(scores.tasks["b"].instances, ["3", "4", "5"]);
}

#[test]
fn a_metric_judges_its_own_kinds_alone() {
    let scores = scored(&["format-correctness"]);
    let format = scores.find("format-correctness", None).unwrap();
    assert_eq!((format.overall, format.generation), (None, None));
    assert_eq!(format.tasks.keys().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn a_later_metric_is_added_and_the_others_stay() {
    let mut scores = scored(&["exact-match"]);
    let before = scores.metrics.clone();
    let metrics = [MetricPlan::new("exact-match"), MetricPlan::new("rouge-l")];
    scores.add(&generations(), &metrics, &Registry::discover()).unwrap();
    assert_eq!(scores.metrics[..1], before);
    assert_eq!(scores, scored(&["exact-match", "rouge-l"]));
}

#[test]
fn scores_survive_their_file_to_the_last_digit() {
    let scores = scored(&["exact-match", "rouge-l"]);
    let json = serde_json::to_string(&scores).unwrap();
    assert_eq!(serde_json::from_str::<Scores>(&json).unwrap(), scores);
}

#[test]
fn an_unknown_metric_is_refused() {
    let error = score(&generations(), &spaces(), &[MetricPlan::new("rouge")], &Registry::discover()).unwrap_err();
    assert!(error.to_string().contains("metric `rouge`"), "{error}");
}
