//! Questions to a handful of made-up runs, with answers worked out by hand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use placebo_plugin_api::{Settings, TaskKind};

use super::*;
use crate::plan::TransformUse;
use crate::report::{Difference, IntervalMethod, Test};
use crate::results::RunState;
use crate::results::testing::spec;
use crate::run_spec::RunKind;
use crate::score::{AnswerSpace, Scores};
use crate::statistics::{Components, Correction, Resampling, TwoWay, Unit, holm, mean, sample_deviation};

/// Task → the scores of its instances.
type Answers<'a> = &'a [(&'a str, &'a [f64])];

/// Scores of classification tasks under a metric named `right`.
fn scores(answers: Answers) -> Scores {
    let space = AnswerSpace { kind: TaskKind::Classification, ..AnswerSpace::default() };
    let spaces = answers.iter().map(|(task, _)| ((*task).to_owned(), space.clone())).collect();
    let mut scores = Scores::of_tasks(&spaces);
    for (task, values) in answers {
        (0..values.len()).for_each(|at| scores.add_instance(task, &at.to_string()));
    }
    let by_task: BTreeMap<_, _> = answers.iter().map(|(task, values)| ((*task).to_owned(), values.to_vec())).collect();
    scores.metrics = vec![scores.aggregated("right", "1", Settings::default(), by_task)];
    scores
}

fn record(condition: &str, seed: u64, answers: Answers) -> Record {
    let mut spec = spec(seed);
    spec.condition.name = condition.to_owned();
    let place = usize::from(condition != "Original");
    Record { path: PathBuf::from("trial"), spec, state: RunState::Finished, scores: Some(scores(answers)), place }
}

/// The original condition under three seeds, and an altered one that is worse on task `a` and better once on task `b`.
fn records() -> Vec<Record> {
    let original = |seed| record("Original", seed, &[("a", &[100.0, 100.0, 100.0, 0.0]), ("b", &[0.0, 100.0])]);
    let altered = |seed, first| record("Altered", seed, &[("a", &[first, 0.0, 0.0, 0.0]), ("b", &[100.0, 100.0])]);
    vec![original(1), altered(1, 0.0), original(2), altered(2, 0.0), original(3), altered(3, 100.0)]
}

fn question() -> Question {
    Question {
        baseline: Some("Original".into()),
        resampling: Resampling { resamples: 500, seed: 1 },
        ..Question::default()
    }
}

fn answer(records: &[Record], question: &Question) -> Comparison {
    compare(records, question, &|_| ()).unwrap()
}

/// The difference of the row of this name, in the first column.
fn difference(comparison: &Comparison, condition: &str) -> Option<Difference> {
    let row = comparison.rows.iter().find(|row| row.condition == condition).unwrap();
    row.cells[0].as_ref().unwrap().difference.clone()
}

#[test]
fn differences_are_paired_and_described() {
    let comparison = answer(&records(), &question());
    assert_eq!(difference(&comparison, "Original"), None);
    let found = difference(&comparison, "Altered").unwrap();
    // Original: (75 + 50) / 2 in every seed; altered: (0 + 100) / 2 twice and (25 + 100) / 2 once.
    assert_eq!((found.points, found.drop_rate), (-8.3333, Some(13.3333)));
    assert_eq!((found.seeds, found.tasks, found.instances), (3, 2, 6));
    let interval = found.interval.unwrap();
    assert!(interval.low <= -8.3333 && interval.high >= -8.3333, "{interval:?}");
    let task_differences = [-200.0 / 3.0, 50.0];
    let d = mean(&task_differences).unwrap() / sample_deviation(&task_differences).unwrap();
    assert!((found.cohens_d.unwrap() - d).abs() < 1e-4);
    assert_eq!(comparison.question.unwrap().columns, Column::of_metric("right"));
}

#[test]
fn only_seeds_that_both_have_are_paired() {
    let mut records = records();
    records.remove(5);
    records.push(record("Altered", 9, &[("a", &[100.0; 4]), ("b", &[100.0; 2])]));
    let found = difference(&answer(&records, &question()), "Altered").unwrap();
    assert_eq!((found.seeds, found.points), (2, -12.5));
}

#[test]
fn every_interval_and_test_answers_or_says_why_not() {
    for unit in Unit::ALL {
        for interval in [IntervalMethod::Percentile, IntervalMethod::Bca, IntervalMethod::T] {
            let comparison = answer(&records(), &Question { unit, interval: Some(interval), ..question() });
            for cell in comparison.rows.iter().map(|row| row.cells[0].as_ref().unwrap()) {
                let holds = cell.interval.is_none_or(|interval| interval.contains(cell.mean));
                assert!(holds, "{unit}, {interval:?}: {cell:?}");
                assert!(cell.interval.is_some() || !comparison.refusals.is_empty(), "{unit}, {interval:?}");
            }
        }
    }
}

