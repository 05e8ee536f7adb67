//! Power: what a design can find before it is run, by the paired t-test and the noncentral t distribution.

use serde::{Deserialize, Serialize};

use super::distribution::{noncentral_t_cdf, t_quantile};
use super::error::{StatisticsError, check_share};

/// A paired design over independent units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Design {
    /// Pairs: tasks, or seeds.
    pub units: usize,
    /// The deviation of the paired differences over units, assumed or measured, in points.
    pub deviation: f64,
    /// The level of the two-sided test; with m comparisons, the level over m is on the safe side of Holm's correction.
    pub level: f64,
}

impl Design {
    /// The chance that a two-sided paired t-test finds a true mean difference of `effect` points.
    ///
    /// Exact for normal differences; for other differences of many units an approximation.
    ///
    /// # Errors
    /// Fewer than two units, a deviation not above 0, or a level that is not between 0 and 1.
    pub fn power(&self, effect: f64) -> Result<f64, StatisticsError> {
        self.check()?;
        Ok(self.power_unchecked(effect))
    }

    /// The smallest true mean difference, in points, that the test finds with the chance `power`.
    ///
    /// # Errors
    /// As [`power`](Design::power), and a power that is not between the level and 1.
    pub fn smallest_detectable(&self, power: f64) -> Result<f64, StatisticsError> {
        self.check()?;
        if !(power > self.level && power < 1.0) {
            return Err(StatisticsError::OutOfRange {
                what: "the power",
                range: "between the level and 1",
                value: power,
            });
        }
        let (mut low, mut high) = (0.0, self.deviation);
        while self.power_unchecked(high) < power {
            (low, high) = (high, 2.0 * high);
        }
        while high - low > 1e-9 * high {
            let middle = low + (high - low) / 2.0;
            if self.power_unchecked(middle) < power { low = middle } else { high = middle }
        }
        Ok(high)
    }

    fn power_unchecked(&self, effect: f64) -> f64 {
        let freedom = (self.units - 1) as f64;
        let critical = t_quantile(1.0 - self.level / 2.0, freedom);
        let noncentrality = effect.abs() / self.deviation * (self.units as f64).sqrt();
        let missed = noncentral_t_cdf(critical, freedom, noncentrality);
        1.0 - missed + noncentral_t_cdf(-critical, freedom, noncentrality)
    }

    fn check(&self) -> Result<(), StatisticsError> {
        check_share("the level of a test", self.level)?;
        if self.units < 2 {
            return Err(StatisticsError::TooFew { found: self.units, needed: 2, unit: "units" });
        }
        if !(self.deviation > 0.0 && self.deviation.is_finite()) {
            let what = "the deviation of the differences";
            return Err(StatisticsError::OutOfRange { what, range: "above 0", value: self.deviation });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(units: usize) -> Design {
        Design { units, deviation: 8.0, level: 0.05 }
    }

    #[test]
    fn without_an_effect_the_level_is_found() {
        for units in [2, 3, 10, 119] {
            let found = design(units).power(0.0).unwrap();
            assert!((found - 0.05).abs() < 1e-9, "{units} units: {found}");
        }
    }

    #[test]
    fn the_smallest_detectable_effect_has_the_power_and_more_units_find_less() {
        let found = [3, 10, 57, 119].map(|units| {
            let effect = design(units).smallest_detectable(0.8).unwrap();
            assert!((design(units).power(effect).unwrap() - 0.8).abs() < 1e-8);
            effect
        });
        assert!(found.is_sorted_by(|more, fewer| more > fewer), "{found:?}");
    }

    #[test]
    fn impossible_designs_are_refused() {
        assert!(design(1).power(1.0).is_err());
        assert!(Design { deviation: 0.0, ..design(3) }.power(1.0).is_err());
        assert!(design(3).smallest_detectable(0.04).is_err());
    }
}
