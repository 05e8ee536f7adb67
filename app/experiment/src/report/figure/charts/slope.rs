//! Each task's score from condition to condition, and the mean over tasks.

use std::collections::BTreeMap;

use super::range;
use crate::report::figure::Colour;
use crate::report::figure::cast::Scene;
use crate::report::figure::chart::{Axis, Plot, Shape, Ticks};
use crate::report::figure::mark::{DotStyle, Ink, Mark, Pen};
use crate::report::figure::palette::{Dash, Palette};
use crate::statistics::mean;

pub(super) fn plot(scene: &Scene) -> Plot {
    let series = scene.series();
    let names = series.iter().map(|(actor, _)| actor.shown.clone()).collect();
    let mut across = Axis::of_names(scene.spec.x.label.clone().unwrap_or_default(), names);
    // Lines that begin and end near the edges leave more room for their middle.
    (across.scale.from, across.scale.to) = (-0.3, series.len() as f64 - 0.7);
    let mut marks = lines(scene);
    marks.extend(means(scene));
    let scale = range::around(&scene.spec.y, &range::values(scene, true));
    let label = scene.spec.y.label.clone().unwrap_or_else(|| scene.panel.y.clone());
    let up = Axis { label, scale, ticks: Ticks::Round };
    Plot { title: scene.spec.shown(&scene.panel.title), across, up, marks, shape: Shape::Free }
}

/// One line per task that all shown conditions have.
fn lines(scene: &Scene) -> Vec<Mark> {
    let series = scene.series();
    let mut by_task: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for (at, (_, series)) in series.iter().enumerate() {
        for point in &series.points {
            by_task.entry(point.of.as_deref().unwrap_or_default()).or_default().push((at as f64, point.mean));
        }
    }
    let opacity = (30.0 / by_task.len().max(1) as f64).clamp(0.25, 0.8);
    let complete = by_task.into_values().filter(|points| points.len() == series.len());
    complete.map(|points| Mark::Line { pen: pen(scene.cast.palette, &points, opacity), points, cased: false }).collect()
}

/// Two conditions give a task a direction; more leave it grey.
fn pen(palette: Palette, points: &[(f64, f64)], opacity: f64) -> Pen {
    let [up, down] = palette.directions();
    let colour = match points {
        [(_, before), (_, after)] if after > before => up.colour,
        [(_, before), (_, after)] if after < before => down.colour,
        _ => Colour::grey(0.55),
    };
    Pen { opacity, ..Pen::solid(colour, 1.2) }
}

fn means(scene: &Scene) -> Vec<Mark> {
    let all = scene.series();
    let of = |at: usize| mean(&all[at].1.points.iter().map(|point| point.mean).collect::<Vec<_>>());
    let points: Vec<_> = (0..all.len()).filter_map(|at| Some((at as f64, of(at)?))).collect();
    let dots =
        points.iter().map(|at| Mark::Dot { at: *at, ink: mean_ink(scene.cast.palette), style: DotStyle::Filled });
    let dots: Vec<_> = dots.collect();
    std::iter::once(Mark::Line { points, pen: mean_pen(), cased: false }).chain(dots).collect()
}

/// The line of the mean.
pub(super) fn mean_pen() -> Pen {
    Pen::solid(Colour::INK, 2.8)
}

/// The marks of the mean.
pub(super) fn mean_ink(palette: Palette) -> Ink {
    Ink { colour: Colour::INK, fill: Colour::INK, dash: Dash::Solid, ..palette.neutral() }
}
