//! Bars with intervals: one per condition, grouped by size or column where there are several.

use super::groups::Groups;
use super::range;
use super::references::Referenced;
use crate::report::figure::cast::{Actor, Scene};
use crate::report::figure::chart::{Axis, Plot, Shape, Ticks};
use crate::report::figure::mark::{Mark, Pen};
use crate::report::figure::scale::signed;
use crate::report::figure::{Colour, Point};

/// By how much the axis is longer for the numbers beside bars.
const VALUE_ROOM: f64 = 1.08;

pub(super) fn plot(scene: &Scene) -> Plot {
    let groups = Groups::of(scene);
    let across = groups.axis(scene);
    let ends = (across.scale.from, across.scale.to);
    let up = up(scene);
    let references = Referenced::of(scene, (ends, up.scale), |reference| {
        let at = reference.at.as_ref()?;
        let own = reference.series.as_deref().and_then(|name| groups.sides(name, at));
        own.map(|(left, right)| (left + right) / 2.0).or_else(|| groups.middle(at))
    });
    let mut marks = references.behind;
    for (actor, series) in scene.series() {
        let places = series.points.iter().filter_map(|point| Some((point, groups.sides(&actor.name, &point.at)?)));
        marks.extend(places.flat_map(|(point, sides)| bar(scene, actor, point, sides)));
    }
    marks.extend(references.levels);
    marks.extend(references.before);
    // Numbers come last: no line of a reference strikes them out.
    marks.sort_by_key(|mark| matches!(mark, Mark::Value { .. }));
    Plot {
        title: scene.spec.shown(&scene.panel.title),
        across,
        up,
        marks,
        shape: Shape::MayTurn(groups.lanes(1.0) + 0.7),
    }
}

fn up(scene: &Scene) -> Axis {
    let room = if scene.spec.values { VALUE_ROOM } else { 1.0 };
    let values: Vec<_> = range::values(scene, true).into_iter().map(|value| value * room).collect();
    let label = scene.spec.y.label.clone().unwrap_or_else(|| scene.panel.y.clone());
    Axis { label, scale: range::from_zero(&scene.spec.y, &values), ticks: Ticks::Round }
}

fn bar(scene: &Scene, actor: &Actor, point: &Point, sides: (f64, f64)) -> Vec<Mark> {
    let middle = (sides.0 + sides.1) / 2.0;
    let mut marks = vec![Mark::Bar { across: sides, up: (0.0, point.mean), ink: actor.ink }];
    if let Some(up) = point.low.zip(point.high) {
        marks.push(Mark::Whisker { sides, up, pen: Pen::solid(Colour::INK, 1.4), cased: true });
    }
    if scene.spec.values {
        let end = if point.mean < 0.0 { point.low.unwrap_or(point.mean) } else { point.high.unwrap_or(point.mean) };
        marks.push(Mark::Value { at: (middle, end), text: signed(point.mean, 1) });
    }
    marks
}
