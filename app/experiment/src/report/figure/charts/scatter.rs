//! Each task's score under one condition against its score under another.

use super::range;
use crate::report::figure::cast::Scene;
use crate::report::figure::chart::{Axis, Plot, Shape, Ticks};
use crate::report::figure::mark::{DotStyle, Mark, Pen};
use crate::report::figure::palette::Dash;
use crate::report::figure::{At, AxisSpec, Colour};

pub(super) fn plot(scene: &Scene) -> Plot {
    let spec = scene.spec;
    let scale = range::around(&both(&spec.x, &spec.y), &numbers(scene));
    let axis = |own: &AxisSpec, label: &str| Axis {
        label: own.label.clone().unwrap_or_else(|| label.to_owned()),
        scale,
        ticks: Ticks::Round,
    };
    let diagonal = vec![(scale.from, scale.from), (scale.to, scale.to)];
    let pen = Pen { dash: Dash::Dashed, ..Pen::solid(Colour::NEUTRAL, 1.2) };
    let mut marks = vec![Mark::Line { points: diagonal, pen, cased: false }];
    marks.extend(dots(scene));
    let (across, up) = (axis(&spec.x, &scene.panel.x), axis(&spec.y, &scene.panel.y));
    Plot { title: spec.shown(&scene.panel.title), across, up, marks, shape: Shape::Square }
}

/// Both axes have the same ends, so that the diagonal means equality.
fn both(x: &AxisSpec, y: &AxisSpec) -> AxisSpec {
    AxisSpec { from: x.from.or(y.from), to: x.to.or(y.to), ..AxisSpec::default() }
}

fn numbers(scene: &Scene) -> Vec<f64> {
    let series = scene.series();
    let points = series.iter().flat_map(|(_, series)| &series.points);
    points.flat_map(|point| [Some(point.mean), point.at.number()]).flatten().collect()
}

/// Task by task, so that no condition covers all others.
fn dots(scene: &Scene) -> Vec<Mark> {
    let series = scene.series();
    let longest = series.iter().map(|(_, series)| series.points.len()).max().unwrap_or(0);
    let nth = |at: usize| series.iter().filter_map(move |(actor, series)| Some((actor, series.points.get(at)?)));
    let points = (0..longest).flat_map(nth).filter_map(|(actor, point)| Some((actor, At::number(&point.at)?, point)));
    points.map(|(actor, x, point)| Mark::Dot { at: (x, point.mean), ink: actor.ink, style: DotStyle::Faint }).collect()
}