#[test]
fn tests_as_by_hand() {
    let p = |test| {
        let asked = Question { test: Some(test), unit: Unit::Instances, margin: Some(500.0), ..question() };
        difference(&answer(&records(), &asked), "Altered").unwrap().p.unwrap()
    };
    // More seeds are right on instances a0, a1 and a2 with the original and on b0 with the altered: 2 · 5/16.
    let mcnemar = p(Test::Mcnemar);
    assert_eq!((mcnemar.raw, mcnemar.over.as_str()), (0.625, "6 instances"));
    // Seeds differ by −12.5, −12.5 and 0.
    let flips = p(Test::SignFlip);
    assert_eq!((flips.raw, flips.smallest, flips.over.as_str()), (0.5, Some(0.5), "3 seeds"));
    assert_eq!((p(Test::Wilcoxon).raw, p(Test::Wilcoxon).over.as_str()), (1.0, "2 tasks"));
    assert!(p(Test::Tost).raw < 0.001);
    for test in [Test::ApproximateRandomisation, Test::PairedBootstrap, Test::T] {
        assert!((0.1..=1.0).contains(&p(test).raw), "{test:?}: {:?}", p(test));
    }
}

#[test]
fn all_tests_of_an_answer_are_one_family() {
    let mut records = records();
    records.extend((1..=3).map(|seed| record("Empty", seed, &[("a", &[0.0; 4]), ("b", &[0.0; 2])])));
    let test = Some(Test::T);
    let asked = |correction| {
        let comparison = answer(&records, &Question { test, unit: Unit::Instances, correction, ..question() });
        let cells = comparison.rows.into_iter().flat_map(|row| row.cells).flatten();
        cells.filter_map(|cell| cell.difference?.p).collect::<Vec<_>>()
    };
    let raw: Vec<f64> = asked(Correction::None).iter().map(|p| p.raw).collect();
    assert_eq!(raw.len(), 4);
    for (found, expected) in asked(Correction::Holm).iter().zip(holm(&raw)) {
        assert!((found.corrected / expected - 1.0).abs() < 1e-3, "{found:?} is not {expected}");
    }
    assert!(asked(Correction::None).iter().all(|p| p.raw == p.corrected));
}

#[test]
fn unequal_instances_are_refused_and_the_others_answered() {
    let mut records = records();
    records.push(record("Other", 1, &[("a", &[0.0; 3]), ("b", &[0.0; 2])]));
    records.push(record("Fewer", 1, &[("b", &[0.0, 100.0])]));
    records.push(record("Mixed", 1, &[("a", &[0.0; 4]), ("b", &[0.0; 2])]));
    records.push(record("Mixed", 2, &[("a", &[0.0; 5]), ("b", &[0.0; 2])]));
    let comparison = answer(&records, &Question { columns: Column::of_metric("right")[..1].to_vec(), ..question() });
    let expected = [
        "no statistics for Mixed (10 per task), classification right: \
         not the same instances were answered, of task `a`: seed `2`",
        "no interval for Other (10 per task), classification right: \
         fewer than 2 seeds; add some or choose another unit: `1`",
    ];
    for sentence in expected {
        assert!(comparison.refusals.iter().any(|refusal| refusal == sentence), "{:#?}", comparison.refusals);
    }
    let reasons = comparison.refusals.join("\n");
    assert!(reasons.contains("no difference for Other (10 per task), classification right: not the same instances"));
    assert!(reasons.contains("no difference for Fewer (10 per task), classification right: not the same tasks were"));
    assert!(difference(&comparison, "Altered").unwrap().interval.is_some());
}

#[test]
fn a_baseline_without_seeds_is_set_against_every_seed() {
    let mut records = records();
    let mut copied = record("Copy", 0, &[("a", &[50.0; 4]), ("b", &[50.0; 2])]);
    copied.spec.kind = RunKind::CopyInput;
    records.push(copied);
    let against =
        |baseline: &str| Question { baseline: Some(baseline.into()), test: Some(Test::SignFlip), ..question() };
    let from_original = difference(&answer(&records, &against("Original")), "Copy").unwrap();
    assert_eq!((from_original.points, from_original.seeds, from_original.p.unwrap().raw), (-12.5, 3, 0.25));
    let from_copy = difference(&answer(&records, &against("Copy")), "Original").unwrap();
    assert_eq!((from_copy.points, from_copy.seeds), (12.5, 3));
    let row = answer(&records, &question()).rows.pop().unwrap();
    assert!(row.condition == "Copy" && row.cells[0].as_ref().unwrap().interval.is_some());
}

#[test]
fn scores_that_are_not_right_or_wrong_are_not_for_mcnemar() {
    let records = [record("Original", 1, &[("a", &[50.0, 100.0])]), record("Altered", 1, &[("a", &[0.0, 0.0])])];
    let comparison = answer(&records, &Question { test: Some(Test::Mcnemar), unit: Unit::Instances, ..question() });
    assert_eq!(difference(&comparison, "Altered").unwrap().p, None);
    assert!(comparison.refusals.iter().any(|refusal| refusal.contains("right or wrong")), "{:?}", comparison.refusals);
}

