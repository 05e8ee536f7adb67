//! The runs, each with what it is and where it stands.

use super::{escaped, scrolling};
use crate::report::Record;
use crate::results::RunState;
use crate::run_spec::RunKind;

const HEAD: &str = "<tr><th scope=\"col\">Run</th><th scope=\"col\">Condition</th><th scope=\"col\" class=\"n\">Per task</th>\
    <th scope=\"col\" class=\"n\">Seed</th><th scope=\"col\">State</th></tr>\n";

pub(super) fn write(records: &[Record]) -> String {
    let mut records: Vec<_> = records.iter().collect();
    let key = |record: &Record| {
        let spec = &record.spec;
        (spec.plan.clone(), spec.kind, record.place, spec.data.train_instances_per_task, spec.seed)
    };
    records.sort_by_key(|record| key(record));
    let rows: String = records.into_iter().map(row).collect();
    let table = scrolling("Runs", "", HEAD, &format!("<tbody>\n{rows}</tbody>\n"));
    format!("<details>\n<summary>Every run</summary>\n{table}</details>\n")
}

fn row(record: &Record) -> String {
    let spec = &record.spec;
    let (size, seed) = match spec.kind {
        RunKind::FineTune => (spec.data.train_instances_per_task.to_string(), spec.seed.to_string()),
        _ => ("–".to_owned(), "–".to_owned()),
    };
    format!(
        "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td class=\"n\">{size}</td><td class=\"n\">{seed}</td><td>{}</td></tr>\n",
        spec.id(),
        escaped(&spec.condition.name),
        escaped(&state(&record.state))
    )
}

fn state(state: &RunState) -> String {
    match state {
        RunState::Waiting => "waiting".to_owned(),
        RunState::Running => "in progress".to_owned(),
        RunState::Stopped => "stopped".to_owned(),
        RunState::Failed { reason } => format!("failed: {reason}"),
        RunState::Finished => "finished".to_owned(),
    }
}
