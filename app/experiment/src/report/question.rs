//! The question: what is measured, what it is compared with, and by which interval and test.

use serde::{Deserialize, Serialize};

use super::{Column, DECIMALS};
use crate::statistics::{Correction, Resampling, Unit};

/// Everything that a comparison depends on besides the records; the window and the command line ask the same way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Question {
    /// What is measured: a metric over some tasks each. None stands for the columns of the study that the records have.
    pub columns: Vec<Column>,
    /// The conditions and baselines by name, in the order wanted; none stands for all, in the plan's order.
    pub rows: Vec<String>,
    /// The condition that all others are compared with, size by size. None stands for no comparison, and where there is
    /// a test for the one condition that alters nothing.
    pub baseline: Option<String>,
    /// What is redrawn for intervals and exchanged by tests: to what the answer is to generalise.
    pub unit: Unit,
    /// How an interval is read off the resampled means; none for no intervals.
    pub interval: Option<IntervalMethod>,
    /// The share of intervals that are to hold the true value; 0.95 unless said otherwise.
    pub level: f64,
    /// How many resamples, from which seed.
    pub resampling: Resampling,
    /// The test of each difference to the baseline.
    pub test: Option<Test>,
    /// What is done about there being several tests; all tests of an answer are one family.
    pub correction: Correction,
    /// For the equivalence test: differences of less than so many points do not matter.
    pub margin: Option<f64>,
    /// Digits behind the point that all numbers but p-values are rounded to, once; the official four unless said
    /// otherwise.
    pub decimals: usize,
}

/// How an interval is read off a bootstrap distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalMethod {
    /// Between its quantiles; for every unit.
    Percentile,
    /// Corrected for bias and skewness; for a single level of units.
    Bca,
    /// Student's t: of the units' numbers where there is a single level of units, and otherwise of the two-way analysis
    /// of seeds and tasks, the only one that is reliable with very few seeds.
    T,
}

/// A test of a difference between paired runs; each names the unit that it takes for independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// Exact McNemar over instances, for metrics that are right or wrong.
    Mcnemar,
    /// Sign-flip permutation over seeds.
    SignFlip,
    /// Wilcoxon signed-rank over task means.
    Wilcoxon,
    /// Approximate randomisation over tasks, or over the seeds or instances where they are the unit.
    ApproximateRandomisation,
    /// Percentile bootstrap of the paired differences over the question's unit.
    PairedBootstrap,
    /// Two one-sided paired t-tests over the question's unit, for equivalence.
    Tost,
    /// Paired t-test over the question's unit; with seeds and tasks, by the two-way analysis of both.
    T,
}

impl IntervalMethod {
    /// All of them.
    pub const ALL: [IntervalMethod; 3] = [IntervalMethod::Percentile, IntervalMethod::Bca, IntervalMethod::T];

    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            IntervalMethod::Percentile => "percentile",
            IntervalMethod::Bca => "bca",
            IntervalMethod::T => "t",
        }
    }
}

impl Test {
    /// All of them.
    pub const ALL: [Test; 7] = [
        Test::Mcnemar,
        Test::SignFlip,
        Test::Wilcoxon,
        Test::ApproximateRandomisation,
        Test::PairedBootstrap,
        Test::Tost,
        Test::T,
    ];

    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Test::Mcnemar => "mcnemar",
            Test::SignFlip => "sign-flip",
            Test::Wilcoxon => "wilcoxon",
            Test::ApproximateRandomisation => "approximate-randomisation",
            Test::PairedBootstrap => "paired-bootstrap",
            Test::Tost => "tost",
            Test::T => "t",
        }
    }
}

impl Default for Question {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            rows: Vec::new(),
            baseline: None,
            unit: Unit::default(),
            interval: Some(IntervalMethod::Percentile),
            level: 0.95,
            resampling: Resampling::default(),
            test: None,
            correction: Correction::default(),
            margin: None,
            decimals: DECIMALS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_files() {
        for test in Test::ALL {
            assert_eq!(serde_json::to_value(test).unwrap(), test.name());
        }
        for method in IntervalMethod::ALL {
            assert_eq!(serde_json::to_value(method).unwrap(), method.name());
        }
        for correction in Correction::ALL {
            assert_eq!(serde_json::to_value(correction).unwrap(), correction.name());
        }
        for unit in Unit::ALL {
            assert_eq!(serde_json::to_value(unit).unwrap(), unit.name());
        }
    }

    #[test]
    fn a_question_is_read_with_the_rest_by_default() {
        let question: Question = serde_json::from_str(r#"{"baseline":"Original","test":"sign-flip"}"#).unwrap();
        let expected =
            Question { baseline: Some("Original".into()), test: Some(Test::SignFlip), ..Question::default() };
        assert_eq!(question, expected);
        assert_eq!(serde_json::from_str::<Question>(&serde_json::to_string(&question).unwrap()).unwrap(), question);
        assert!(serde_json::from_str::<Question>(r#"{"tests":"sign-flip"}"#).is_err());
    }
}
