//! Permutation by sign: if two conditions were the same, every paired difference could as well have come out negated.
//!
//! [`sign_flip`] tries all signs where there are few units; [`approximate_randomisation`] always draws them (Noreen,
//! *Computer-Intensive Methods for Testing Hypotheses*, 1989; Yeh, COLING 2000): exchanging the conditions of a unit is
//! negating its difference. A sampled p counts the observed signs in (Phipson & Smyth, 2010), so it is never 0.

use placebo_plugin_api::Rng;
use rayon::prelude::*;

use super::Resampling;
use super::error::{StatisticsError, check};

/// Up to so many units that are not zero, all 2ⁿ signs are tried.
const EXACT_UP_TO: usize = 16;

/// A permutation test's outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permutation {
    /// Two-sided.
    pub p: f64,
    /// No differences in so many units could have given a smaller p: 2/2ⁿ of n units that are not zero, or one more
    /// than the resamples below 1 where signs are drawn.
    pub smallest: f64,
    /// Whether all signs were tried.
    pub is_exact: bool,
}

/// The sign-flip test of the mean of paired differences being zero, one difference per independent unit.
///
/// # Errors
/// Fewer than two differences, or one that is not finite.
pub fn sign_flip(differences: &[f64], resampling: Resampling) -> Result<Permutation, StatisticsError> {
    check(differences, 2, "differences")?;
    let units = without_zeros(differences);
    Ok(if units.len() <= EXACT_UP_TO { exact(&units) } else { sampled(&units, resampling) })
}

/// Approximate randomisation: the same question with drawn signs, whatever the number of units.
///
/// # Errors
/// Fewer than two differences, or one that is not finite.
pub fn approximate_randomisation(differences: &[f64], resampling: Resampling) -> Result<Permutation, StatisticsError> {
    check(differences, 2, "differences")?;
    Ok(sampled(&without_zeros(differences), resampling))
}

/// Zeros stay zero under any sign.
fn without_zeros(differences: &[f64]) -> Vec<f64> {
    differences.iter().copied().filter(|difference| *difference != 0.0).collect()
}

/// The least sum that counts as the observed one, for sums are taken in different orders.
fn threshold(units: &[f64]) -> f64 {
    let largest: f64 = units.iter().map(|unit| unit.abs()).sum();
    units.iter().sum::<f64>().abs() - 1e-12 * largest
}

fn exact(units: &[f64]) -> Permutation {
    let (count, threshold) = (1u64 << units.len(), threshold(units));
    let reaches = |signs: &u64| signed_sum(units, |at| signs >> at & 1 == 1).abs() >= threshold;
    let reached = (0..count).filter(reaches).count();
    Permutation { p: reached as f64 / count as f64, smallest: (2.0 / count as f64).min(1.0), is_exact: true }
}

fn signed_sum(units: &[f64], is_kept: impl Fn(usize) -> bool) -> f64 {
    units.iter().enumerate().map(|(at, unit)| if is_kept(at) { *unit } else { -unit }).sum()
}

fn sampled(units: &[f64], resampling: Resampling) -> Permutation {
    let (total, threshold) = (units.iter().sum::<f64>(), threshold(units));
    let reaches = |index: &usize| (2.0 * drawn_sum(units, resampling.rng(*index)) - total).abs() >= threshold;
    let reached = (0..resampling.resamples).into_par_iter().filter(reaches).count();
    let of = (resampling.resamples + 1) as f64;
    Permutation { p: (reached + 1) as f64 / of, smallest: 1.0 / of, is_exact: false }
}

/// The sum of the units that a fair coin each keeps: 64 coins are one number of the generator, the lowest bit first.
fn drawn_sum(units: &[f64], mut rng: Rng) -> f64 {
    let of_chunk = |chunk: &[f64]| {
        let coins = rng.next_u64();
        let kept = |(at, unit): (usize, &f64)| *unit * (coins >> at & 1) as f64;
        chunk.iter().enumerate().map(kept).sum::<f64>()
    };
    units.chunks(64).map(of_chunk).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_units_have_a_floor() {
        let p = |differences: &[f64]| sign_flip(differences, Resampling::default()).unwrap();
        assert_eq!(p(&[1.0, 2.0, 3.0]), Permutation { p: 0.25, smallest: 0.25, is_exact: true });
        assert_eq!(p(&[1.0; 6]).p, 2.0 / 64.0);
        assert_eq!(p(&[1.0, 2.0, 0.0]), Permutation { p: 0.5, smallest: 0.5, is_exact: true });
        assert_eq!(p(&[0.0; 4]), Permutation { p: 1.0, smallest: 1.0, is_exact: true });
        assert_eq!(p(&[0.1, 0.2, -0.3]).p, 1.0);
        let one = sign_flip(&[1.0], Resampling::default());
        assert_eq!(one, Err(StatisticsError::TooFew { found: 1, needed: 2, unit: "differences" }));
    }

    #[test]
    fn drawn_signs_come_close_to_all_signs() {
        let differences: Vec<f64> = (0..16).map(|at| f64::from(at % 5) - 1.2).collect();
        let resampling = Resampling { resamples: 40_000, seed: 8 };
        let exact = sign_flip(&differences, resampling).unwrap();
        let drawn = approximate_randomisation(&differences, resampling).unwrap();
        assert!(exact.is_exact && !drawn.is_exact);
        let error = (exact.p * (1.0 - exact.p) / 40_000.0).sqrt();
        assert!((exact.p - drawn.p).abs() < 4.0 * error, "{} and {}", exact.p, drawn.p);
    }

    #[test]
    fn a_drawn_p_is_never_zero() {
        let differences = vec![1.0; 200];
        let found = approximate_randomisation(&differences, Resampling { resamples: 999, seed: 1 }).unwrap();
        assert_eq!((found.p, found.smallest), (0.001, 0.001));
        assert!(!sign_flip(&differences, Resampling::default()).unwrap().is_exact);
    }
}