#[test]
fn a_size_is_compared_with_the_same_size() {
    let mut records = records();
    records
        .iter_mut()
        .filter(|record| record.spec.seed == 3)
        .for_each(|record| record.spec.data.train_instances_per_task = 50);
    records.remove(4);
    let comparison = answer(&records, &question());
    let sizes: Vec<_> =
        comparison.rows.iter().map(|row| (row.condition.as_str(), row.train_instances_per_task)).collect();
    assert_eq!(sizes, [("Original", Some(10)), ("Altered", Some(10)), ("Altered", Some(50))]);
    assert!(
        comparison.refusals.iter().any(|refusal| refusal.contains("the baseline has no run of this size: `Original`"))
    );
}

#[test]
fn rows_come_in_the_order_asked_and_unfinished_runs_as_missing() {
    let mut records = records();
    (records[5].state, records[5].scores) = (RunState::Waiting, None);
    let comparison = answer(&records, &Question { rows: vec!["Altered".into()], ..question() });
    let rows: Vec<_> = comparison.rows.iter().map(|row| (row.condition.as_str(), row.seeds, row.missing)).collect();
    assert_eq!(rows, [("Original", 3, 0), ("Altered", 2, 1)]);
    let turned = Question { rows: vec!["Altered".into(), "Original".into()], ..question() };
    assert_eq!(answer(&records, &turned).rows[0].condition, "Altered");
}

#[test]
fn order_of_records_and_number_of_threads_make_no_difference() {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let asked = Question { test: Some(Test::PairedBootstrap), ..question() };
    let mut turned = records();
    turned.reverse();
    let one = pool(1).install(|| answer(&records(), &asked));
    assert_eq!(one, pool(3).install(|| answer(&turned, &asked)));
}

#[test]
fn questions_without_sense_are_refused() {
    let refused = |question: Question| compare(&records(), &question, &|_| ()).unwrap_err().to_string();
    let message = refused(Question { baseline: Some("Orginal".into()), ..question() });
    assert_eq!(message, "no run has this condition; these are there: Altered, Original: `Orginal`");
    let message = refused(Question { baseline: None, test: Some(Test::T), ..question() });
    assert_eq!(message, "a test compares with a condition; name it as the baseline: `t`");
    let mut records = records();
    let transform = TransformUse { id: "definition.empty".into(), version: None, settings: Settings::default() };
    let altered = records.iter_mut().filter(|record| record.spec.condition.name == "Altered");
    altered.for_each(|record| record.spec.condition.transforms.push(transform.clone()));
    let found = answer(&records, &Question { baseline: None, test: Some(Test::T), ..question() });
    assert_eq!(found.question.unwrap().baseline.as_deref(), Some("Original"));
    let message = refused(Question { test: Some(Test::Tost), ..question() });
    assert_eq!(message, "equivalence needs a margin, in points, below which differences do not matter");
    let message = refused(Question { level: 95.0, ..question() });
    assert_eq!(message, "the level must lie between 0 and 1, both excluded: `95`");
}

#[test]
fn every_writer_shows_the_same_numbers() {
    let comparison = answer(&records(), &Question { test: Some(Test::SignFlip), ..question() });
    let found = difference(&comparison, "Altered").unwrap();
    let (interval, d) = (found.interval.unwrap(), found.cohens_d.unwrap());
    let text = crate::report::text::write(&comparison);
    let bounds = format!("[{:.4}, {:.4}]", interval.low, interval.high);
    let line = text.lines().find(|line| line.starts_with("Altered") && line.contains("-8.3333")).unwrap();
    for number in [bounds.as_str(), "13.3333", &format!("{d:.4}"), " 0.5 ", " 3 seeds"] {
        assert!(line.contains(number), "{number} is not in {line}");
    }
    let markdown = crate::report::markdown::write(&comparison);
    assert!(
        markdown.contains(&format!("| -8.3333 | {bounds} | 13.3333 | {d:.4} | 0.5 | 0.5 | 3 seeds |")),
        "{markdown}"
    );
    let csv = crate::report::csv::write(&comparison);
    let numbers =
        format!(",Original,-8.3333,{},{},13.3333,{d},0.5,0.5,0.5,3 seeds,3,2,6\r\n", interval.low, interval.high);
    assert!(csv.contains(&numbers), "{csv}");
    assert!(text.contains("Difference to “Original”") || text.contains("difference to “Original”"), "{text}");
}

#[test]
fn variation_is_pooled_over_differences() {
    let found = variations(&records(), &question()).unwrap();
    let classification = &found[0];
    // Differences are −75 and 50 in two seeds and −50 and 50 in the third.
    let table = [vec![-75.0, 50.0], vec![-75.0, 50.0], vec![-50.0, 50.0]];
    let expected = TwoWay::of(&table).unwrap().components();
    let Components { seeds, tasks, rest } = classification.components;
    for (found, expected) in [(seeds, expected.seeds), (tasks, expected.tasks), (rest, expected.rest)] {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }
    assert_eq!((classification.tasks, classification.differences), (2, 1));
}
