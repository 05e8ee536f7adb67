//! The comparison as CSV (RFC 4180), one line per row and column, for pandas and R.

use super::{Cell, Column, Comparison, Row};

const HEADER: &str = "plan,kind,condition,train_instances_per_task,metric,aggregate,mean,deviation,runs,seeds,tasks,\
                      instances,missing,guess_floored,guess_low,guess_high";

/// Writes every cell on a line of its own; what does not exist is empty.
pub fn write(comparison: &Comparison) -> String {
    let mut csv = format!("{HEADER}\r\n");
    for row in &comparison.rows {
        for (column, cell) in comparison.columns.iter().zip(&row.cells) {
            csv.push_str(&format!("{}\r\n", line(row, column, cell.as_ref()).join(",")));
        }
    }
    csv
}

fn line(row: &Row, column: &Column, cell: Option<&Cell>) -> Vec<String> {
    let guess = cell.and_then(|cell| cell.guess.as_ref());
    vec![
        quoted(&row.plan),
        row.kind.name().to_owned(),
        quoted(&row.condition),
        or_empty(row.train_instances_per_task),
        quoted(&column.metric),
        column.aggregate.name().to_owned(),
        or_empty(cell.map(|cell| cell.mean)),
        or_empty(cell.and_then(|cell| cell.deviation)),
        cell.map_or(0, |cell| cell.runs).to_string(),
        row.seeds.to_string(),
        row.tasks.to_string(),
        row.instances.to_string(),
        row.missing.to_string(),
        or_empty(guess.and_then(|guess| guess.floored)),
        or_empty(guess.map(|guess| guess.low)),
        or_empty(guess.map(|guess| guess.high)),
    ]
}

fn or_empty(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
