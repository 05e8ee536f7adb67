//! What frames the page: its header, what went wrong, the files beside it, its footer.

use super::{Page, escaped};
use crate::report::Record;
use crate::report::english::{count, list};
use crate::results::{Build, RunState};
use crate::run_spec::RunKind;

pub(super) fn header(page: &Page) -> String {
    let facts: String = facts(page).iter().map(|fact| format!("<li>{}</li>", escaped(fact))).collect();
    format!("<header>\n<h1>{}</h1>\n<ul class=\"facts\">{facts}</ul>\n</header>\n", escaped(page.title))
}

fn facts(page: &Page) -> Vec<String> {
    let states = [
        (number(page.records, |state| *state == RunState::Finished), "finished"),
        (number(page.records, |state| matches!(state, RunState::Failed { .. })), "failed"),
        (number(page.records, |state| *state == RunState::Running), "in progress"),
        (number(page.records, |state| [RunState::Waiting, RunState::Stopped].contains(state)), "not finished"),
    ];
    let states: Vec<_> = states.iter().filter(|(n, _)| *n > 0).map(|(n, state)| format!("{n} {state}")).collect();
    let mut facts = vec![format!("{}: {}", count(page.records.len(), "run", "runs"), list(&states))];
    let rows = || page.comparison.rows.iter();
    let mut conditions: Vec<_> =
        rows().filter(|row| row.kind == RunKind::FineTune).map(|row| (&row.plan, &row.condition)).collect();
    conditions.dedup();
    facts.push(count(conditions.len(), "condition", "conditions"));
    if let Some(row) = rows().max_by_key(|row| row.instances) {
        let tasks = count(row.tasks, "test task", "test tasks");
        facts.push(format!("{tasks}, {}", count(row.instances, "instance", "instances")));
    }
    facts
}

fn number(records: &[Record], is: fn(&RunState) -> bool) -> usize {
    records.iter().filter(|record| is(&record.state)).count()
}

pub(super) fn problems(page: &Page) -> String {
    let failures = page.comparison.failures.iter();
    let failures =
        failures.map(|failure| format!("Run {} ({}) failed: {}", failure.run, failure.condition, failure.reason));
    let items: String = page
        .problems
        .iter()
        .cloned()
        .chain(failures)
        .map(|problem| format!("<li>{}</li>\n", escaped(&problem)))
        .collect();
    if items.is_empty() { items } else { format!("<ul class=\"problems\">\n{items}</ul>\n") }
}

pub(super) fn files(files: &[String]) -> String {
    let link = |file: &String| format!("<li>{}</li>\n", super::figures::link(file, file));
    let items: String = files.iter().map(link).collect();
    if items.is_empty() { items } else { format!("<ul class=\"files\">\n{items}</ul>\n") }
}

pub(super) fn footer(build: &Build) -> String {
    let commit = if build.commit.is_empty() { String::new() } else { format!(", commit {}", escaped(&build.commit)) };
    format!("<footer><p>Made by Placebo {}{commit}.</p></footer>\n", escaped(&build.version))
}
