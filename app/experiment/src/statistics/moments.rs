//! Mean, deviation and the normal interval, summed in the order of the values.

/// The arithmetic mean; `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The sample standard deviation, with n − 1 in the denominator; `None` of fewer than two values.
pub fn sample_deviation(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}

/// The bounds within which 95 % of a normal distribution lie.
pub fn normal_interval(mean: f64, variance: f64) -> (f64, f64) {
    /// The 97.5th percentile of the standard normal distribution.
    const REACH: f64 = 1.959_963_984_540_054;
    let reach = REACH * variance.sqrt();
    (mean - reach, mean + reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_and_deviations_as_by_hand() {
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[1.0, 2.0, 6.0]), Some(3.0));
        assert_eq!(sample_deviation(&[5.0]), None);
        assert_eq!(sample_deviation(&[1.0, 2.0, 6.0]), Some(7.0_f64.sqrt()));
    }

    #[test]
    fn the_interval_is_symmetric_and_has_no_width_without_variance() {
        assert_eq!(normal_interval(3.0, 0.0), (3.0, 3.0));
        let (low, high) = normal_interval(0.0, 4.0);
        assert_eq!(low, -high);
        assert!((high - 3.919_927_969).abs() < 1e-9);
    }
}
