//! `placebo score` against Google's rouge_score and the official exact match; `tests/golden/scores.py` made the values.

use crate::program::{placebo, text};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/scores").join(name)
}

#[test]
fn scores_are_those_of_the_reference_implementations() {
    let (data, predictions) = (golden(""), golden("predictions.jsonl"));
    let arguments = ["score", "--data", text(&data), "--predictions", text(&predictions), "--json", "--metric"];
    let found = placebo(&[&arguments[..], &["exact-match", "rouge-l", "rouge-1"]].concat()).json();
    let expected: Value = serde_json::from_str(&fs::read_to_string(golden("expected.json")).unwrap()).unwrap();
    let metrics = found["metrics"].as_array().unwrap();
    assert_eq!(metrics.len(), expected.as_object().unwrap().len());
    for metric in metrics {
        let expected = &expected[metric["id"].as_str().unwrap()];
        close(&metric["overall"], &expected["overall"]);
        for (task, mean) in expected["tasks"].as_object().unwrap() {
            close(&metric["tasks"][task], mean);
        }
    }
}

#[track_caller]
fn close(found: &Value, expected: &Value) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!((found - expected).abs() <= 1e-4, "{found} is not {expected}");
}

#[test]
fn missing_unknown_and_repeated_predictions_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let predictions = folder.path().join("predictions.jsonl");
    let line = |id: &str| format!("{{\"id\": \"{id}\", \"prediction\": \"yes\"}}\n");
    fs::write(&predictions, ["task01_weather_wish-0", "task01_weather_wish-0", "elsewhere"].map(line).concat())
        .unwrap();
    let data = golden("");
    let ended = placebo(&["score", "--data", text(&data), "--predictions", text(&predictions), "--metric", "rouge-l"]);
    for warning in
        ["6 instances have no prediction", "1 predictions belong to no instance", "1 predictions come a second"]
    {
        assert!(ended.err.contains(warning), "{}", ended.err);
    }
    ended.done();
}

#[test]
fn predictions_in_another_format_are_refused_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    let predictions = folder.path().join("predictions.jsonl");
    fs::write(&predictions, "{\"id\": \"a\", \"prediction\": \"b\"}\n{\"id\": \"c\"}\n").unwrap();
    let data = golden("");
    let arguments = ["score", "--data", text(&data), "--predictions", text(&predictions), "--metric", "rouge-l"];
    placebo(&arguments).refused(2, &["`prediction`", text(&predictions), "line 2"]);
}
