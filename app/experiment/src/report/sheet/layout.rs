//! Which columns name a row and which rows stand together.

use std::collections::BTreeSet;

use super::{Heading, Line, Style, cells, emphasis};
use crate::report::english::{capitalised, metric, thousands};
use crate::report::{Comparison, Row};
use crate::run_spec::RunKind;

/// A comparison and what its rows have in common.
pub(super) struct Layout<'c> {
    pub(super) comparison: &'c Comparison,
    /// Rows that differ in this are told apart by a column; all others by the caption.
    pub(super) has_plans: bool,
    pub(super) has_sizes: bool,
    pub(super) has_seeds: bool,
    pub(super) has_instances: bool,
}

/// A column that names a row.
type Name = (&'static str, fn(&Row) -> String);

impl<'c> Layout<'c> {
    pub(super) fn of(comparison: &'c Comparison) -> Self {
        let rows = &comparison.rows;
        let tuned = || rows.iter().filter(|row| row.kind == RunKind::FineTune && row.seeds > 0);
        Self {
            comparison,
            has_plans: comparison.has_several_plans(),
            has_sizes: distinct(rows.iter().filter_map(|row| row.train_instances_per_task)) > 1,
            has_seeds: distinct(tuned().map(|row| row.seeds)) > 1,
            has_instances: distinct(tuned().map(|row| (row.tasks, row.instances))) > 1,
        }
    }

    /// The fine-tuned rows that have a finished run.
    pub(super) fn tuned(&self) -> impl Iterator<Item = &'c Row> {
        self.comparison.rows.iter().filter(|row| row.kind == RunKind::FineTune && row.seeds > 0)
    }

    pub(super) fn names(&self) -> Vec<&'static str> {
        self.name_columns().into_iter().map(|(heading, _)| heading).collect()
    }

    pub(super) fn headings(&self) -> Vec<Heading> {
        let heading = |column: &crate::report::Column| Heading {
            tasks: capitalised(column.aggregate.name()),
            metric: metric(&column.metric).to_owned(),
        };
        self.comparison.columns.iter().map(heading).collect()
    }

    /// Conditions of one plan and size stand together, and the baselines of a plan.
    pub(super) fn blocks(&self, style: &Style) -> Vec<Vec<Line>> {
        self.row_blocks().iter().map(|rows| self.lines(rows, style)).collect()
    }

    pub(super) fn row_blocks(&self) -> Vec<Vec<&'c Row>> {
        let key = |row: &Row| (row.plan.clone(), row.train_instances_per_task.is_none(), row.train_instances_per_task);
        let keys: BTreeSet<_> = self.comparison.rows.iter().map(key).collect();
        let of_key = |wanted| self.comparison.rows.iter().filter(|row| key(row) == wanted).collect();
        keys.into_iter().map(of_key).collect()
    }

    fn lines(&self, rows: &[&Row], style: &Style) -> Vec<Line> {
        let best = emphasis::best(self.comparison, rows, style);
        let line = |(row, best): (&&Row, Vec<bool>)| Line {
            names: self.name_columns().iter().map(|(_, name)| name(row)).collect(),
            cells: cells::printed(self.comparison, row, &best, style),
        };
        rows.iter().zip(best).map(line).collect()
    }

    fn name_columns(&self) -> Vec<Name> {
        let mut columns: Vec<Name> = Vec::new();
        let mut add = |wanted: bool, heading: &'static str, name: fn(&Row) -> String| {
            if wanted {
                columns.push((heading, name));
            }
        };
        add(self.has_plans, "Plan", |row| row.plan.clone());
        add(true, "Condition", |row| row.condition.clone());
        add(self.has_sizes, "Per task", |row| row.train_instances_per_task.map_or_else(none, thousands));
        add(self.has_seeds, "Seeds", |row| if row.seeds == 0 { none() } else { thousands(row.seeds) });
        add(self.has_instances, "Tasks", |row| thousands(row.tasks));
        add(self.has_instances, "Instances", |row| thousands(row.instances));
        columns
    }
}

fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> usize {
    values.collect::<BTreeSet<_>>().len()
}

fn none() -> String {
    "–".to_owned()
}
