//! Bars and lines: the cells of a comparison, with baselines as references.

use super::{Condition, Runs, titles};
use crate::report::figure::{At, FigureData, Panel, Point, Reference, Series};
use crate::report::{Cell, Column, Comparison, Row, inference};
use crate::run_spec::RunKind;

/// One bar per condition, grouped by size where there are several.
pub(super) fn bars(runs: Runs) -> FigureData {
    let mut sizes: Vec<_> = runs.comparison.rows.iter().filter_map(|row| row.train_instances_per_task).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let has_sizes = sizes.len() > 1;
    let at = |row: &Row, column: &Column| match row.train_instances_per_task {
        Some(size) if has_sizes => At::Number(size as f64),
        _ => At::Name(titles::axis(&column.metric)),
    };
    let of_sizes = if has_sizes { " by training instances per task" } else { "" };
    collect(runs, "bars", of_sizes, at)
}

/// One line per condition over instances per training task.
pub(super) fn lines(runs: Runs) -> FigureData {
    let at = |row: &Row, _: &Column| At::Number(row.train_instances_per_task.unwrap_or(0) as f64);
    collect(runs, "bands", " over training instances per task", at)
}

fn collect(runs: Runs, intervals: &str, over: &str, at: impl Fn(&Row, &Column) -> At) -> FigureData {
    let panel = |(place, column): (usize, &Column)| Panel {
        title: titles::tasks(&column.aggregate),
        x: "Training instances per task".to_owned(),
        y: titles::axis(&column.metric),
        series: runs.conditions().iter().map(|condition| series(runs, condition, place, &at)).collect(),
        references: references(runs, place),
    };
    let panels = runs.columns().iter().enumerate().map(panel).collect();
    let caption = format!("{}{over}.{}", titles::columns(runs.columns()), spread(runs.comparison, intervals));
    FigureData { panels, caption, ..FigureData::default() }
}

fn series(runs: Runs, condition: &Condition, place: usize, at: &impl Fn(&Row, &Column) -> At) -> Series {
    let own = |row: &&Row| {
        (row.kind, row.plan.as_str(), row.condition.as_str())
            == (RunKind::FineTune, condition.plan, condition.condition)
    };
    let rows = runs.comparison.rows.iter().filter(own);
    let points = rows.filter_map(|row| Some(point(at(row, &runs.columns()[place]), row.cells[place].as_ref()?)));
    Series { name: condition.name.clone(), points: points.collect() }
}

fn point(at: At, cell: &Cell) -> Point {
    let (low, high) = bounds(cell).unzip();
    Point { at, of: None, mean: cell.mean, low, high, n: cell.runs }
}

/// The interval that a question asked for, otherwise one deviation to both sides.
fn bounds(cell: &Cell) -> Option<(f64, f64)> {
    let interval = cell.interval.as_ref().map(|interval| (interval.low, interval.high));
    interval.or(cell.deviation.map(|deviation| (cell.mean - deviation, cell.mean + deviation)))
}

/// What bands or bars show, for the caption.
fn spread(comparison: &Comparison, what: &str) -> String {
    let cells = || comparison.rows.iter().flat_map(|row| &row.cells).flatten();
    let asked = comparison.question.as_ref().filter(|_| cells().any(|cell| cell.interval.is_some()));
    let subject = if what == "bars" { "Error bars" } else { "Bands" };
    match asked {
        Some(question) => format!(" {subject} are {}.", inference::intervals(question)),
        None if cells().any(|cell| cell.deviation.is_some()) => {
            format!(" {subject} are one sample standard deviation over seeds to both sides.")
        }
        None => String::new(),
    }
}

/// Random guessing with its band, and every other baseline, under one column.
fn references(runs: Runs, place: usize) -> Vec<Reference> {
    let rows = runs.comparison.rows.iter().filter(|row| row.kind != RunKind::FineTune);
    let reference = |row: &Row| {
        let cell = row.cells[place].as_ref()?;
        let (low, high) = cell.guess.as_ref().map(|guess| (guess.low, guess.high)).unzip();
        let name = runs.name(&row.plan, &row.condition);
        Some(Reference { name, panel: None, series: None, at: None, value: cell.mean, low, high, reported: false })
    };
    rows.filter_map(reference).collect()
}
