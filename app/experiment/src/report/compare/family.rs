//! The family of tests: all p-values of an answer are corrected together, and only then rounded.

use crate::report::{Comparison, PValue};
use crate::statistics::Correction;

/// Fills in the corrected values; all are rounded to four significant digits.
pub(super) fn correct(comparison: &mut Comparison, correction: Correction) {
    let raw: Vec<f64> = values(comparison).map(|value| value.raw).collect();
    for (value, corrected) in values(comparison).zip(correction.apply(&raw)) {
        value.raw = significant(value.raw);
        value.corrected = significant(corrected);
        value.smallest = value.smallest.map(significant);
    }
}

fn values(comparison: &mut Comparison) -> impl Iterator<Item = &mut PValue> {
    let cells = comparison.rows.iter_mut().flat_map(|row| &mut row.cells).flatten();
    cells.filter_map(|cell| cell.difference.as_mut()?.p.as_mut())
}

/// Four significant digits.
fn significant(value: f64) -> f64 {
    format!("{value:.3e}").parse().expect("a number that was just written")
}
