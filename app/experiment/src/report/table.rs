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
        let rows = comparison.rows.iter().map(|row| texts(row, with_plan)).collect();
        Self { header, rows, names: 1 + usize::from(with_plan) }
    }
}

fn header(comparison: &Comparison, with_plan: bool) -> Vec<String> {
    let names = with_plan.then_some("plan").into_iter().chain(["condition", "per task", "seeds"]);
    let titles = comparison.columns.iter().map(super::Column::title);
    let counts = ["tasks", "instances", "missing"];
    names.map(str::to_owned).chain(titles).chain(counts.map(str::to_owned)).collect()
}

fn texts(row: &Row, with_plan: bool) -> Vec<String> {
    let mut texts: Vec<String> = with_plan.then(|| row.plan.clone()).into_iter().collect();
    texts.push(row.condition.clone());
    texts.push(row.train_instances_per_task.map_or_else(none, |size| size.to_string()));
    texts.push(if row.seeds == 0 { none() } else { row.seeds.to_string() });
    texts.extend(row.cells.iter().map(|cell| cell.as_ref().map_or_else(none, number)));
    texts.extend([row.tasks, row.instances, row.missing].map(|count| count.to_string()));
    texts
}

fn number(cell: &Cell) -> String {
    match cell.deviation {
        Some(deviation) => format!("{:.4} ± {deviation:.4}", cell.mean),
        None => format!("{:.4}", cell.mean),
    }
}

fn none() -> String {
    "–".to_owned()
}
