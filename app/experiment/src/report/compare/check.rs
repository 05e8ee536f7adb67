//! Whether a question makes sense for the records at all.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::report::{Column, Question, Record, Test};
use crate::run_spec::{RunKind, RunSpec};
use crate::statistics::StatisticsError;

/// Scores beyond this many are noise.
const MOST_DECIMALS: usize = 12;

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum QuestionError {
    /// A condition or baseline that no record has.
    #[error("no run has this condition; these are there: {known}: `{name}`")]
    UnknownCondition {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A test without something to compare with.
    #[error("a test compares with a condition; name it as the baseline: `{}`", .test.name())]
    NoBaseline {
        /// The test.
        test: Test,
    },
    /// The equivalence test without a margin.
    #[error("equivalence needs a margin, in points, below which differences do not matter")]
    NoMargin,
    /// A level, margin or number of resamples outside its range.
    #[error(transparent)]
    Statistics(#[from] StatisticsError),
}

/// The question with its columns filled in, and the baseline among its rows.
pub(super) fn resolved(question: &Question, records: &[Record]) -> Result<Question, QuestionError> {
    let mut question = question.clone();
    check_conditions(&question, records)?;
    check_numbers(&question)?;
    if let Some(test) = question.test {
        question.baseline = question.baseline.or_else(|| unaltered(records));
        if question.baseline.is_none() {
            return Err(QuestionError::NoBaseline { test });
        }
    }
    if question.test == Some(Test::Tost) && question.margin.is_none() {
        return Err(QuestionError::NoMargin);
    }
    if question.columns.is_empty() {
        question.columns = Column::of_records(records);
    }
    let lacks_baseline = |name: &&String| !question.rows.is_empty() && !question.rows.contains(name);
    if let Some(baseline) = question.baseline.as_ref().filter(lacks_baseline).cloned() {
        question.rows.insert(0, baseline);
    }
    Ok(question)
}

/// The question that a report answers where none is asked: means, intervals, and the differences to the condition that
/// alters nothing.
pub fn usual(records: &[Record]) -> Question {
    Question { baseline: unaltered(records), ..Question::default() }
}

/// The only condition that leaves instructions as they are.
fn unaltered(records: &[Record]) -> Option<String> {
    let is_unaltered = |spec: &&RunSpec| spec.kind == RunKind::FineTune && spec.condition.transforms.is_empty();
    let specs = records.iter().map(|record| &record.spec).filter(is_unaltered);
    let names: BTreeSet<_> = specs.map(|spec| spec.condition.name.as_str()).collect();
    names.first().filter(|_| names.len() == 1).map(|name| (*name).to_owned())
}

fn check_conditions(question: &Question, records: &[Record]) -> Result<(), QuestionError> {
    let known: BTreeSet<&str> = records.iter().map(|record| record.spec.condition.name.as_str()).collect();
    let asked = question.rows.iter().chain(&question.baseline);
    match asked.into_iter().find(|name| !known.contains(name.as_str())) {
        None => Ok(()),
        Some(name) => {
            let known: Vec<_> = known.into_iter().collect();
            Err(QuestionError::UnknownCondition { name: name.clone(), known: known.join(", ") })
        }
    }
}

fn check_numbers(question: &Question) -> Result<(), StatisticsError> {
    let out_of_range = |what, range, value| Err(StatisticsError::OutOfRange { what, range, value });
    if !(question.level > 0.0 && question.level < 1.0) {
        return out_of_range("the level", "between 0 and 1, both excluded", question.level);
    }
    if question.resampling.resamples == 0 {
        return out_of_range("the number of resamples", "above 0", 0.0);
    }
    if question.decimals > MOST_DECIMALS {
        return out_of_range("the number of decimals", "at most 12", question.decimals as f64);
    }
    match question.margin {
        Some(margin) if !(margin > 0.0 && margin.is_finite()) => {
            out_of_range("the margin of equivalence", "above 0", margin)
        }
        _ => Ok(()),
    }
}
