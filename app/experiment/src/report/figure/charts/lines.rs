//! Lines with bands: scores over training instances per task, loss over steps.

use super::groups::distinct;
use super::range;
use super::references::Referenced;
use crate::report::figure::cast::{Actor, Scene};
use crate::report::figure::chart::{Axis, Plot, Shape, Ticks};
use crate::report::figure::mark::{DotStyle, Mark, Pen};
use crate::report::figure::{At, Kind, Point, Series};

/// Up to so many conditions, bands can be told from each other; more are drawn fainter.
const FEW: usize = 4;

pub(super) fn plot(scene: &Scene) -> Plot {
    let across = across(scene);
    let ends = (across.scale.from, across.scale.to);
    let place = |at: Option<&At>| at.and_then(At::number).filter(|number| across.scale.contains(*number));
    let up = up(scene);
    let references = Referenced::of(scene, (ends, up.scale), |reference| place(reference.at.as_ref()));
    let series = scene.series();
    let opacity = if series.len() <= FEW { 0.2 } else { 0.1 };
    let mut marks = references.behind;
    marks.extend(references.levels);
    marks.extend(series.iter().filter_map(|(actor, series)| band(actor, series, opacity)));
    marks.extend(series.iter().flat_map(|(actor, series)| line(scene, actor, series)));
    marks.extend(references.before);
    Plot { title: scene.spec.shown(&scene.panel.title), across, up, marks, shape: Shape::Free }
}

/// The axis of values.
pub(super) fn up(scene: &Scene) -> Axis {
    let scale = range::around(&scene.spec.y, &range::values(scene, false));
    let label = scene.spec.y.label.clone().unwrap_or_else(|| scene.panel.y.clone());
    Axis { label, scale, ticks: Ticks::Round }
}

fn across(scene: &Scene) -> Axis {
    let series = scene.series();
    let places = distinct(series.iter().flat_map(|(_, series)| &series.points));
    let numbers: Vec<f64> = places.into_iter().filter_map(At::number).collect();
    let has_sizes = scene.spec.kind == Kind::Lines;
    let scale = range::across(&scene.spec.x, &numbers, has_sizes);
    let label = scene.spec.x.label.clone().unwrap_or_else(|| scene.panel.x.clone());
    Axis { label, scale, ticks: if has_sizes { Ticks::At(numbers) } else { Ticks::Round } }
}

/// The points on an axis of numbers, from left to right.
fn in_order(series: &Series) -> Vec<(f64, &Point)> {
    let mut points: Vec<_> = series.points.iter().filter_map(|point| Some((point.at.number()?, point))).collect();
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    points
}

fn band(actor: &Actor, series: &Series, opacity: f64) -> Option<Mark> {
    let bounds = in_order(series).into_iter().filter_map(|(at, point)| Some((at, point.low?, point.high?)));
    let points: Vec<_> = bounds.collect();
    (points.len() > 1).then_some(Mark::Band { points, colour: actor.ink.colour, opacity })
}

fn line(scene: &Scene, actor: &Actor, series: &Series) -> Vec<Mark> {
    let points = in_order(series);
    let has_sizes = scene.spec.kind == Kind::Lines;
    let weight = if has_sizes { 2.4 } else { 1.8 };
    let pen = Pen { dash: actor.ink.dash, ..Pen::solid(actor.ink.colour, weight) };
    let lone = points.first().filter(|_| points.len() == 1);
    let whisker = lone.and_then(|(at, point)| Some((*at, point.low.zip(point.high)?)));
    let whisker = whisker.map(|(at, up)| Mark::Whisker {
        sides: (at, at),
        up,
        pen: Pen::solid(actor.ink.colour, 1.4),
        cased: false,
    });
    let dots = points.iter().filter(|_| has_sizes || points.len() == 1);
    let dots = dots.map(|(at, point)| Mark::Dot { at: (*at, point.mean), ink: actor.ink, style: DotStyle::Filled });
    let line = Mark::Line { points: points.iter().map(|(at, point)| (*at, point.mean)).collect(), pen, cased: false };
    whisker.into_iter().chain([line]).chain(dots).collect()
}
