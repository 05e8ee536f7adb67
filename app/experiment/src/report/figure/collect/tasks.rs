//! Scores of single tasks: means over seeds, condition by condition.

use std::collections::BTreeMap;

use super::{Choice, Condition, Runs, titles};
use crate::report::Column;
use crate::report::figure::{At, FigureData, FigureError, Panel, Point, Series};
use crate::statistics::mean;

/// Task → its scores, one per seed.
type Tasks = BTreeMap<String, Vec<f64>>;

/// The tasks of a column in the finished runs of a condition at one size.
pub(super) fn scores(runs: Runs, condition: &Condition, size: usize, column: &Column) -> Tasks {
    let mut tasks = Tasks::new();
    for scores in runs.of(condition, size).filter_map(|record| record.scores.as_ref()) {
        for (task, scored) in column.tasks(scores) {
            tasks.entry(task.to_owned()).or_default().push(scored.mean);
        }
    }
    tasks
}

/// The tasks of every condition.
pub(super) fn spread(runs: Runs, choice: &Choice) -> Result<FigureData, FigureError> {
    let size = runs.size(choice)?;
    let panel = |column: &Column| {
        let series = |condition: &Condition| Series {
            name: condition.name.clone(),
            points: points(&scores(runs, condition, size, column), |_| Some(At::Number(size as f64))),
        };
        Panel { series: runs.conditions().iter().map(series).collect(), ..titled(column) }
    };
    let panels = runs.columns().iter().map(panel).collect();
    let caption = format!("{} of single tasks, mean over seeds{}.", titles::columns(runs.columns()), at(size));
    Ok(FigureData { panels, caption, ..FigureData::default() })
}

/// The tasks of every condition against those of one.
pub(super) fn scatter(runs: Runs, choice: &Choice) -> Result<FigureData, FigureError> {
    let size = runs.size(choice)?;
    let conditions = runs.conditions();
    let against = against(&conditions, choice)?;
    let mut notes = Vec::new();
    let mut panels = Vec::new();
    for column in runs.columns() {
        let (panel, tallies) = against_one(runs, (against, &conditions), size, column);
        panels.push(panel);
        notes.extend(tallies);
    }
    let caption = format!(
        "{} of single tasks, mean over seeds{}: other conditions against “{}”. On the dashed line both are equal.",
        titles::columns(runs.columns()),
        at(size),
        against.name
    );
    Ok(FigureData { panels, caption, notes, ..FigureData::default() })
}

/// The condition that others are compared with; its tasks lie along the horizontal axis.
fn against<'c, 'r>(conditions: &'c [Condition<'r>], choice: &Choice) -> Result<&'c Condition<'r>, FigureError> {
    let known = || conditions.iter().map(|condition| condition.name.as_str()).collect::<Vec<_>>().join(", ");
    let found = match &choice.against {
        Some(name) => conditions.iter().find(|condition| condition.name == *name),
        None => conditions.first(),
    };
    let name = choice.against.clone().unwrap_or_default();
    found.ok_or_else(|| FigureError::Unknown { what: "condition", name, known: known() })
}

fn against_one(
    runs: Runs,
    (against, conditions): (&Condition, &[Condition]),
    size: usize,
    column: &Column,
) -> (Panel, Vec<String>) {
    let before = scores(runs, against, size, column);
    let others: Vec<_> = conditions.iter().filter(|condition| *condition != against).collect();
    let series = |condition: &&Condition| Series {
        name: condition.name.clone(),
        points: points(&scores(runs, condition, size, column), |task| mean(before.get(task)?).map(At::Number)),
    };
    let series: Vec<_> = others.iter().map(series).collect();
    let tallies = series.iter().map(|series| tally(series, &against.name, column)).collect();
    let label = |name: &str| format!("{}, {name}", titles::axis(&column.metric));
    let y = match others.as_slice() {
        [only] => label(&only.name),
        _ => label("other conditions"),
    };
    (Panel { x: label(&against.name), y, series, ..titled(column) }, tallies)
}

/// On how many tasks a condition is better, worse and equal.
fn tally(series: &Series, against: &str, column: &Column) -> String {
    let difference = |point: &Point| point.mean - point.at.number().unwrap_or(point.mean);
    let count = |fits: fn(f64) -> bool| series.points.iter().filter(|point| fits(difference(point))).count();
    format!(
        "{}, {}: “{}” scores higher than “{against}” on {} tasks, lower on {} and the same on {}.",
        titles::tasks(&column.aggregate),
        titles::axis(&column.metric),
        series.name,
        count(|difference| difference > 0.0),
        count(|difference| difference < 0.0),
        count(|difference| difference == 0.0),
    )
}

fn points(tasks: &Tasks, at: impl Fn(&str) -> Option<At>) -> Vec<Point> {
    let point = |(task, scores): (&String, &Vec<f64>)| {
        let mean = mean(scores)?;
        Some(Point { at: at(task)?, of: Some(task.clone()), mean, low: None, high: None, n: scores.len() })
    };
    tasks.iter().filter_map(point).collect()
}

fn titled(column: &Column) -> Panel {
    let title = titles::tasks(&column.aggregate);
    Panel { title, y: format!("{} of a task", titles::axis(&column.metric)), ..Panel::default() }
}

/// Which size, for captions.
pub(super) fn at(size: usize) -> String {
    format!(", after training on {size} instances per task")
}
