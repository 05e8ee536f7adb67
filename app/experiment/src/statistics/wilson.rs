//! The Wilson interval of a share of right answers.

use super::Interval;
use super::distribution::normal_quantile;
use super::error::{StatisticsError, check_share};

/// The interval of a share, from `successes` of `trials` independent answers (Wilson, 1927); bounds from 0 to 1.
///
/// # Errors
/// No trials, more successes than trials, or a level that is not between 0 and 1.
pub fn wilson(successes: u64, trials: u64, level: f64) -> Result<Interval, StatisticsError> {
    check_share("the level of an interval", level)?;
    if trials == 0 {
        return Err(StatisticsError::TooFew { found: 0, needed: 1, unit: "trials" });
    }
    if successes > trials {
        let range = "at or below the number of trials";
        return Err(StatisticsError::OutOfRange { what: "the number of successes", range, value: successes as f64 });
    }
    let (n, share) = (trials as f64, successes as f64 / trials as f64);
    let z = normal_quantile((1.0 + level) / 2.0);
    let shrunk = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / shrunk;
    let reach = z / shrunk * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    Ok(Interval { low: (centre - reach).max(0.0), high: (centre + reach).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_stay_within_0_and_1_and_have_width_at_the_ends() {
        let none = wilson(0, 10, 0.95).unwrap();
        let all = wilson(10, 10, 0.95).unwrap();
        assert!(none.low.abs() < 1e-12 && none.high > 0.2, "{none:?}");
        assert!((none.high + all.low - 1.0).abs() < 1e-12 && all.high <= 1.0, "{all:?}");
    }

    #[test]
    fn impossible_counts_are_refused() {
        assert!(matches!(wilson(0, 0, 0.95), Err(StatisticsError::TooFew { .. })));
        let message = wilson(3, 2, 0.95).unwrap_err().to_string();
        assert_eq!(message, "the number of successes must lie at or below the number of trials: `3`");
        assert!(wilson(1, 2, 1.0).is_err());
    }
}
