//! Finding one's way among tasks and plugins: filters, what a plan says of a task, plugins at work, trust, examination.

use crate::fixture::{Window, foreign_plugin, sample};
use egui_kittest::kittest::Queryable;
use placebo_desktop::{Command, Page};
use placebo_plugin_api::TaskKind;

fn tasks() -> Window {
    let mut window = Window::after(Command::TakeSample);
    window.ask(Command::Show(Page::Tasks));
    window
}

#[test]
fn tasks_are_found_by_words_kind_and_split() {
    let mut window = tasks();
    window.expect("90 tasks");
    window.harness.get_by_label("Search tasks").click();
    window.settle();
    window.harness.get_by_label("Search tasks").type_text("parity");
    window.settle();
    window.expect("1 task");
    let mut filter = window.harness.state().state().tasks.filter.clone();
    (filter.text, filter.kind) = (String::new(), Some(TaskKind::Generation));
    window.ask(Command::FindTasks(filter));
    let all = window.harness.state().state().tasks.read().unwrap().all().count();
    assert!(!window.shows(&format!("{all} tasks")), "the kind is a filter");
}

#[test]
fn what_the_plan_says_of_a_task_is_stronger_than_the_rule() {
    let mut window = tasks();
    window.expect("classification");
    window.harness.get_by_label("Kind of the task").click();
    window.settle();
    window.press("generation");
    let plan = &window.harness.state().state().draft.plan;
    assert_eq!(plan.data.tasks[0].kind, Some(TaskKind::Generation));
    window.press("As found");
    assert!(window.harness.state().state().draft.plan.data.tasks.is_empty());
}

#[test]
fn worked_examples_run_live() {
    let mut window = Window::after(Command::Show(Page::Plugins));
    window.press("definition.empty");
    window.expect("✓ as its author says");
    window.expect("(empty)");
    window.press("exact-match");
    window.expect("✓ as its author says");
    window.harness.get_by_label("Answer to try").focus();
    window.settle();
    window.harness.get_by_label("Answer to try").type_text("something else ");
    window.settle();
    window.expect("scores 0");
    window.press("As it is written");
    window.expect("✓ as its author says");
}

#[test]
fn a_stranger_is_refused_with_the_way_to_trust_it() {
    let folder = tempfile::tempdir().unwrap();
    foreign_plugin(folder.path());
    let mut window = Window::after(Command::TakeSample);
    let mut plan = sample();
    plan.plugins.push(folder.path().to_owned());
    window.ask(Command::Edit(Box::new(plan)));
    window.ask(Command::Show(Page::Plugins));
    window.expect("Refused");
    window.expect("1 refused");
    assert!(window.harness.query_by_label("Trust and load it").is_some());
    window.ask(Command::Examine(folder.path().to_owned()));
    window.expect("Examination");
    window.expect("1 failed");
}
