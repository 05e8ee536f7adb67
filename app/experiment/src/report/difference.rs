//! A cell's difference to the baseline condition: points, interval, effect sizes and the test.

use serde::{Deserialize, Serialize};

use crate::statistics::Interval;

/// How a cell differs from the baseline's cell of the same size and column, on the seeds, tasks and instances that
/// both have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// This mean less the baseline's, in points, rounded.
    pub points: f64,
    /// The bootstrap interval of the paired difference, in points, rounded.
    pub interval: Option<Interval>,
    /// Performance drop rate: what share of the baseline's mean is lost, in percent; negative where it gains.
    pub drop_rate: Option<f64>,
    /// Cohen's d of the paired differences over [`PValue::over`] units, or over tasks where nothing is tested.
    pub cohens_d: Option<f64>,
    /// What the test says.
    pub p: Option<PValue>,
    /// Seeds that both have; 0 where neither has any.
    pub seeds: usize,
    /// Tasks compared.
    pub tasks: usize,
    /// Instances compared, each counted once whatever the number of seeds.
    pub instances: usize,
}

/// A test's outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PValue {
    /// Two-sided, or for the equivalence test the larger of its two; four significant digits.
    pub raw: f64,
    /// Corrected over all tests of the answer.
    pub corrected: f64,
    /// No data of this size could have given a smaller raw value, where the test has such a floor.
    pub smallest: Option<f64>,
    /// What was taken for independent, such as `119 tasks`.
    pub over: String,
}
