//! A comparison as tables of texts, for the writers that lay out tables.

use super::english::p_value;
use super::{Cell, Column, Comparison, Difference, Row};
use crate::statistics::Interval;

/// Header and rows of equal length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// How many columns hold names; the others hold numbers, which stand to the right.
    pub(super) names: usize,
}

impl Table {
    /// Conditions and sizes as rows, their means as columns.
    pub(super) fn of(comparison: &Comparison) -> Self {
        let with_plan = comparison.has_several_plans();
        let header = header(comparison, with_plan);
        let digits = Digits(comparison.decimals());
        let reach = |column: usize| {
            let cells = comparison.rows.iter().filter_map(|row| row.cells[column].as_ref());
            cells.map(|cell| digits.spread(cell).chars().count()).max().unwrap_or(0)
        };
        let reaches: Vec<usize> = (0..comparison.columns.len()).map(reach).collect();
        let rows = comparison.rows.iter().map(|row| digits.texts(row, with_plan, &reaches)).collect();
        Self { header, rows, names: 1 + usize::from(with_plan) }
    }

    /// Differences to the baseline as rows, what is known of each as columns; `None` where nothing was compared.
    pub(super) fn of_differences(comparison: &Comparison) -> Option<Self> {
        let (with_plan, digits) = (comparison.has_several_plans(), Digits(comparison.decimals()));
        let of_row = |row| differences(row, &comparison.columns).map(move |(column, found)| (row, column, found));
        let found = comparison.rows.iter().flat_map(of_row);
        let rows: Vec<_> =
            found.map(|(row, column, difference)| digits.difference(row, column, difference, with_plan)).collect();
        let names = with_plan.then_some("plan").into_iter().chain(["condition", "scores"]);
        let numbers = ["per task", "difference", "interval", "lost %", "Cohen's d", "p", "corrected", "over"];
        let header: Vec<_> = names.chain(numbers).map(str::to_owned).collect();
        (!rows.is_empty()).then(|| Self { header, rows, names: 2 + usize::from(with_plan) })
    }
}

fn header(comparison: &Comparison, with_plan: bool) -> Vec<String> {
    let names = with_plan.then_some("plan").into_iter().chain(["condition", "per task", "seeds"]);
    let titles = comparison.columns.iter().map(Column::title);
    let counts = ["tasks", "instances", "missing"];
    names.map(str::to_owned).chain(titles).chain(counts.map(str::to_owned)).collect()
}

/// How many digits stand behind the point.
#[derive(Clone, Copy)]
struct Digits(usize);

impl Digits {
    /// A row of the table; blanks after a narrower spread keep the means of a column below each other.
    fn texts(self, row: &Row, with_plan: bool, reaches: &[usize]) -> Vec<String> {
        let mut texts: Vec<String> = with_plan.then(|| row.plan.clone()).into_iter().collect();
        texts.push(row.condition.clone());
        texts.push(size(row));
        texts.push(if row.seeds == 0 { none() } else { row.seeds.to_string() });
        let number = |cell: &Cell, reach: usize| format!("{}{:<reach$}", self.number(cell.mean), self.spread(cell));
        let cells = row.cells.iter().zip(reaches);
        texts.extend(cells.map(|(cell, reach)| cell.as_ref().map_or_else(none, |cell| number(cell, *reach))));
        texts.extend([row.tasks, row.instances, row.missing].map(|count| count.to_string()));
        texts
    }

    fn spread(self, cell: &Cell) -> String {
        let deviation = cell.deviation.map_or_else(String::new, |deviation| format!(" ± {}", self.number(deviation)));
        let interval = cell.interval.map_or_else(String::new, |interval| format!(" {}", self.bounds(interval)));
        deviation + &interval
    }

    /// A row of the table of differences.
    fn difference(self, row: &Row, column: &Column, difference: &Difference, with_plan: bool) -> Vec<String> {
        let mut texts: Vec<String> = with_plan.then(|| row.plan.clone()).into_iter().collect();
        let p = difference.p.as_ref();
        texts.extend([
            row.condition.clone(),
            column.title(),
            size(row),
            format!("{:+.*}", self.0, difference.points),
            difference.interval.map_or_else(none, |interval| self.bounds(interval)),
            difference.drop_rate.map_or_else(none, |rate| self.number(rate)),
            difference.cohens_d.map_or_else(none, |d| self.number(d)),
            p.map_or_else(none, |p| p_value(p.raw)),
            p.map_or_else(none, |p| p_value(p.corrected)),
            p.map_or_else(none, |p| p.over.clone()),
        ]);
        texts
    }

    fn bounds(self, interval: Interval) -> String {
        format!("[{}, {}]", self.number(interval.low), self.number(interval.high))
    }

    fn number(self, number: f64) -> String {
        format!("{number:.*}", self.0)
    }
}

fn differences<'c>(row: &'c Row, columns: &'c [Column]) -> impl Iterator<Item = (&'c Column, &'c Difference)> {
    let cells = columns.iter().zip(&row.cells);
    cells.filter_map(|(column, cell)| Some((column, cell.as_ref()?.difference.as_ref()?)))
}

fn size(row: &Row) -> String {
    row.train_instances_per_task.map_or_else(none, |size| size.to_string())
}

fn none() -> String {
    "–".to_owned()
}
