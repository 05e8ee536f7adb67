//! A comparison as a table of texts, for the writers that lay out tables.

use super::{Cell, Comparison, Row};

/// Header and rows of equal length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// How many columns hold names; the others hold numbers, which stand to the right.
    pub(super) names: usize,
}

impl Table {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let with_plan = comparison.has_several_plans();
        let header = header(comparison, with_plan);
        let reaches: Vec<usize> = (0..comparison.columns.len()).map(|column| reach(comparison, column)).collect();
        let rows = comparison.rows.iter().map(|row| texts(row, with_plan, &reaches)).collect();
        Self { header, rows, names: 1 + usize::from(with_plan) }
    }
}

fn header(comparison: &Comparison, with_plan: bool) -> Vec<String> {
    let names = with_plan.then_some("plan").into_iter().chain(["condition", "per task", "seeds"]);
    let titles = comparison.columns.iter().map(super::Column::title);
    let counts = ["tasks", "instances", "missing"];
    names.map(str::to_owned).chain(titles).chain(counts.map(str::to_owned)).collect()
}

/// Characters that the widest deviation of a column takes.
fn reach(comparison: &Comparison, column: usize) -> usize {
    let cells = comparison.rows.iter().filter_map(|row| row.cells[column].as_ref());
    cells.map(|cell| deviation(cell).chars().count()).max().unwrap_or(0)
}

fn texts(row: &Row, with_plan: bool, reaches: &[usize]) -> Vec<String> {
    let mut texts: Vec<String> = with_plan.then(|| row.plan.clone()).into_iter().collect();
    texts.push(row.condition.clone());
    texts.push(row.train_instances_per_task.map_or_else(none, |size| size.to_string()));
    texts.push(if row.seeds == 0 { none() } else { row.seeds.to_string() });
    let cells = row.cells.iter().zip(reaches);
    texts.extend(cells.map(|(cell, reach)| cell.as_ref().map_or_else(none, |cell| number(cell, *reach))));
    texts.extend([row.tasks, row.instances, row.missing].map(|count| count.to_string()));
    texts
}

/// The mean and its deviation; blanks in place of a narrower one keep the means of a column below each other.
fn number(cell: &Cell, reach: usize) -> String {
    format!("{:.4}{:<reach$}", cell.mean, deviation(cell))
}

fn deviation(cell: &Cell) -> String {
    cell.deviation.map_or_else(String::new, |deviation| format!(" ± {deviation:.4}"))
}

fn none() -> String {
    "–".to_owned()
}
