//! Power: what a design can find before it is run, by the t-test and the noncentral t distribution.

use super::Components;
use super::distribution::{noncentral_t_cdf, t_quantile};
use super::error::{StatisticsError, check_share};

/// How well a design will know a mean difference, and how strictly it is tested.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// The standard error of the mean difference, in points.
    pub error: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
    /// The level of the two-sided test; with m comparisons, the level over m is on the safe side of Holm's correction.
    pub level: f64,
}

impl Design {
    /// Pairs over one kind of unit, tasks or seeds, whose differences deviate by so many points.
    ///
    /// # Errors
    /// Fewer than two units, a deviation not above 0, or a level that is not between 0 and 1.
    pub fn paired(units: usize, deviation: f64, level: f64) -> Result<Self, StatisticsError> {
        check_share("the level of a test", level)?;
        if units < 2 {
            return Err(StatisticsError::TooFew { found: units, needed: 2, unit: "units" });
        }
        if !(deviation > 0.0 && deviation.is_finite()) {
            let what = "the deviation of the differences";
            return Err(StatisticsError::OutOfRange { what, range: "above 0", value: deviation });
        }
        Ok(Self { error: deviation / (units as f64).sqrt(), freedom: (units - 1) as f64, level })
    }

    /// Seeds crossed with tasks, whose differences vary by these components.
    ///
    /// # Errors
    /// Fewer than two seeds or tasks, components that are negative or all zero, or a level that is not between 0 and 1.
    pub fn two_way(seeds: usize, tasks: usize, components: Components, level: f64) -> Result<Self, StatisticsError> {
        check_share("the level of a test", level)?;
        let (error, freedom) = components.precision(seeds, tasks)?;
        Ok(Self { error, freedom, level })
    }

    /// The chance that the two-sided t-test finds a true mean difference of `effect` points.
    ///
    /// Exact for paired normal differences; for others of many units, and for two-way designs, an approximation.
    pub fn power(&self, effect: f64) -> f64 {
        let critical = t_quantile(1.0 - self.level / 2.0, self.freedom);
        let noncentrality = effect.abs() / self.error;
        let missed = noncentral_t_cdf(critical, self.freedom, noncentrality);
        1.0 - missed + noncentral_t_cdf(-critical, self.freedom, noncentrality)
    }

    /// The smallest true mean difference, in points, that the test finds with the chance `power`.
    ///
    /// # Errors
    /// A power that is not between the level and 1.
    pub fn smallest_detectable(&self, power: f64) -> Result<f64, StatisticsError> {
        if !(power > self.level && power < 1.0) {
            let range = "between the level of the test and 1";
            return Err(StatisticsError::OutOfRange { what: "the power", range, value: power });
        }
        let (mut low, mut high) = (0.0, self.error);
        while self.power(high) < power {
            (low, high) = (high, 2.0 * high);
        }
        while high - low > 1e-9 * high {
            let middle = low + (high - low) / 2.0;
            if self.power(middle) < power { low = middle } else { high = middle }
        }
        Ok(high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(units: usize) -> Design {
        Design::paired(units, 8.0, 0.05).unwrap()
    }

    #[test]
    fn without_an_effect_the_level_is_found() {
        for units in [2, 3, 10, 119] {
            let found = design(units).power(0.0);
            assert!((found - 0.05).abs() < 1e-9, "{units} units: {found}");
        }
    }

    #[test]
    fn the_smallest_detectable_effect_has_the_power_and_more_units_find_less() {
        let found = [3, 10, 57, 119].map(|units| {
            let effect = design(units).smallest_detectable(0.8).unwrap();
            assert!((design(units).power(effect) - 0.8).abs() < 1e-8);
            effect
        });
        assert!(found.is_sorted_by(|more, fewer| more > fewer), "{found:?}");
    }

    #[test]
    fn more_seeds_help_as_far_as_seeds_vary() {
        let found = |deviation, seeds| {
            let components = Components { seeds: deviation, tasks: 8.0, rest: 4.0 };
            Design::two_way(seeds, 57, components, 0.05).unwrap().smallest_detectable(0.8).unwrap()
        };
        assert!(found(3.0, 3) / found(3.0, 10) > 1.5);
        assert!(found(0.0, 3) / found(0.0, 10) < 1.2);
    }

    #[test]
    fn impossible_designs_are_refused() {
        assert!(Design::paired(1, 8.0, 0.05).is_err());
        assert!(Design::paired(3, 0.0, 0.05).is_err());
        assert!(Design::paired(3, 8.0, 5.0).is_err());
        assert!(design(3).smallest_detectable(0.04).is_err());
    }
}
