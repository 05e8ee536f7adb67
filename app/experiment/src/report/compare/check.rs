//! Whether a question makes sense for the records at all.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::report::{Column, Question, Record, Test};
use crate::statistics::StatisticsError;

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
    #[error("a test compares with a condition; name it as the baseline: `{test:?}`")]
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
    match (question.test, &question.baseline, question.margin) {
        (Some(test), None, _) => return Err(QuestionError::NoBaseline { test }),
        (Some(Test::Tost), _, None) => return Err(QuestionError::NoMargin),
        _ => {}
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
    match question.margin {
        Some(margin) if !(margin > 0.0 && margin.is_finite()) => {
            out_of_range("the margin of equivalence", "above 0", margin)
        }
        _ => Ok(()),
    }
}
