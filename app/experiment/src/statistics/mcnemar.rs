//! The exact McNemar test: do two answerers disagree more often in one direction than in the other?

use super::distribution::fair_coin_cdf;

/// The two-sided p-value of so many disagreements in either direction, agreement telling nothing; 1 without any.
///
/// McNemar (1947) in its exact form: under the null hypothesis each disagreement is a fair coin.
pub fn mcnemar(only_first: u64, only_second: u64) -> f64 {
    let disagreements = only_first + only_second;
    if disagreements == 0 {
        return 1.0;
    }
    (2.0 * fair_coin_cdf(only_first.min(only_second), disagreements)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::mcnemar;

    #[test]
    fn values_as_by_hand() {
        assert_eq!(mcnemar(0, 0), 1.0);
        assert_eq!(mcnemar(3, 3), 1.0);
        assert!((mcnemar(0, 5) - 2.0 / 32.0).abs() < 1e-15);
        assert!((mcnemar(1, 5) - 2.0 * 7.0 / 64.0).abs() < 1e-15);
        assert_eq!(mcnemar(400, 20), mcnemar(20, 400));
    }
}
