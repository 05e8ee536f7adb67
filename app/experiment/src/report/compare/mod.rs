//! The answer to a question: records become a comparison with intervals, differences to the baseline, and tests.
//!
//! Records are grouped into rows as everywhere in this room; under each column, the runs that answered the same
//! instances form a [`block`](blocks), whose tasks and instances are redrawn once for all of its cells.

mod answer;
mod blocks;
mod check;
mod family;
mod refusals;
mod sample;
#[cfg(test)]
mod tests;
mod variation;

pub use check::{QuestionError, usual};
pub use variation::{Variation, variations};

use super::row::{Key, grouped};
use super::{Column, Comparison, Question, Record};
use answer::Asked;
use refusals::Refusals;

/// Rows as they are compared: what makes one, and its records.
type Groups<'r> = [(Key, Vec<&'r Record>)];

/// Answers a question from records; `progress` is told the share that is done, from any thread.
///
/// # Errors
/// A question that makes no sense for these records, such as one about a condition that they do not have. What single
/// cells cannot carry is refused in [`Comparison::refusals`] instead.
pub fn compare(
    records: &[Record],
    question: &Question,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Comparison, QuestionError> {
    let question = check::resolved(question, records)?;
    let groups = selected(records, &question);
    let mut comparison = Comparison::of_groups(&groups, question.columns.clone());
    if question.interval.is_some() || question.baseline.is_some() {
        infer(&mut comparison, &groups, &question, progress);
    }
    let decimals = question.decimals;
    comparison.question = Some(question);
    Ok(comparison.settled(decimals))
}

/// Adds intervals, differences and tests to the means.
fn infer(comparison: &mut Comparison, groups: &Groups, question: &Question, progress: &(dyn Fn(f64) + Sync)) {
    let mut refusals = Refusals::default();
    for (at, column) in question.columns.iter().enumerate() {
        let told = |share: f64| progress((at as f64 + share) / question.columns.len() as f64);
        let asked = Asked { question, groups, column, progress: &told };
        for (row, answer) in comparison.rows.iter_mut().zip(asked.answers()) {
            refusals.add(row, column, answer.refusals);
            if let Some(cell) = row.cells[at].as_mut() {
                (cell.interval, cell.difference) = (answer.interval, answer.difference);
            }
        }
    }
    family::correct(comparison, question.correction);
    comparison.refusals = refusals.sentences();
}

/// The rows that are asked for, in the order in which they are.
fn selected<'r>(records: &'r [Record], question: &Question) -> Vec<(Key, Vec<&'r Record>)> {
    let mut groups = grouped(records);
    if !question.rows.is_empty() {
        let place = |key: &Key| question.rows.iter().position(|name| name == key.condition());
        groups.retain(|(key, _)| place(key).is_some());
        groups.sort_by(|(one, _), (other, _)| (one.plan(), place(one)).cmp(&(other.plan(), place(other))));
    }
    groups
}

impl Column {
    /// The study's columns as far as any record has them; where none has, all aggregates of all metrics.
    pub fn of_records(records: &[Record]) -> Vec<Column> {
        let scored = records.iter().filter_map(|record| record.scores.as_ref()).flat_map(|scores| &scores.metrics);
        let mut ids: Vec<_> = scored.map(|metric| metric.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut study = Column::of_the_study();
        study.retain(|column| ids.contains(&column.metric.as_str()));
        if study.is_empty() { ids.into_iter().flat_map(Column::of_metric).collect() } else { study }
    }
}
