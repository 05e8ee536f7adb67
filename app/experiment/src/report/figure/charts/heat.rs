//! Task categories by conditions: colours with the numbers in them.

use super::groups::distinct;
use crate::report::figure::Colour;
use crate::report::figure::cast::Scene;
use crate::report::figure::chart::{Axis, Plot, Shape};
use crate::report::figure::mark::Mark;
use crate::report::figure::palette::Ramp;
use crate::report::figure::scale::signed;

pub(super) fn plot(scene: &Scene) -> Plot {
    let series = scene.series();
    let rows = distinct(series.iter().flat_map(|(_, series)| &series.points));
    let columns = series.iter().map(|(actor, _)| actor.shown.clone()).collect();
    let across = Axis::of_names(scene.spec.x.label.clone().unwrap_or_default(), columns);
    let names = rows.iter().map(|row| scene.spec.shown(&row.text())).collect();
    let mut up = Axis::of_names(String::new(), names);
    up.scale = up.scale.reversed();
    let ramp = ramp(scene);
    let mut marks = Vec::new();
    for (column, (_, series)) in series.iter().enumerate() {
        for (row, name) in rows.iter().enumerate() {
            let number = series.points.iter().find(|point| point.at == **name).map(|point| point.mean);
            let fill = number.map_or(Colour::WHITE, |number| ramp.of(number));
            let text = number.map_or_else(|| "–".to_owned(), |number| signed(number, 1));
            marks.push(Mark::Cell { at: (column as f64, row as f64), fill, text });
        }
    }
    Plot { title: scene.spec.shown(&scene.panel.title), across, up, marks, shape: Shape::Grid }
}

/// The colours of a panel, which reach over its numbers unless the spec says otherwise.
pub(super) fn ramp(scene: &Scene) -> Ramp {
    let series = scene.series();
    let numbers = series.iter().flat_map(|(_, series)| &series.points).map(|point| point.mean);
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    let (low, high) = numbers.fold(ends, |(low, high), number| (low.min(number), high.max(number)));
    let spec = &scene.spec.y;
    Ramp { low: spec.from.unwrap_or(low), high: spec.to.unwrap_or(high), greyscale: scene.spec.greyscale }
}
