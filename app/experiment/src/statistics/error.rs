//! Why the data cannot carry a test or an interval.

use thiserror::Error;

/// A refusal: an answer would have to be made up.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum StatisticsError {
    /// Fewer units than the method needs.
    #[error("fewer than {needed} {unit}; add some or choose another unit: `{found}`")]
    TooFew {
        /// How many there are.
        found: usize,
        /// How many there must be.
        needed: usize,
        /// What they are, in the plural, such as `seeds`.
        unit: &'static str,
    },
    /// Two samples of paired values differ in length.
    #[error("one side of the pairs has more values than the other: `{first} and {second}`")]
    Unpaired {
        /// Values on the first side.
        first: usize,
        /// Values on the second side.
        second: usize,
    },
    /// A value that no sum can contain.
    #[error("a score is not a finite number; score the run again: `{value}`")]
    NotFinite {
        /// The value.
        value: f64,
    },
    /// All differences are the same, so their deviation says nothing.
    #[error("all differences are the same, so there is no deviation to judge them by: `{value}`")]
    NoVariation {
        /// The difference.
        value: f64,
    },
    /// A share, level or count outside its range.
    #[error("{what} must lie {range}: `{value}`")]
    OutOfRange {
        /// What it is.
        what: &'static str,
        /// Where it must lie, beginning with a preposition.
        range: &'static str,
        /// What it was.
        value: f64,
    },
    /// A method that is not defined for what is asked.
    #[error("{reason}: `{subject}`")]
    NotDefined {
        /// Why, and what to choose instead.
        reason: &'static str,
        /// What was asked.
        subject: String,
    },
}

/// Refuses values that are not finite and samples of fewer than `needed`; `unit` is what the values belong to.
pub(super) fn check(values: &[f64], needed: usize, unit: &'static str) -> Result<(), StatisticsError> {
    if let Some(value) = values.iter().find(|value| !value.is_finite()) {
        return Err(StatisticsError::NotFinite { value: *value });
    }
    match values.len() {
        found if found < needed => Err(StatisticsError::TooFew { found, needed, unit }),
        _ => Ok(()),
    }
}

/// Refuses a share that is not strictly between 0 and 1.
pub(super) fn check_share(what: &'static str, value: f64) -> Result<(), StatisticsError> {
    if value > 0.0 && value < 1.0 {
        return Ok(());
    }
    Err(StatisticsError::OutOfRange { what, range: "between 0 and 1, both excluded", value })
}
