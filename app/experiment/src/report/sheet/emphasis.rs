//! What stands out: the best of a block, and what a test found.

use placebo_plugin_api::Direction;

use super::{Mark, Style, cells};
use crate::report::{Cell, Comparison, Row, Test};
use crate::run_spec::RunKind;

/// Row by row and column by column, whether a condition's number is the best of its block as printed.
///
/// Baselines do not compete, and a single condition has nobody to be better than.
pub(super) fn best(comparison: &Comparison, rows: &[&Row], style: &Style) -> Vec<Vec<bool>> {
    let tuned: Vec<&&Row> = rows.iter().filter(|row| row.kind == RunKind::FineTune).collect();
    let best_of = |column: usize| {
        let means = tuned.iter().filter_map(|row| Some(row.cells[column].as_ref()?.mean));
        let direction = style.directions.get(&comparison.columns[column].metric).filter(|_| tuned.len() > 1)?;
        let best = match direction {
            Direction::HigherIsBetter => means.reduce(f64::max)?,
            Direction::LowerIsBetter => means.reduce(f64::min)?,
            Direction::Neutral => return None,
        };
        Some(cells::number(comparison, best))
    };
    let best: Vec<Option<String>> = (0..comparison.columns.len()).map(best_of).collect();
    let is_best = |row: &Row| {
        let cells = row.cells.iter().zip(&best);
        let same = |(cell, best): (&Option<Cell>, &Option<String>)| match (cell, best) {
            (Some(cell), Some(best)) => row.kind == RunKind::FineTune && cells::number(comparison, cell.mean) == *best,
            _ => false,
        };
        cells.map(same).collect()
    };
    rows.iter().map(|row| is_best(row)).collect()
}

/// What the question's test says of a cell at the question's level.
pub(super) fn mark(comparison: &Comparison, cell: &Cell) -> Option<Mark> {
    let question = comparison.question.as_ref()?;
    let p = cell.difference.as_ref()?.p.as_ref()?.corrected;
    (p < 1.0 - question.level).then_some(match question.test? {
        Test::Tost => Mark::Equivalent,
        _ => Mark::Differs,
    })
}
