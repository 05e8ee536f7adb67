//! The bootstrap: a statistic over resamples, its intervals, and the p-value that goes with them.
//!
//! Sources: Efron & Tibshirani, *An Introduction to the Bootstrap* (1993), chapters 13 and 14; Davison & Hinkley,
//! *Bootstrap Methods and their Application* (1997), chapter 5.

use rayon::prelude::*;

use super::distribution::{normal_cdf, normal_quantile};
use super::error::{StatisticsError, check, check_share};
use super::{Interval, Resampling, mean, quantile, sample_deviation};

/// A statistic as observed, and as it came out in resamples of the units.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// The statistic of the sample itself.
    pub observed: f64,
    /// The statistic of every resample, ascending.
    resampled: Vec<f64>,
}

impl Bootstrap {
    /// Takes a statistic of resamples that were drawn elsewhere, in any order.
    ///
    /// # Errors
    /// No resample, or a value that is not finite.
    pub fn new(observed: f64, mut resampled: Vec<f64>) -> Result<Self, StatisticsError> {
        check(&[observed], 1, "values")?;
        check(&resampled, 1, "resamples")?;
        resampled.sort_unstable_by(f64::total_cmp);
        Ok(Self { observed, resampled })
    }

    /// Draws as many of the values as there are, with replacement, again and again; `values` are independent units.
    ///
    /// The k-th value of a resample is the one at [`below(n)`](placebo_plugin_api::Rng::below) of its k-th draw.
    ///
    /// # Errors
    /// Fewer than two values, or one that is not finite.
    pub fn of(
        values: &[f64],
        statistic: impl Fn(&[f64]) -> f64 + Sync,
        resampling: Resampling,
    ) -> Result<Self, StatisticsError> {
        check(values, 2, "values")?;
        let resample = |index: usize| {
            let mut rng = resampling.rng(index);
            let drawn: Vec<f64> = values.iter().map(|_| values[rng.below(values.len())]).collect();
            statistic(&drawn)
        };
        Self::new(statistic(values), (0..resampling.resamples).into_par_iter().map(resample).collect())
    }

    /// The statistic of every resample, ascending.
    pub fn resampled(&self) -> &[f64] {
        &self.resampled
    }

    /// The standard error: the deviation of the statistic over resamples; 0 of a single resample.
    pub fn standard_error(&self) -> f64 {
        sample_deviation(&self.resampled).unwrap_or(0.0)
    }

    /// The percentile interval: `level` of the resamples lie within, as many below as above.
    ///
    /// # Errors
    /// A level that is not between 0 and 1.
    pub fn percentile(&self, level: f64) -> Result<Interval, StatisticsError> {
        check_share("the level of an interval", level)?;
        let tail = (1.0 - level) / 2.0;
        Ok(self.between(tail, 1.0 - tail))
    }

    /// The BCa interval (Efron, 1987): percentiles moved by the bias of the resamples and by the skewness of the units.
    ///
    /// `influence` holds what each unit contributes to the statistic, as a deviation from the mean contribution and up
    /// to a common positive factor: of a mean, the value less the mean; otherwise see [`jackknife`].
    ///
    /// # Errors
    /// A level that is not between 0 and 1; resamples that all lie on one side of the observed value, or influences
    /// that are all zero, so that there is nothing to correct by.
    pub fn bca(&self, influence: &[f64], level: f64) -> Result<Interval, StatisticsError> {
        check_share("the level of an interval", level)?;
        let (bias, acceleration) = (normal_quantile(self.share_below()), acceleration(influence));
        if !bias.is_finite() || !acceleration.is_finite() {
            return Err(StatisticsError::NoVariation { value: self.observed });
        }
        let moved = |z: f64| normal_cdf(bias + (bias + z) / (1.0 - acceleration * (bias + z)));
        let reach = normal_quantile((1.0 - level) / 2.0);
        Ok(self.between(moved(reach), moved(-reach)))
    }

    /// The two-sided p-value of the statistic being zero, which is below 1 − level where the percentile interval of
    /// that level lies on one side of zero: twice the smaller share of resamples on either side, the sample counted in.
    pub fn p_value(&self) -> f64 {
        let not_above = self.resampled.partition_point(|value| *value <= 0.0);
        let not_below = self.resampled.len() - self.resampled.partition_point(|value| *value < 0.0);
        let share = |count: usize| (count + 1) as f64 / (self.resampled.len() + 1) as f64;
        (2.0 * share(not_above).min(share(not_below))).min(1.0)
    }

