//! Scores through the real library equal Google's rouge_score, sacreBLEU, and the official exact match and F1.
//!
//! `tests/golden/rouge.py` and `overlap.py` make the values, and on request as many more as one likes: name those files in
//! `PLACEBO_ROUGE_PAIRS` and `PLACEBO_OVERLAP_PAIRS`.

use std::path::{Path, PathBuf};

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::{ScoreItem, Settings};
use serde_json::Value;

/// A column of a golden file with the metric and the settings that must give its values.
type Column = (&'static str, &'static str, Settings);

fn rouge() -> Vec<Column> {
    let plain = || Settings::from([("stemmer", false.into())]);
    vec![
        ("exact_match", "exact-match", Settings::default()),
        ("exact_match_strict", "exact-match-strict", Settings::default()),
        ("rouge_1", "rouge-1", Settings::default()),
        ("rouge_l", "rouge-l", Settings::default()),
        ("rouge_1_plain", "rouge-1", plain()),
        ("rouge_l_plain", "rouge-l", plain()),
    ]
}

fn overlap() -> Vec<Column> {
    let cut = |tokenizer: &str| Settings::from([("tokenizer", tokenizer.into())]);
    let words = |order: i64| Settings::from([("word_order", order.into())]);
    vec![
        ("rouge_2", "rouge-2", Settings::default()),
        ("rouge_l_sum", "rouge-l-sum", Settings::default()),
        ("token_f1", "token-f1", Settings::default()),
        ("bleu_13a", "bleu", Settings::default()),
        ("bleu_intl", "bleu", cut("intl")),
        ("bleu_char", "bleu", cut("char")),
        ("bleu_none", "bleu", cut("none")),
        ("chrf", "chrf", Settings::default()),
        ("chrf_1", "chrf", words(1)),
        ("chrf_pp", "chrf", words(2)),
    ]
}

/// Asserts that no score differs from the golden one; says of each column how many do and where first.
fn compare(path: &Path, columns: Vec<Column>) {
    let registry = Registry::discover();
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<Value> = text.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
    let items: Vec<ScoreItem> = lines.iter().map(item).collect();
    eprintln!("{} pairs of `{}`", items.len(), path.display());
    let mut findings = Vec::new();
    for (column, id, settings) in columns {
        let scores = registry.score(id, &settings, &items).unwrap();
        let differs = |(score, line): &(&f64, &Value)| (**score - line[column].as_f64().unwrap()).abs() > 1e-9;
        let wrong: Vec<_> = scores.iter().zip(&lines).filter(differs).collect();
        let first =
            wrong.first().map(|(score, line)| format!("{column}: {} differ, first {score}: {line}", wrong.len()));
        findings.extend(first);
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

fn item(line: &Value) -> ScoreItem {
    let references = line["references"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_string());
    let prediction = line["prediction"].as_str().unwrap().to_string();
    ScoreItem { prediction, references: references.collect(), ..ScoreItem::default() }
}

fn golden(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden").join(file)
}

#[test]
fn hard_cases_of_rouge_score_as_in_the_reference_implementations() {
    compare(&golden("rouge_scores.jsonl"), rouge());
}

#[test]
fn hard_cases_of_overlap_score_as_in_the_reference_implementations() {
    compare(&golden("overlap_scores.jsonl"), overlap());
}

#[test]
fn large_files_score_as_in_the_reference_implementations() {
    for (variable, script, columns) in
        [("PLACEBO_ROUGE_PAIRS", "rouge.py", rouge()), ("PLACEBO_OVERLAP_PAIRS", "overlap.py", overlap())]
    {
        match std::env::var_os(variable) {
            Some(path) => compare(Path::new(&path), columns),
            None => eprintln!("skipped: no file named in {variable}; `tests/golden/{script} --pairs` makes one"),
        }
    }
}
