//! How far an axis of values reaches.

use crate::report::figure::cast::Scene;
use crate::report::figure::scale::Scale;
use crate::report::figure::{AxisSpec, Reference};

/// A level farther from the points than this many times their extent would flatten them: it stays off the axis.
const NEAR: f64 = 1.0;
/// Ticks that an axis' ends are rounded to.
const TICKS: usize = 6;

/// The values of a panel's points and references with their bounds; `all` levels, or those near the points.
pub(super) fn values(scene: &Scene, all: bool) -> Vec<f64> {
    let series = scene.series();
    let points = series.iter().flat_map(|(_, series)| &series.points);
    let points = points.flat_map(|point| [Some(point.mean), point.low, point.high]);
    let marks = scene.references().into_iter().filter(|reference| reference.at.is_some());
    let mut values: Vec<f64> = points.flatten().chain(marks.flat_map(bounds)).collect();
    let (low, high) = extent(&values);
    let near = NEAR * (high - low);
    let is_near = |reference: &&Reference| (low - near..=high + near).contains(&reference.value);
    let levels = scene.references().into_iter().filter(|reference| reference.at.is_none());
    values.extend(levels.filter(|reference| all || is_near(reference)).flat_map(bounds));
    values
}

fn bounds(reference: &Reference) -> Vec<f64> {
    [Some(reference.value), reference.low, reference.high].into_iter().flatten().collect()
}

/// An axis that holds all values and zero, for bars.
pub(super) fn from_zero(spec: &AxisSpec, values: &[f64]) -> Scale {
    let (low, high) = extent(values);
    limited(spec, Scale::linear(low.min(0.0), high.max(0.0)))
}

/// An axis that holds all values with a little room, though not below zero for values that are not.
pub(super) fn around(spec: &AxisSpec, values: &[f64]) -> Scale {
    let (low, high) = extent(values);
    let room = 0.04 * (high - low);
    let from = if low >= 0.0 { (low - room).max(0.0) } else { low - room };
    let to = if high <= 100.0 { (high + room).min(100.0_f64.max(high)) } else { high + room };
    limited(spec, Scale::linear(from, to))
}

/// The ends that the spec gives, round ones otherwise; an axis without any length gets some.
fn limited(spec: &AxisSpec, scale: Scale) -> Scale {
    let scale = if scale.from < scale.to { scale } else { Scale::linear(scale.from - 1.0, scale.to + 1.0) };
    let round = scale.rounded_out(TICKS);
    let (from, to) = (spec.from.unwrap_or(round.from), spec.to.unwrap_or(round.to));
    if from < to { Scale::linear(from, to) } else { round }
}

fn extent(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low <= high { (low, high) } else { (0.0, 1.0) }
}

/// An axis of sizes or steps: logarithmic where the spec says so, or where sizes span a factor of eight.
pub(super) fn across(spec: &AxisSpec, numbers: &[f64], may_be_log: bool) -> Scale {
    let (low, high) = extent(numbers);
    let log = spec.log.unwrap_or(may_be_log && low > 0.0 && high / low >= 8.0) && low > 0.0;
    let ends = if log { around_log(low, high) } else { around_linear(low, high, may_be_log) };
    let (from, to) = (spec.from.unwrap_or(ends.0), spec.to.unwrap_or(ends.1));
    if from < to { Scale { from, to, log } } else { Scale { from: ends.0, to: ends.1, log } }
}

fn around_log(low: f64, high: f64) -> (f64, f64) {
    let room = if high > low { (high / low).powf(0.05) } else { 2.0 };
    (low / room, high * room)
}

fn around_linear(low: f64, high: f64, roomy: bool) -> (f64, f64) {
    let room = if high <= low {
        1.0
    } else if roomy {
        0.05 * (high - low)
    } else {
        0.0
    };
    (low - room, high + room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_zero_and_lines_do_not() {
        let free = AxisSpec::default();
        assert_eq!(from_zero(&free, &[43.0, 57.3]), Scale::linear(0.0, 60.0));
        assert_eq!(from_zero(&free, &[-3.0, 2.0]), Scale::linear(-3.0, 2.0));
        assert_eq!(around(&free, &[43.0, 57.3]), Scale::linear(40.0, 60.0));
        assert_eq!(around(&free, &[0.5, 99.9]), Scale::linear(0.0, 100.0));
        assert_eq!(around(&free, &[50.0]), Scale::linear(49.0, 51.0).rounded_out(6));
    }

    #[test]
    fn the_spec_has_the_last_word() {
        let spec = AxisSpec { from: Some(30.0), ..AxisSpec::default() };
        assert_eq!(from_zero(&spec, &[43.0, 57.3]), Scale::linear(30.0, 60.0));
        let sizes = [10.0, 20.0, 50.0, 200.0, 800.0];
        assert!(across(&AxisSpec::default(), &sizes, true).log);
        assert!(!across(&AxisSpec { log: Some(false), ..AxisSpec::default() }, &sizes, true).log);
        assert!(!across(&AxisSpec { log: Some(true), ..AxisSpec::default() }, &[0.0, 10.0], true).log);
    }
}
