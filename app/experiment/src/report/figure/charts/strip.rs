//! The spread of task scores: a box of quartiles and, beside it, every task.

use super::groups::Groups;
use super::range;
use super::references::Referenced;
use crate::report::figure::cast::{Actor, Scene};
use crate::report::figure::chart::{Axis, Plot, Shape, Ticks};
use crate::report::figure::mark::{DotStyle, Ink, Mark};
use crate::report::figure::palette::Marker;
use crate::report::figure::{At, Colour, Series};
use crate::statistics::mean;

pub(super) fn plot(scene: &Scene) -> Plot {
    let groups = Groups::of(scene);
    let across = groups.axis(scene);
    let scale = range::around(&scene.spec.y, &range::values(scene, true));
    let references = Referenced::of(scene, ((across.scale.from, across.scale.to), scale), |_| None);
    let mut marks = references.behind;
    marks.extend(references.levels);
    for (actor, series) in scene.series() {
        for at in super::groups::distinct(series.points.iter()) {
            let sides = groups.sides(&actor.name, at);
            marks.extend(sides.into_iter().flat_map(|sides| spread(actor, &values(series, at), sides)));
        }
    }
    marks.extend(references.before);
    let label = scene.spec.y.label.clone().unwrap_or_else(|| scene.panel.y.clone());
    let up = Axis { label, scale, ticks: Ticks::Round };
    Plot {
        title: scene.spec.shown(&scene.panel.title),
        across,
        up,
        marks,
        shape: Shape::MayTurn(groups.lanes(2.4) + 0.3),
    }
}

fn values(series: &Series, at: &At) -> Vec<f64> {
    series.points.iter().filter(|point| point.at == *at).map(|point| point.mean).collect()
}

/// The box in the first half of the place, the tasks in the second.
fn spread(actor: &Actor, values: &[f64], (left, right): (f64, f64)) -> Vec<Mark> {
    let width = right - left;
    let across = (left + 0.04 * width, left + 0.46 * width);
    let mut marks: Vec<_> = values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let across = left + (0.58 + 0.4 * jitter(at)) * width;
            Mark::Dot { at: (across, *value), ink: Ink { marker: Marker::Circle, ..actor.ink }, style: DotStyle::Faint }
        })
        .collect();
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let quartiles = [0.25, 0.5, 0.75].map(|share| quantile(&sorted, share));
    marks.push(Mark::Box { across, quartiles, whiskers: whiskers(&sorted, quartiles), ink: actor.ink });
    let ink = Ink { colour: Colour::INK, fill: Colour::INK, marker: Marker::Diamond, ..actor.ink };
    let middle = (across.0 + across.1) / 2.0;
    marks.extend(mean(values).map(|mean| Mark::Dot { at: (middle, mean), ink, style: DotStyle::Filled }));
    marks
}

/// Numbers between 0 and 1 that fill the range evenly, whatever their count: multiples of the golden ratio.
fn jitter(at: usize) -> f64 {
    (at as f64 * 0.618_033_988_749_895).fract()
}

/// Between the two nearest values in proportion, as R and NumPy do unless told otherwise.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

/// Tukey's: the farthest values within one and a half times the box's height.
fn whiskers(sorted: &[f64], [low, _, high]: [f64; 3]) -> (f64, f64) {
    let reach = 1.5 * (high - low);
    let within = |value: &&f64| (low - reach..=high + reach).contains(*value);
    let first = sorted.iter().find(within).copied().unwrap_or(low);
    let last = sorted.iter().rfind(within).copied().unwrap_or(high);
    (first.min(low), last.max(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_and_whiskers_as_numpy_has_them() {
        let values = [1.0, 2.0, 3.0, 4.0, 100.0];
        let quartiles = [0.25, 0.5, 0.75].map(|share| quantile(&values, share));
        assert_eq!(quartiles, [2.0, 3.0, 4.0]);
        assert_eq!(whiskers(&values, quartiles), (1.0, 4.0));
        assert_eq!(quantile(&[1.0, 2.0], 0.25), 1.25);
        assert_eq!(quantile(&[7.0], 0.75), 7.0);
    }
}
