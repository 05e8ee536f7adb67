//! A mean with its standard error: the paired t of one kind of unit, and the two-way t of seeds crossed with tasks.

use super::distribution::{t_quantile, t_tail};
use super::error::{StatisticsError, check, check_share};
use super::{Interval, TwoWay, mean, sample_deviation};

/// A mean of paired differences, or of scores, and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The mean, in the unit of the data.
    pub mean: f64,
    /// Its standard error, above 0.
    pub error: f64,
    /// The degrees of freedom of the error.
    pub freedom: f64,
}

impl Estimate {
    /// From one number per independent unit: the error of Student's t, n − 1 degrees of freedom.
    ///
    /// # Errors
    /// Fewer than two numbers, one that is not finite, or numbers that are all the same.
    pub fn of_units(values: &[f64]) -> Result<Self, StatisticsError> {
        check(values, 2, "units")?;
        let mean = mean(values).expect("two numbers have a mean");
        let deviation = sample_deviation(values).expect("two numbers have a deviation");
        let largest = values.iter().fold(0.0f64, |largest, value| largest.max(value.abs()));
        check_deviation(deviation, largest, values[0])?;
        let n = values.len() as f64;
        Ok(Self { mean, error: deviation / n.sqrt(), freedom: n - 1.0 })
    }

    /// From one number per seed (row) and task (column), both taken for random: see [`TwoWay`].
    ///
    /// # Errors
    /// Fewer than two seeds or tasks, rows of different length, a number that is not finite, or numbers that are all
    /// the same.
    pub fn of_table(table: &[Vec<f64>]) -> Result<Self, StatisticsError> {
        Ok(TwoWay::of(table)?.estimate())
    }

    /// The interval of Student's t.
    ///
    /// # Errors
    /// A level that is not between 0 and 1.
    pub fn interval(&self, level: f64) -> Result<Interval, StatisticsError> {
        check_share("the level of an interval", level)?;
        let reach = t_quantile((1.0 + level) / 2.0, self.freedom) * self.error;
        Ok(Interval { low: self.mean - reach, high: self.mean + reach })
    }

    /// The two-sided p-value of the mean being zero.
    pub fn p_value(&self) -> f64 {
        (2.0 * t_tail(self.mean.abs() / self.error, self.freedom)).min(1.0)
    }
}

/// Refuses a deviation that is nothing but the rounding of equal numbers of this size.
pub(super) fn check_deviation(deviation: f64, size: f64, value: f64) -> Result<(), StatisticsError> {
    if deviation > 1e-12 * size { Ok(()) } else { Err(StatisticsError::NoVariation { value }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_excludes_zero_where_p_is_below_its_level() {
        for shift in [0.0, 0.5, 1.0, 1.5, 2.0, 3.0] {
            let estimate = Estimate::of_units(&[0.2, -1.0, 1.4, 0.3, -0.5].map(|value| value + shift)).unwrap();
            for level in [0.5, 0.9, 0.95, 0.99] {
                let is_excluded = !estimate.interval(level).unwrap().contains(0.0);
                assert_eq!(estimate.p_value() < 1.0 - level, is_excluded, "shift {shift}, level {level}");
            }
        }
    }

    #[test]
    fn equal_numbers_are_refused() {
        assert_eq!(Estimate::of_units(&[0.1; 3]), Err(StatisticsError::NoVariation { value: 0.1 }));
        assert_eq!(Estimate::of_table(&vec![vec![0.3; 3]; 2]), Err(StatisticsError::NoVariation { value: 0.3 }));
    }
}
