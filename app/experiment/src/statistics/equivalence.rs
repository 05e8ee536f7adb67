//! Equivalence: two one-sided t-tests, because a large p of a difference does not show that there is none.

use super::distribution::t_tail;
use super::error::StatisticsError;
use super::{Estimate, Interval};

/// The outcome of the two tests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equivalence {
    /// The larger of the two: small where the difference is shown to be within the margin on both sides.
    pub p: f64,
    /// That the mean difference is not above −margin.
    pub p_lower: f64,
    /// That the mean difference is not below +margin.
    pub p_upper: f64,
    /// The interval that lies within the margins exactly where p is below 0.05: the t-interval of level 0.9.
    pub interval: Interval,
}

/// Tests whether the mean of paired differences lies between −`margin` and `margin` (Schuirmann, 1987), one difference
/// per independent unit; the margin is in the unit of the differences and chosen before they are seen.
///
/// # Errors
/// Fewer than two differences, one that is not finite, differences that are all the same, or a margin not above 0.
pub fn equivalence(differences: &[f64], margin: f64) -> Result<Equivalence, StatisticsError> {
    Estimate::of_units(differences)?.equivalence(margin)
}

impl Estimate {
    /// Tests whether the mean lies between −`margin` and `margin`.
    ///
    /// # Errors
    /// A margin not above 0.
    pub fn equivalence(&self, margin: f64) -> Result<Equivalence, StatisticsError> {
        if !(margin > 0.0 && margin.is_finite()) {
            let what = "the margin of equivalence";
            return Err(StatisticsError::OutOfRange { what, range: "above 0", value: margin });
        }
        let p_lower = t_tail((self.mean + margin) / self.error, self.freedom);
        let p_upper = t_tail((margin - self.mean) / self.error, self.freedom);
        Ok(Equivalence { p: p_lower.max(p_upper), p_lower, p_upper, interval: self.interval(0.9)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFFERENCES: [f64; 8] = [0.3, -0.2, 0.5, 0.1, -0.4, 0.2, 0.0, 0.3];

    #[test]
    fn p_falls_below_a_twentieth_where_the_interval_lies_within_the_margins() {
        let interval = equivalence(&DIFFERENCES, 1.0).unwrap().interval;
        let edge = interval.high.max(-interval.low);
        assert!(equivalence(&DIFFERENCES, edge * 1.001).unwrap().p < 0.05);
        assert!(equivalence(&DIFFERENCES, edge * 0.999).unwrap().p > 0.05);
    }

    #[test]
    fn turning_the_pairs_round_changes_nothing() {
        let turned = DIFFERENCES.map(|difference| -difference);
        let (one, other) = (equivalence(&DIFFERENCES, 0.4).unwrap(), equivalence(&turned, 0.4).unwrap());
        assert_eq!((one.p, one.p_lower, one.p_upper), (other.p, other.p_upper, other.p_lower));
    }

    #[test]
    fn without_deviation_or_margin_there_is_no_test() {
        assert_eq!(equivalence(&[0.0; 5], 1.0), Err(StatisticsError::NoVariation { value: 0.0 }));
        let message = equivalence(&DIFFERENCES, 0.0).unwrap_err().to_string();
        assert_eq!(message, "the margin of equivalence must lie above 0: `0`");
    }
}
