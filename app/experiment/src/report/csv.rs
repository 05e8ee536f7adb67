//! The comparison as CSV (RFC 4180), one line per row and column, for pandas and R.

use super::{Cell, Column, Comparison, Difference, Row};
use crate::statistics::Interval;

const HEADER: &str = "plan,kind,condition,train_instances_per_task,metric,aggregate,mean,deviation,runs,seeds,tasks,\
                      instances,missing,guess_floored,guess_low,guess_high,low,high,baseline,difference,\
                      difference_low,difference_high,drop_rate,cohens_d,p,p_corrected,p_smallest,p_over,paired_seeds,\
                      paired_tasks,paired_instances";

/// Writes every cell on a line of its own; what does not exist is empty.
pub fn write(comparison: &Comparison) -> String {
    let mut csv = format!("{HEADER}\r\n");
    let baseline = comparison.question.as_ref().and_then(|question| question.baseline.as_deref());
    for row in &comparison.rows {
        for (column, cell) in comparison.columns.iter().zip(&row.cells) {
            let fields = [identity(row, column), numbers(row, cell.as_ref()), inference(cell.as_ref(), baseline)];
            csv.push_str(&format!("{}\r\n", fields.concat().join(",")));
        }
    }
    csv
}

fn identity(row: &Row, column: &Column) -> Vec<String> {
    vec![
        quoted(&row.plan),
        row.kind.name().to_owned(),
        quoted(&row.condition),
        or_empty(row.train_instances_per_task),
        quoted(&column.metric),
        quoted(column.aggregate.name()),
    ]
}

fn numbers(row: &Row, cell: Option<&Cell>) -> Vec<String> {
    let guess = cell.and_then(|cell| cell.guess.as_ref());
    vec![
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

fn inference(cell: Option<&Cell>, baseline: Option<&str>) -> Vec<String> {
    let difference = cell.and_then(|cell| cell.difference.as_ref());
    let mut fields = bounds(cell.and_then(|cell| cell.interval)).to_vec();
    fields.push(or_empty(difference.and(baseline).map(quoted)));
    fields.push(or_empty(difference.map(|difference| difference.points)));
    fields.extend(bounds(difference.and_then(|difference| difference.interval)));
    fields.push(or_empty(difference.and_then(|difference| difference.drop_rate)));
    fields.push(or_empty(difference.and_then(|difference| difference.cohens_d)));
    fields.extend(test(difference));
    fields.push(or_empty(difference.map(|difference| difference.seeds)));
    fields.push(or_empty(difference.map(|difference| difference.tasks)));
    fields.push(or_empty(difference.map(|difference| difference.instances)));
    fields
}

fn bounds(interval: Option<Interval>) -> [String; 2] {
    [or_empty(interval.map(|interval| interval.low)), or_empty(interval.map(|interval| interval.high))]
}

fn test(difference: Option<&Difference>) -> [String; 4] {
    let p = difference.and_then(|difference| difference.p.as_ref());
    [
        or_empty(p.map(|p| p.raw)),
        or_empty(p.map(|p| p.corrected)),
        or_empty(p.and_then(|p| p.smallest)),
        or_empty(p.map(|p| quoted(&p.over))),
    ]
}

fn or_empty(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
