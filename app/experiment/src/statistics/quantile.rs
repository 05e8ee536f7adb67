//! Quantiles of a sorted sample.

/// The quantile at `share` of ascending values, interpolated linearly between neighbours (numpy's default; Hyndman &
/// Fan's definition 7).
///
/// # Panics
/// On an empty sample.
pub fn quantile(ascending: &[f64], share: f64) -> f64 {
    let place = share.clamp(0.0, 1.0) * (ascending.len() - 1) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let (low, high) = (ascending[below], ascending[(below + 1).min(ascending.len() - 1)]);
    low + part * (high - low)
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_lie_between_neighbours() {
        let values = [1.0, 2.0, 4.0, 8.0];
        assert_eq!([0.0, 0.5, 0.75, 1.0].map(|share| quantile(&values, share)), [1.0, 3.0, 5.0, 8.0]);
        assert_eq!(quantile(&[5.0], 0.3), 5.0);
    }
}
