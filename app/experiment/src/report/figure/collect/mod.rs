//! From runs to the numbers of a figure: the only part of this room that knows runs.
//!
//! Means and intervals are those of a [`Comparison`], so a figure shows what the table says; scores of single tasks and
//! losses come from the records behind it.

mod asked;
mod categories;
mod cells;
mod gallery;
mod losses;
mod reported;
mod sources;
mod study;
mod tasks;
#[cfg(test)]
mod tests;
mod titles;

pub use asked::Asked;
pub use gallery::gallery;
pub use study::{Study, add_reported, study_figure};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{FigureData, FigureError, Kind};
use crate::report::{Column, Comparison, Record};
use crate::run_spec::RunKind;

/// Runs and what they say side by side.
#[derive(Debug, Clone, Copy)]
pub struct Runs<'r> {
    /// All of them.
    pub records: &'r [Record],
    /// The rows and columns to show.
    pub comparison: &'r Comparison,
}

/// What a figure of single tasks or of losses shows of several sizes and conditions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Choice {
    /// Instances per training task; the largest otherwise.
    pub size: Option<usize>,
    /// The condition that scatter plots compare the others with; the first otherwise.
    pub against: Option<String>,
}

/// Collects what a kind of figure shows.
///
/// # Errors
/// Runs without such numbers, a size or condition that no run has, or a file of a run that cannot be read.
pub fn figure_data(kind: Kind, runs: Runs, choice: &Choice) -> Result<FigureData, FigureError> {
    let mut data = match kind {
        Kind::Bars => cells::bars(runs),
        Kind::Lines => cells::lines(runs),
        Kind::Scatter => tasks::scatter(runs, choice)?,
        Kind::Slope | Kind::Strip => tasks::spread(runs, choice)?,
        Kind::Heat => categories::heat(runs, choice)?,
        Kind::Loss => losses::losses(runs, choice)?,
    };
    data.panels.retain(|panel| panel.series.iter().any(|series| !series.points.is_empty()));
    if data.panels.is_empty() {
        return Err(FigureError::Nothing { kind, reason: lacking(kind).to_owned() });
    }
    data.notes.extend(runs.comparison.notes());
    let shown = runs.records.iter().filter(|record| runs.shows(record));
    data.sources = shown.map(sources::source).collect::<Result<_, _>>()?;
    let question = runs.comparison.question.clone();
    data.asked = question.map(|question| Asked { kind, question, choice: choice.clone(), study: None });
    Ok(data)
}

fn lacking(kind: Kind) -> &'static str {
    match kind {
        Kind::Loss => "no run of these conditions has a training step in its journal",
        Kind::Heat => "the scores name no categories of tasks; score the runs anew",
        Kind::Scatter => "it takes two conditions with finished runs on the same tasks",
        _ => "no fine-tuning run of these conditions is finished",
    }
}

/// A condition as it stands in the comparison.
#[derive(Debug, Clone, PartialEq)]
struct Condition<'r> {
    /// What the figure calls it.
    name: String,
    plan: &'r str,
    condition: &'r str,
}

impl<'r> Runs<'r> {
    /// The conditions of fine-tuned runs in the comparison's order, each once.
    fn conditions(&self) -> Vec<Condition<'r>> {
        let mut conditions: Vec<Condition> = Vec::new();
        for row in self.comparison.rows.iter().filter(|row| row.kind == RunKind::FineTune) {
            let name = self.name(&row.plan, &row.condition);
            let condition = Condition { name, plan: &row.plan, condition: &row.condition };
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        conditions
    }

    /// A row's name: with its plan where there are several.
    fn name(&self, plan: &str, condition: &str) -> String {
        if self.comparison.has_several_plans() { format!("{plan}: {condition}") } else { condition.to_owned() }
    }

    /// Whether the comparison has a row for the record.
    fn shows(&self, record: &Record) -> bool {
        let spec = &record.spec;
        let rows = self.comparison.rows.iter();
        let mut rows = rows.filter(|row| (row.kind, row.plan.as_str()) == (spec.kind, spec.plan.as_str()));
        rows.any(|row| row.condition == spec.condition.name)
    }

    /// The records of a condition at one size, finished or not.
    fn of<'s>(&'s self, condition: &'s Condition, size: usize) -> impl Iterator<Item = &'r Record> + 's {
        self.records.iter().filter(move |record| {
            let spec = &record.spec;
            (spec.kind, spec.plan.as_str(), spec.condition.name.as_str())
                == (RunKind::FineTune, condition.plan, condition.condition)
                && spec.data.train_instances_per_task == size
        })
    }

    /// The numbers of instances per training task, rising.
    fn sizes(&self) -> BTreeSet<usize> {
        self.comparison.rows.iter().filter_map(|row| row.train_instances_per_task).collect()
    }

    /// The size to show: the one chosen, or the largest that has numbers.
    fn size(&self, choice: &Choice) -> Result<usize, FigureError> {
        let sizes = self.sizes();
        let finished = |size: &&usize| {
            let mut rows = self.comparison.rows.iter();
            rows.any(|row| row.train_instances_per_task == Some(**size) && row.seeds > 0)
        };
        let size = choice.size.or_else(|| sizes.iter().rfind(finished).or(sizes.last()).copied()).unwrap_or(0);
        if choice.size.is_some() && !sizes.contains(&size) {
            let known = sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
            return Err(FigureError::Unknown { what: "number of instances per task", name: size.to_string(), known });
        }
        Ok(size)
    }

    /// The columns to make panels of.
    fn columns(&self) -> &'r [Column] {
        &self.comparison.columns
    }
}
