//! Judging finished runs: comparison, chart in words, questions, answers, export.

use crate::fixture::{Window, finish, runs};
use placebo_desktop::{Command, Page, Verdict};
use placebo_experiment::report::{Question, Test};
use placebo_experiment::run_spec::RunKind;
use std::path::Path;

/// The sample's tuned runs, finished: the original is right more often than the others.
fn finished(results: &Path) {
    for run in runs(results).iter().filter(|run| run.spec().kind == RunKind::FineTune) {
        let is_original = run.spec().condition.name == "Original";
        finish(run, |number| number < if is_original { 8 } else { 5 });
    }
}

fn window(results: &Path, page: Page) -> Window {
    let mut window = Window::after(Command::Open(results.join("sample")));
    window.ask(Command::Show(page));
    window
}

#[test]
fn finished_runs_are_compared_and_the_chart_says_its_numbers() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let window = window(results.path(), Page::Compare);
    window.expect("8 of 13 runs finished");
    window.expect("Classification tasks, Exact match (%): ");
    window.expect("Original 80.0");
    window.expect("classification exact-match");
}

#[test]
fn a_question_is_asked_by_choosing() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Compare);
    let question = Question { baseline: Some("Original".into()), test: Some(Test::SignFlip), ..Question::default() };
    window.ask(Command::Ask(Box::new(question)));
    window.expect("-30.0 points");
    window.ask(Command::Ask(Box::new(Question { baseline: Some("Nobody".into()), ..Question::default() })));
    window.expect("This cannot be answered");
    window.press("Ask the usual question");
    window.expect("Original 80.0");
}

#[test]
fn figure_and_tables_are_written() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Compare);
    window.ask(Command::Export);
    window.expect("written to");
    let folder = results.path().join("sample").join("export");
    for name in ["bars.pdf", "bars.svg", "bars.tex", "comparison.csv", "comparison.md"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
}

#[test]
fn answers_stand_side_by_side_and_are_filtered() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Answers);
    window.expect("20 of 20 instances");
    let mut asked = window.harness.state().state().answers.asked.clone();
    asked.verdict = Verdict::OnlyA;
    window.ask(Command::CompareAnswers(asked));
    window.expect("6 of 20 instances");
    window.press("Write these answers");
    let text = std::fs::read_to_string(results.path().join("sample/export/answers.jsonl")).unwrap();
    assert_eq!(text.lines().count(), 6);
}
