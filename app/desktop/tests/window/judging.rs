//! Judging finished runs: comparison, chart in words, questions, answers, export.

use crate::fixture::{Window, finish, runs};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use placebo_desktop::{Command, Height, Page, Verdict};
use placebo_experiment::report::figure::{FigureSpec, Kind};
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
fn tasks_are_followed_from_condition_to_condition_in_a_chart_of_any_height() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Compare);
    let spec = FigureSpec { kind: Kind::Slope, ..window.harness.state().state().compare.spec.clone() };
    window.ask(Command::Dress(Box::new(spec)));
    let told = "Classification tasks, Exact match (%) of a task, a line per task";
    window.expect(told);
    window.expect("Original 80.0 on average of 2 tasks");
    let height = |window: &Window| window.harness.get_by_label_contains(told).rect().height();
    let usual = height(&window);
    window.ask(Command::SetCharts(Height::High));
    assert!(height(&window) > 1.5 * usual);
    window.expect("more height");
}

#[test]
fn figure_and_tables_are_written() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Compare);
    window.ask(Command::Export);
    window.expect("Written to");
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

#[test]
fn an_answer_is_looked_at_closely_and_answers_are_picked_by_task() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Answers);
    window.press("taskA, i0");
    window.expect("instance i0");
    window.expect("Prompt");
    window.expect("its file is no longer in the collection: task taskA");
    window.press("Close this answer");
    assert!(!window.shows("instance i0"));
    let mut asked = window.harness.state().state().answers.asked.clone();
    (asked.task, asked.verdict) = (Some("taskB".into()), Verdict::Both);
    window.ask(Command::CompareAnswers(asked));
    window.expect("5 of 20 instances");
    window.press("Add a run");
    window.expect("C answered");
    window.press("Take the last run away");
    assert!(!window.shows("C answered"));
}

#[test]
fn an_answer_that_is_no_label_can_be_looked_for() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Answers);
    let mut asked = window.harness.state().state().answers.asked.clone();
    asked.verdict = Verdict::Outside;
    window.ask(Command::CompareAnswers(asked));
    window.expect("No answer fits");
}

#[test]
fn conditions_tasks_and_metrics_are_chosen() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Compare);
    window.harness.get_by_label("Conditions shown").click();
    window.settle();
    window.harness.get_by_role_and_label(Role::CheckBox, "Empty").click_accesskit();
    window.settle();
    assert!(window.harness.state().state().compare.question.rows.iter().all(|name| name != "Empty"));
    window.press("the study's numbers");
    window.expect("Random guess, reported 42.6");
    window.press("Add a metric");
    window.press("rouge-1");
    window.expect("8 finished runs are scored by rouge-1 now");
    assert!(window.harness.state().state().compare.metrics().contains(&"rouge-1".to_owned()));
}

#[test]
fn tasks_of_conditions_are_laid_against_each_other() {
    let results = tempfile::tempdir().unwrap();
    finished(results.path());
    let mut window = window(results.path(), Page::Compare);
    let mut spec = window.harness.state().state().compare.spec.clone();
    spec.kind = Kind::Scatter;
    window.ask(Command::Dress(Box::new(spec)));
    window.expect("Simplified higher on 0 tasks, lower on 2, the same on 0");
}
