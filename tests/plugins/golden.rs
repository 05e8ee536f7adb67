//! Scores through the real library equal Google's rouge_score and the official exact match.
//!
//! `tests/golden/rouge.py` makes the values, and on request as many more as one likes: name that file in
//! `PLACEBO_ROUGE_PAIRS`.

use std::path::Path;

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::{ScoreItem, Settings};
use serde_json::Value;

const METRICS: [(&str, &str, bool); 6] = [
    ("exact_match", "exact-match", true),
    ("exact_match_strict", "exact-match-strict", true),
    ("rouge_1", "rouge-1", true),
    ("rouge_l", "rouge-l", true),
    ("rouge_1_plain", "rouge-1", false),
    ("rouge_l_plain", "rouge-l", false),
];

/// The largest difference per metric between our scores and those of a golden file.
fn differences(path: &Path) -> Vec<(&'static str, f64)> {
    let registry = Registry::discover();
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<Value> = text.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
    let items: Vec<ScoreItem> = lines.iter().map(item).collect();
    eprintln!("{} pairs of `{}`", items.len(), path.display());
    let difference = |(key, id, stemmer): (&'static str, &str, bool)| {
        let settings = if stemmer { Settings::default() } else { Settings::from([("stemmer", false.into())]) };
        let scores = registry.score(id, &settings, &items).unwrap();
        let golden = lines.iter().map(|line| line[key].as_f64().unwrap());
        (key, scores.iter().zip(golden).map(|(ours, theirs)| (ours - theirs).abs()).fold(0.0, f64::max))
    };
    METRICS.map(difference).to_vec()
}

fn item(line: &Value) -> ScoreItem {
    let references = line["references"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_string());
    let prediction = line["prediction"].as_str().unwrap().to_string();
    ScoreItem { prediction, references: references.collect(), ..ScoreItem::default() }
}

fn compare(path: &Path) {
    for (metric, difference) in differences(path) {
        eprintln!("{metric}: {difference:e}");
        assert!(difference <= 1e-9, "{metric} differs by {difference}");
    }
}

#[test]
fn hard_cases_score_as_in_the_reference_implementations() {
    compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/rouge_scores.jsonl"));
}

#[test]
fn a_large_file_scores_as_in_the_reference_implementations() {
    match std::env::var_os("PLACEBO_ROUGE_PAIRS") {
        Some(path) => compare(Path::new(&path)),
        None => eprintln!("skipped: no file named in PLACEBO_ROUGE_PAIRS; `tests/golden/rouge.py --pairs` makes one"),
    }
}
