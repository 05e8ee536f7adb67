//! The comparison: conditions × sizes as rows, metrics as columns, means and deviations over seeds as cells.

use serde::{Deserialize, Serialize};

use super::english::capitalised;
use super::inference;
use super::row::{Key, grouped};
use super::{Cell, Column, DECIMALS, Question, Record, Row};
use crate::results::RunState;

/// Runs side by side: plain numbers, rounded, ready for any writer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What the cells of every row hold, in their order.
    pub columns: Vec<Column>,
    /// In the plan's order.
    pub rows: Vec<Row>,
    /// Runs that ended by an error.
    pub failures: Vec<Failure>,
    /// What was asked, where it was more than these columns of all records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// Intervals and tests that the data could not carry, and why, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<String>,
}

/// A run that ended by an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The run's id.
    pub run: String,
    /// The condition's name.
    pub condition: String,
    /// The error and its causes.
    pub reason: String,
}

impl Comparison {
    /// Compares records under these columns.
    pub fn of(records: &[Record], columns: Vec<Column>) -> Self {
        Self::of_groups(&grouped(records), columns).settled(DECIMALS)
    }

    /// Compares records that are grouped already; the numbers are not yet rounded.
    pub(super) fn of_groups(groups: &[(Key, Vec<&Record>)], columns: Vec<Column>) -> Self {
        let rows = groups.iter().map(|(key, records)| Row::of(key, records, &columns)).collect();
        let failures =
            groups.iter().flat_map(|(_, records)| records).filter_map(|record| Failure::of(record)).collect();
        Self { rows, failures, columns, question: None, refusals: Vec::new() }
    }

    /// Whether rows of several plans stand here, so that each must say its plan.
    pub fn has_several_plans(&self) -> bool {
        self.rows.windows(2).any(|pair| pair[0].plan != pair[1].plan)
    }

    /// What a table cannot say in its cells, a sentence each.
    pub fn notes(&self) -> Vec<String> {
        let mut notes: Vec<_> = self.rows.iter().flat_map(|row| self.guess_notes(row)).collect();
        let missing: usize = self.rows.iter().map(|row| row.missing).sum();
        if missing > 0 {
            notes.push(format!("Runs not finished: {missing}; their rows are means over fewer seeds."));
        }
        notes.extend(inference::sentences(self));
        notes.extend(self.refusals.iter().map(|refusal| format!("{}.", capitalised(refusal))));
        notes.extend(
            self.failures
                .iter()
                .map(|failure| format!("Run {} ({}) failed: {}", failure.run, failure.condition, failure.reason)),
        );
        notes
    }

    fn guess_notes<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = String> + 'a {
        let cells = self.columns.iter().zip(&row.cells);
        cells.filter_map(|(column, cell)| guess_note(&row.condition, column, cell.as_ref()?))
    }
}

fn guess_note(name: &str, column: &Column, cell: &Cell) -> Option<String> {
    let guess = cell.guess.as_ref()?;
    let floored =
        guess.floored.map(|floored| format!(", {floored:.4} in whole right answers per task as the study counts"));
    Some(format!(
        "{name}, {}: {:.4} expected{}; 95 % of guessers lie from {:.4} to {:.4} (classification tasks: {}; generation tasks, which nobody can guess: {}).",
        column.metric,
        cell.mean,
        floored.unwrap_or_default(),
        guess.low,
        guess.high,
        guess.tasks,
        guess.left_out
    ))
}

impl Failure {
    fn of(record: &Record) -> Option<Self> {
        let RunState::Failed { reason } = &record.state else { return None };
        Some(Self {
            run: record.spec.id().to_string(),
            condition: record.spec.condition.name.clone(),
            reason: reason.clone(),
        })
    }
}
