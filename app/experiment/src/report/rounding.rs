//! Rounding: every number of a comparison is rounded once, when all of them are there.

use super::{Cell, Comparison, Difference, GuessBounds};
use crate::statistics::Interval;

/// The decimals of the official scripts, and of everything that nobody wants otherwise.
pub const DECIMALS: usize = 4;

/// Rounds to the four decimals of the official scripts.
pub fn rounded(score: f64) -> f64 {
    to(DECIMALS, score)
}

fn to(decimals: usize, number: f64) -> f64 {
    let scale = 10f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    // Adding 0 turns −0 into 0.
    (number * scale).round() / scale + 0.0
}

impl Comparison {
    /// Digits behind the point that the numbers have.
    pub fn decimals(&self) -> usize {
        self.question.as_ref().map_or(DECIMALS, |question| question.decimals)
    }

    /// The comparison with all its numbers rounded; p-values have their own digits.
    pub(super) fn settled(mut self, decimals: usize) -> Self {
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells).flatten() {
            settle_cell(cell, decimals);
        }
        self
    }
}

fn settle_cell(cell: &mut Cell, decimals: usize) {
    let settle = |number: &mut f64| *number = to(decimals, *number);
    settle(&mut cell.mean);
    cell.deviation.iter_mut().for_each(settle);
    cell.interval.iter_mut().for_each(|interval| settle_interval(interval, decimals));
    if let Some(GuessBounds { floored, low, high, .. }) = &mut cell.guess {
        floored.iter_mut().chain([low, high]).for_each(settle);
    }
    if let Some(difference) = &mut cell.difference {
        settle_difference(difference, decimals);
    }
}

fn settle_difference(difference: &mut Difference, decimals: usize) {
    let settle = |number: &mut f64| *number = to(decimals, *number);
    settle(&mut difference.points);
    difference.interval.iter_mut().for_each(|interval| settle_interval(interval, decimals));
    difference.drop_rate.iter_mut().chain(&mut difference.cohens_d).for_each(settle);
}

fn settle_interval(interval: &mut Interval, decimals: usize) {
    interval.low = to(decimals, interval.low);
    interval.high = to(decimals, interval.high);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sheet::tests::comparison;

    #[test]
    fn every_number_is_rounded_once_and_counts_stay() {
        let mut comparison = comparison();
        let cell = comparison.rows[2].cells[0].as_mut().unwrap();
        (cell.mean, cell.deviation) = (42.649_496, Some(0.005));
        cell.interval = Some(Interval { low: 1.234_5, high: 2.0 });
        let difference = cell.difference.as_mut().unwrap();
        (difference.points, difference.cohens_d) = (-0.004, Some(1.006));
        let settled = comparison.settled(2);
        let cell = settled.rows[2].cells[0].as_ref().unwrap();
        let difference = cell.difference.as_ref().unwrap();
        // To four decimals first, the mean would be 42.6495 and then 42.65 all the same; 0.005 is the tie that matters.
        assert_eq!((cell.mean, cell.deviation, cell.runs), (42.65, Some(0.01), 2));
        assert_eq!(cell.interval, Some(Interval { low: 1.23, high: 2.0 }));
        assert_eq!((difference.points, difference.cohens_d), (0.0, Some(1.01)));
        assert_eq!(difference.p.as_ref().unwrap().corrected, 0.0021);
    }

    #[test]
    fn four_decimals_are_the_official_ones() {
        assert_eq!([42.649_12, 0.000_05, -0.000_04].map(rounded), [42.6491, 0.0001, 0.0]);
        assert!(rounded(-0.000_04).is_sign_positive());
    }
}