    /// The smallest value that [`p_value`](Bootstrap::p_value) can have.
    pub fn smallest_p(&self) -> f64 {
        2.0 / (self.resampled.len() + 1) as f64
    }

    fn between(&self, low: f64, high: f64) -> Interval {
        Interval { low: quantile(&self.resampled, low), high: quantile(&self.resampled, high) }
    }

    /// The share of resamples below the observed value, those equal to it counted half.
    fn share_below(&self) -> f64 {
        let below = self.resampled.partition_point(|value| *value < self.observed);
        let not_above = self.resampled.partition_point(|value| *value <= self.observed);
        (below + not_above) as f64 / (2 * self.resampled.len()) as f64
    }
}

/// The bootstrap of the mean difference between paired values, the pairs being drawn together.
///
/// # Errors
/// Samples of different length, fewer than two pairs, or a value that is not finite.
pub fn paired_bootstrap(first: &[f64], second: &[f64], resampling: Resampling) -> Result<Bootstrap, StatisticsError> {
    if first.len() != second.len() {
        return Err(StatisticsError::Unpaired { first: first.len(), second: second.len() });
    }
    let differences: Vec<f64> = first.iter().zip(second).map(|(one, other)| one - other).collect();
    Bootstrap::of(&differences, |drawn| mean(drawn).unwrap_or(0.0), resampling)
}

/// The influence of each value on a statistic: how far it falls when the value is left out, less the mean of that.
pub fn jackknife(values: &[f64], statistic: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let without = |left_out: usize| {
        let others = values.iter().enumerate().filter(|(at, _)| *at != left_out);
        statistic(&others.map(|(_, value)| *value).collect::<Vec<_>>())
    };
    let without: Vec<f64> = (0..values.len()).map(without).collect();
    let centre = mean(&without).unwrap_or(0.0);
    without.iter().map(|value| centre - value).collect()
}

/// A sixth of the skewness of the influences' sum.
fn acceleration(influence: &[f64]) -> f64 {
    let power = |exponent: i32| influence.iter().map(|value| value.powi(exponent)).sum::<f64>();
    power(3) / (6.0 * power(2).powf(1.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 6] = [3.0, -1.0, 4.0, 1.0, 5.0, 9.0];

    fn of_mean(values: &[f64]) -> Bootstrap {
        Bootstrap::of(values, |drawn| mean(drawn).unwrap(), Resampling { resamples: 4000, seed: 3 }).unwrap()
    }

    #[test]
    fn the_number_of_threads_makes_no_difference() {
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool(1).install(|| of_mean(&VALUES)), pool(3).install(|| of_mean(&VALUES)));
    }

    #[test]
    fn the_standard_error_is_that_of_the_mean() {
        let deviation = sample_deviation(&VALUES).unwrap() * (5.0f64 / 6.0).sqrt();
        let expected = deviation / 6f64.sqrt();
        assert!((of_mean(&VALUES).standard_error() / expected - 1.0).abs() < 0.04);
    }

    #[test]
    fn the_p_value_agrees_with_the_percentile_interval() {
        for shift in [-6.0, -4.5, -3.5, -1.5, 0.0] {
            let bootstrap = of_mean(&VALUES.map(|value| value + shift));
            for level in [0.5, 0.9, 0.95, 0.99] {
                let is_excluded = !bootstrap.percentile(level).unwrap().contains(0.0);
                assert_eq!(bootstrap.p_value() < 1.0 - level, is_excluded, "shift {shift}, level {level}");
            }
        }
    }

    #[test]
    fn what_cannot_be_answered_is_refused() {
        let refused = |values: &[f64]| Bootstrap::of(values, |_| 0.0, Resampling::default()).unwrap_err().to_string();
        assert_eq!(refused(&[1.0]), "fewer than 2 values; add some or choose another unit: `1`");
        assert_eq!(refused(&[1.0, f64::NAN]), "a score is not a finite number; score the run again: `NaN`");
        let same = of_mean(&[2.0, 2.0, 2.0]);
        assert_eq!(same.percentile(0.95), Ok(Interval { low: 2.0, high: 2.0 }));
        assert!(matches!(same.bca(&[0.0; 3], 0.95), Err(StatisticsError::NoVariation { .. })));
        assert!(matches!(same.percentile(95.0), Err(StatisticsError::OutOfRange { .. })));
        let unpaired = paired_bootstrap(&[1.0, 2.0], &[1.0], Resampling::default());
        assert_eq!(unpaired, Err(StatisticsError::Unpaired { first: 2, second: 1 }));
    }
}
