//! The Wilcoxon signed-rank test: do paired differences lie around zero?
//!
//! As `scipy.stats.wilcoxon` with `method="auto"` and without continuity correction: exact for at most 50 differences
//! without ties and zeros, and for at most 13 with them; otherwise the normal approximation with the variance corrected
//! for ties.

use super::distribution::normal_tail;
use super::error::{StatisticsError, check};

/// Up to so many differences, all different and none zero, p is exact.
const EXACT_UP_TO: usize = 50;
/// Up to so many differences p is exact also with ties or zeros.
const EXACT_WITH_TIES_UP_TO: usize = 13;

/// What becomes of differences that are zero; the names are scipy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ZeroMethod {
    /// They are left out (Wilcoxon, 1945), which is scipy's default.
    #[default]
    Wilcox,
    /// They are ranked, and then their ranks are left out (Pratt, 1959).
    Pratt,
    /// Their ranks count half for either side.
    ZSplit,
}

/// The test's outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wilcoxon {
    /// Two-sided.
    pub p: f64,
    /// The smaller sum of ranks.
    pub statistic: f64,
    /// Whether p is exact rather than a normal approximation.
    pub is_exact: bool,
}

/// Tests whether differences are symmetric around zero, one per independent unit.
///
/// # Errors
/// Fewer than two differences, one that is not finite, or nothing but zeros.
pub fn wilcoxon(differences: &[f64], zeros: ZeroMethod) -> Result<Wilcoxon, StatisticsError> {
    check(differences, 2, "differences")?;
    let signed = SignedRanks::of(differences, zeros);
    if signed.ranks.iter().all(|(_, difference)| *difference == 0.0) {
        return Err(StatisticsError::NoVariation { value: 0.0 });
    }
    let is_plain = !signed.has_ties() && signed.zeros == 0;
    let is_exact = differences.len() <= if is_plain { EXACT_UP_TO } else { EXACT_WITH_TIES_UP_TO };
    let p = if is_exact { signed.exact_p() } else { signed.approximate_p() };
    Ok(Wilcoxon { p, statistic: signed.positive().min(signed.negative()), is_exact })
}

/// Differences with the ranks of their sizes, ties sharing the mean of theirs.
struct SignedRanks {
    /// Rank and difference, by rising size.
    ranks: Vec<(f64, f64)>,
    /// Differences that are zero, of those that were given.
    zeros: usize,
    method: ZeroMethod,
}

impl SignedRanks {
    fn of(differences: &[f64], method: ZeroMethod) -> Self {
        let zeros = differences.iter().filter(|difference| **difference == 0.0).count();
        let is_ranked = |difference: &f64| method != ZeroMethod::Wilcox || *difference != 0.0;
        let mut ranked: Vec<f64> = differences.iter().copied().filter(is_ranked).collect();
        ranked.sort_by(|one, other| one.abs().total_cmp(&other.abs()));
        let mut ranks = Vec::with_capacity(ranked.len());
        for tied in ranked.chunk_by(|one, other| one.abs() == other.abs()) {
            let rank = ranks.len() as f64 + (tied.len() + 1) as f64 / 2.0;
            ranks.extend(tied.iter().map(|difference| (rank, *difference)));
        }
        Self { ranks, zeros, method }
    }

    fn sum(&self, counts: impl Fn(f64) -> bool) -> f64 {
        self.ranks.iter().filter(|(_, difference)| counts(*difference)).map(|(rank, _)| rank).sum()
    }

    fn halved_zeros(&self) -> f64 {
        if self.method == ZeroMethod::ZSplit { self.sum(|difference| difference == 0.0) / 2.0 } else { 0.0 }
    }

    fn positive(&self) -> f64 {
        self.sum(|difference| difference > 0.0) + self.halved_zeros()
    }

    fn negative(&self) -> f64 {
        self.sum(|difference| difference < 0.0) + self.halved_zeros()
    }

    /// Sizes of the groups of equal differences, and whether they are zero.
    fn ties(&self) -> impl Iterator<Item = (f64, bool)> {
        let groups = self.ranks.chunk_by(|(_, one), (_, other)| one.abs() == other.abs());
        groups.map(|group| (group.len() as f64, group[0].1 == 0.0))
    }

    fn has_ties(&self) -> bool {
        self.ties().any(|(size, _)| size > 1.0)
    }

    /// Twice the smaller tail over all signs of the differences that are not zero.
    fn exact_p(&self) -> f64 {
        let doubled = |(rank, _): &(f64, f64)| (2.0 * rank) as usize;
        let ranks: Vec<usize> = self.ranks.iter().filter(|(_, difference)| *difference != 0.0).map(doubled).collect();
        let observed = (2.0 * self.sum(|difference| difference > 0.0)) as usize;
        let ways = ways(&ranks);
        let (low, high) = (ways[..=observed].iter().sum::<f64>(), ways[observed..].iter().sum::<f64>());
        (2.0 * low.min(high) / ways.iter().sum::<f64>()).min(1.0)
    }

    fn approximate_p(&self) -> f64 {
        let corrected_zeros = if self.method == ZeroMethod::Pratt { self.zeros as f64 } else { 0.0 };
        let centre = |n: f64| n * (n + 1.0) / 4.0;
        let spread = |n: f64| n * (n + 1.0) * (2.0 * n + 1.0);
        let n = self.ranks.len() as f64;
        let is_tie = |(_, is_zero): &(f64, bool)| !(*is_zero && self.method == ZeroMethod::Pratt);
        let ties: f64 = self.ties().filter(is_tie).map(|(size, _)| size.powi(3) - size).sum();
        let variance = (spread(n) - spread(corrected_zeros) - ties / 2.0) / 24.0;
        let distance = self.positive() - (centre(n) - centre(corrected_zeros));
        (2.0 * normal_tail(distance.abs() / variance.sqrt())).min(1.0)
    }
}

/// In how many ways some of the ranks add up to each sum, by adding one rank after the other; exact in double
/// precision up to 53 ranks.
fn ways(ranks: &[usize]) -> Vec<f64> {
    let mut ways = vec![0.0; ranks.iter().sum::<usize>() + 1];
    ways[0] = 1.0;
    for rank in ranks {
        for sum in (*rank..ways.len()).rev() {
            ways[sum] += ways[sum - rank];
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples_as_by_hand() {
        let found = wilcoxon(&[1.0, 2.0, 3.0, 4.0, 5.0], ZeroMethod::Wilcox).unwrap();
        assert_eq!(found, Wilcoxon { p: 2.0 / 32.0, statistic: 0.0, is_exact: true });
        let balanced = wilcoxon(&[1.0, -1.0], ZeroMethod::Wilcox).unwrap();
        assert_eq!((balanced.p, balanced.statistic), (1.0, 1.5));
    }

    #[test]
    fn many_ties_are_approximated_and_zeros_alone_refused() {
        let differences: Vec<f64> = (0..40).map(|at| f64::from(at % 4) - 1.0).collect();
        assert!(!wilcoxon(&differences, ZeroMethod::Pratt).unwrap().is_exact);
        let refused = wilcoxon(&[0.0; 5], ZeroMethod::Wilcox).unwrap_err();
        assert_eq!(refused, StatisticsError::NoVariation { value: 0.0 });
    }
}
