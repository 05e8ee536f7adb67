//! The comparison that a bundle carries, so that a reader can see whether it follows from the scores.

use std::collections::BTreeSet;

use crate::report::{Column, Comparison, Record, json};

/// The study's columns as far as the records have them, or else all columns of all metrics.
pub(super) fn comparison(records: &[Record]) -> Comparison {
    let scored = records.iter().filter_map(|record| record.scores.as_ref()).flat_map(|scores| &scores.metrics);
    let ids: BTreeSet<_> = scored.map(|metric| metric.id.as_str()).collect();
    let known = |column: &Column| ids.contains(column.metric.as_str());
    let study: Vec<_> = Column::of_the_study().into_iter().filter(known).collect();
    let columns = if study.is_empty() { ids.into_iter().flat_map(Column::of_metric).collect() } else { study };
    Comparison::of(records, columns)
}

/// The comparison's file.
pub(super) fn to_text(comparison: &Comparison) -> String {
    json::write(comparison)
}

/// What differs between a comparison's file and the comparison that follows from the scores.
pub(super) fn difference(stored: &str, found: &Comparison) -> Option<String> {
    let Ok(stored) = serde_json::from_str::<Comparison>(stored) else {
        return Some("no comparison that this version of the program can read".to_owned());
    };
    if stored == *found {
        return None;
    }
    Some(
        first_cell(&stored, found)
            .unwrap_or_else(|| "the comparison that follows from the scores is another".to_owned()),
    )
}

fn first_cell(stored: &Comparison, found: &Comparison) -> Option<String> {
    let rows = stored.rows.iter().zip(&found.rows).filter(|(one, other)| one.condition == other.condition);
    let mut cells = rows.flat_map(|(one, other)| {
        let pairs = stored.columns.iter().zip(one.cells.iter().zip(&other.cells));
        pairs.map(|(column, (stored, found))| (&one.condition, column, stored, found))
    });
    let (condition, column, stored, found) = cells.find(|(_, _, stored, found)| stored != found)?;
    let mean = |cell: &Option<crate::report::Cell>| cell.as_ref().map_or(f64::NAN, |cell| cell.mean);
    let title = column.title();
    Some(format!("{condition}, {title}: {} stands there, {} was computed", mean(stored), mean(found)))
}
