//! Numbers as they are printed, with what stands behind them.

use super::{Printed, PrintedSpread, Spread, Style, emphasis};
use crate::report::{Cell, Comparison, Row};

/// The cells of a row; `best` says which of them are.
pub(super) fn printed(comparison: &Comparison, row: &Row, best: &[bool], style: &Style) -> Vec<Option<Printed>> {
    let cells = row.cells.iter().zip(best);
    let printed = |(cell, is_best): (&Option<Cell>, &bool)| {
        let cell = cell.as_ref()?;
        Some(Printed {
            mean: number(comparison, cell.mean),
            spread: spread(comparison, cell, style.spread),
            is_best: *is_best,
            mark: emphasis::mark(comparison, cell),
        })
    };
    cells.map(printed).collect()
}

/// A number with the decimals that it was rounded to.
pub(super) fn number(comparison: &Comparison, number: f64) -> String {
    format!("{number:.*}", comparison.decimals())
}

fn spread(comparison: &Comparison, cell: &Cell, spread: Spread) -> Option<PrintedSpread> {
    match spread {
        Spread::Deviation => Some(PrintedSpread::Deviation(number(comparison, cell.deviation?))),
        Spread::Interval => {
            let interval = cell.interval?;
            Some(PrintedSpread::Interval(number(comparison, interval.low), number(comparison, interval.high)))
        }
        Spread::None => None,
    }
}
