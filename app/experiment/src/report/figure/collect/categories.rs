//! Task categories by conditions: means over the tasks of a category.

use std::collections::{BTreeMap, BTreeSet};

use super::{Choice, Condition, Runs, tasks, titles};
use crate::report::figure::{At, FigureData, FigureError, Panel, Point, Series};
use crate::report::{Aggregate, Column};
use crate::statistics::mean;

/// One panel per column; a task of several categories counts in each of them.
pub(super) fn heat(runs: Runs, choice: &Choice) -> Result<FigureData, FigureError> {
    let size = runs.size(choice)?;
    let categories = categories(runs);
    let panel = |column: &&Column| {
        let series = |condition: &Condition| Series {
            name: condition.name.clone(),
            points: points(&tasks::scores(runs, condition, size, column), &categories),
        };
        let series = runs.conditions().iter().map(series).collect();
        Panel { title: titles::tasks(&column.aggregate), y: titles::axis(&column.metric), series, ..Panel::default() }
    };
    let columns = columns(runs.columns());
    let panels = columns.iter().map(panel).collect();
    let shown: Vec<_> = columns.into_iter().cloned().collect();
    let caption =
        format!("{} by task category, mean over tasks and seeds{}.", titles::columns(&shown), tasks::at(size));
    Ok(FigureData { panels, caption, ..FigureData::default() })
}

/// All tasks at once where a column has them: kinds of tasks are parts of that.
fn columns(columns: &[Column]) -> Vec<&Column> {
    let overall: Vec<_> = columns.iter().filter(|column| column.aggregate == Aggregate::Overall).collect();
    if overall.is_empty() { columns.iter().collect() } else { overall }
}

/// Category → its tasks, in any of the runs.
fn categories(runs: Runs) -> BTreeMap<String, BTreeSet<String>> {
    let mut categories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for scores in runs.records.iter().filter_map(|record| record.scores.as_ref()) {
        for (task, scored) in &scores.tasks {
            for category in &scored.answers.categories {
                categories.entry(category.clone()).or_default().insert(task.clone());
            }
        }
    }
    categories
}

fn points(tasks: &BTreeMap<String, Vec<f64>>, categories: &BTreeMap<String, BTreeSet<String>>) -> Vec<Point> {
    let point = |(category, members): (&String, &BTreeSet<String>)| {
        let means: Vec<f64> = members.iter().filter_map(|task| mean(tasks.get(task)?)).collect();
        let at = At::Name(category.clone());
        Some(Point { at, of: None, mean: mean(&means)?, low: None, high: None, n: means.len() })
    };
    categories.iter().filter_map(point).collect()
}
