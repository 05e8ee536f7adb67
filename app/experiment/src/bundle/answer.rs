//! The comparison that a bundle carries, so that a reader can see whether it follows from the scores.

use crate::report::{Cell, Column, Comparison, Question, Record, compare, json, usual};

/// The answer to the usual question.
pub(super) fn comparison(records: &[Record]) -> Comparison {
    ask(records, &usual(records))
}

/// The answer, or plain means where the records are not such that one could ask.
fn ask(records: &[Record], question: &Question) -> Comparison {
    let answer = compare(records, question, &|_| {});
    answer.unwrap_or_else(|_| Comparison::of(records, Column::of_records(records)))
}

/// The comparison's file.
pub(super) fn to_text(comparison: &Comparison) -> String {
    json::write(comparison)
}

/// What differs between a comparison's file and the answer that the records give to its question.
pub(super) fn difference(stored: &str, records: &[Record]) -> Option<String> {
    let Ok(stored) = serde_json::from_str::<Comparison>(stored) else {
        return Some("no comparison that this version of the program can read".to_owned());
    };
    let found = match &stored.question {
        Some(question) => ask(records, question),
        None => Comparison::of(records, stored.columns.clone()),
    };
    let other = || "the comparison that follows from the scores is another".to_owned();
    (stored != found).then(|| first_cell(&stored, &found).unwrap_or_else(other))
}

fn first_cell(stored: &Comparison, found: &Comparison) -> Option<String> {
    let rows = stored.rows.iter().zip(&found.rows).filter(|(one, other)| one.condition == other.condition);
    let mut cells = rows.flat_map(|(one, other)| {
        let pairs = stored.columns.iter().zip(one.cells.iter().zip(&other.cells));
        pairs.map(|(column, (stored, found))| (&one.condition, column, stored, found))
    });
    let (condition, column, stored, found) = cells.find(|(_, _, stored, found)| stored != found)?;
    let mean = |cell: &Option<Cell>| cell.as_ref().map(|cell| cell.mean);
    let said = |mean: Option<f64>| mean.map_or_else(|| "nothing".to_owned(), |mean| mean.to_string());
    let what = match (mean(stored), mean(found)) {
        (stored, found) if stored == found => "the mean is the same, its deviation, interval or test is not".to_owned(),
        (stored, found) => format!("{} stands there, {} was computed", said(stored), said(found)),
    };
    Some(format!("{condition}, {}: {what}", column.title()))
}
