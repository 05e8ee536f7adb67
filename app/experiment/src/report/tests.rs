//! One comparison made by hand, in every form that it is written in.

use std::collections::BTreeMap;
use std::path::PathBuf;

use placebo_plugin_api::{Settings, TaskKind};

use super::*;
use crate::results::testing::spec;
use crate::results::{RunFolder, RunState};
use crate::run_spec::RunKind;
use crate::score::{AnswerSpace, Guess, Scores};

/// Scores of two instances of a classification task and one of a generation task.
fn scores(exact: [f64; 2], rouge: [f64; 3]) -> Scores {
    let space = |kind| AnswerSpace { kind, ..AnswerSpace::default() };
    let spaces = BTreeMap::from([
        ("task1".to_owned(), space(TaskKind::Classification)),
        ("task2".to_owned(), space(TaskKind::Generation)),
    ]);
    let mut scores = Scores::of_tasks(&spaces);
    for (task, instance) in [("task1", "1"), ("task1", "2"), ("task2", "3")] {
        scores.add_instance(task, instance);
    }
    let by_task = |first: &[f64], second: &[f64]| {
        BTreeMap::from([("task1".to_owned(), first.to_vec()), ("task2".to_owned(), second.to_vec())])
    };
    let exact = scores.aggregated("exact-match", "1", Settings::default(), by_task(&exact, &[0.0]));
    let rouge = scores.aggregated("rouge-l", "1", Settings::default(), by_task(&rouge[..2], &rouge[2..]));
    scores.metrics = vec![exact, rouge];
    scores
}

fn record(seed: u64, state: RunState, scores: Option<Scores>) -> Record {
    Record { path: PathBuf::from("results/trial"), spec: spec(seed), state, scores, place: 0 }
}

fn guess() -> Record {
    let mut scores = scores([50.0, 50.0], [0.0; 3]);
    scores.metrics.truncate(1);
    scores.metrics[0].overall = None;
    let guess = Guess { expected: 50.0, floored: Some(42.64912), low: 1.23456, high: 98.76544, tasks: 1, left_out: 1 };
    scores.metrics[0].guess = Some(guess);
    let mut record = record(0, RunState::Finished, Some(scores));
    record.spec.kind = RunKind::RandomGuess;
    record.spec.condition.name = "Random guess".into();
    record.place = 1;
    record
}

fn comparison() -> Comparison {
    let finished = |seed, exact, rouge| record(seed, RunState::Finished, Some(scores(exact, rouge)));
    let failed = RunState::Failed { reason: "out of memory".into() };
    let records = [
        guess(),
        finished(1, [100.0, 0.0], [100.0, 0.0, 20.0]),
        finished(2, [100.0, 100.0], [100.0, 100.0, 40.0]),
        record(3, failed, None),
    ];
    Comparison::of(&records, Column::of_the_study())
}

#[test]
fn a_terminal_sees_aligned_columns_and_notes() {
    let expected = "\
condition     per task  seeds  classification exact-match  generation rouge-l    overall rouge-l  tasks  instances  missing
────────────  ────────  ─────  ──────────────────────────  ──────────────────  ─────────────────  ─────  ─────────  ───────
Original            10      2           75.0000 ± 35.3553   30.0000 ± 14.1421  60.0000 ± 28.2843      2          3        1
Random guess         –      –           50.0000                             –                  –      2          3        0
";
    let text = text::write(&comparison());
    assert_eq!(text.lines().take(4).collect::<Vec<_>>(), expected.lines().collect::<Vec<_>>(), "{text}");
    let notes: Vec<_> = text.lines().skip(4).filter(|line| !line.is_empty()).collect();
    assert_eq!(
        notes,
        [
            "Random guess, exact-match: 50.0000 expected, 42.6491 in whole right answers per task as the study counts; \
             95 % of guessers lie from 1.2346 to 98.7654 (classification tasks: 1; \
             generation tasks, which nobody can guess: 1).",
            "Runs not finished: 1; their rows are means over fewer seeds.",
            &format!("Run {} (Original) failed: out of memory", spec(3).id()),
        ]
    );
}

#[test]
fn markdown_is_the_same_table() {
    let markdown = markdown::write(&comparison());
    let lines: Vec<_> = markdown.lines().collect();
    assert_eq!(lines[1], "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    assert_eq!(
        lines[2],
        "| Original | 10 | 2 | 75.0000 ± 35.3553 | 30.0000 ± 14.1421 | 60.0000 ± 28.2843 | 2 | 3 | 1 |"
    );
    assert_eq!(lines[3], "| Random guess | – | – | 50.0000 | – | – | 2 | 3 | 0 |");
}

#[test]
fn csv_has_one_line_per_number() {
    let mut comparison = comparison();
    comparison.rows[0].condition = "Original, \"new\"".into();
    let csv = csv::write(&comparison);
    let lines: Vec<_> = csv.split("\r\n").collect();
    assert_eq!(lines.len(), 1 + 2 * 3 + 1);
    assert!(lines.iter().take(7).all(|line| line.replace("l, \"", "l").matches(',').count() == 30), "{csv}");
    assert_eq!(
        lines[1],
        "trial,fine-tune,\"Original, \"\"new\"\"\",10,exact-match,classification,75,35.3553,2,2,2,3,1,,,,,,,,,,,,,,,,,,"
    );
    assert_eq!(
        lines[4],
        "trial,random-guess,Random guess,,exact-match,classification,50,,1,0,2,3,0,42.6491,1.2346,98.7654,,,,,,,,,,,,,,,"
    );
    assert_eq!(lines[6], "trial,random-guess,Random guess,,rouge-l,overall,,,0,0,2,3,0,,,,,,,,,,,,,,,,,,");
}

#[test]
fn json_is_read_back_as_the_same_comparison() {
    let comparison = comparison();
    assert_eq!(serde_json::from_str::<Comparison>(&json::write(&comparison)).unwrap(), comparison);
}

#[test]
fn records_are_read_in_any_state_and_an_empty_folder_is_refused() {
    let results = tempfile::tempdir().unwrap();
    let message = read_records(results.path()).unwrap_err().to_string();
    assert!(message.starts_with("no runs in it; give the folder that `placebo run` wrote to"), "{message}");
    RunFolder::create(results.path(), &spec(1)).unwrap();
    let finished = RunFolder::create(results.path(), &spec(2)).unwrap();
    finished.write_scores(&scores([100.0, 0.0], [1.0; 3])).unwrap();
    let damaged = RunFolder::create(results.path(), &spec(3)).unwrap();
    std::fs::write(damaged.path().join("scores.json"), "{").unwrap();
    let (records, problems) = read_records(results.path()).unwrap();
    assert_eq!(problems.len(), 1);
    let states: Vec<_> = records.iter().map(|record| (record.spec.seed, record.state.clone())).collect();
    assert!(states.contains(&(1, RunState::Waiting)) && states.contains(&(2, RunState::Finished)), "{states:?}");
    let row = &Comparison::of(&records, Column::of_metric("exact-match")).rows[0];
    assert_eq!((row.seeds, row.missing, row.cells[0].as_ref().unwrap().mean), (1, 1, 50.0));
}
