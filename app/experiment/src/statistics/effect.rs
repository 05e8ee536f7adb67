//! Effect sizes: how large a difference is, whatever its p-value.

use super::Estimate;
use super::error::StatisticsError;

/// The performance drop rate: what share of the original mean is lost, in percent (Zhu et al., *PromptBench*, 2023);
/// negative where something is gained, and `None` where there was nothing to lose.
pub fn performance_drop_rate(original: f64, altered: f64) -> Option<f64> {
    (original > 0.0).then(|| 100.0 * (original - altered) / original)
}

/// Cohen's d of paired differences, d_z: their mean in units of their sample deviation.
///
/// # Errors
/// Fewer than two differences, one that is not finite, or differences that are all the same.
pub fn cohens_d(differences: &[f64]) -> Result<f64, StatisticsError> {
    let estimate = Estimate::of_units(differences)?;
    Ok(estimate.mean / (estimate.error * (differences.len() as f64).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_as_by_hand() {
        assert_eq!(performance_drop_rate(50.0, 40.0), Some(20.0));
        assert_eq!(performance_drop_rate(50.0, 55.0), Some(-10.0));
        assert_eq!(performance_drop_rate(0.0, 5.0), None);
        assert!((cohens_d(&[1.0, 2.0, 3.0]).unwrap() - 2.0).abs() < 1e-12);
        assert_eq!(cohens_d(&[0.1, 0.1, 0.1]), Err(StatisticsError::NoVariation { value: 0.1 }));
    }
}
