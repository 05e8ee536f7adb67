//! Lines over training instances per task, with bands.

use super::bars::{hollow, level, reported, size};
use super::{still, told, words};
use crate::theme::{Inks, colours};
use egui::Ui;
use egui_plot::{FilledArea, HoverPosition, Line, Points};
use placebo_experiment::report::figure::Panel;

/// Draws a panel.
pub fn lines(ui: &mut Ui, panel: &Panel, inks: &Inks, height: f32) {
    let dark = ui.visuals().dark_mode;
    let weak = colours(ui).weak;
    let all: Vec<_> = panel
        .series
        .iter()
        .flat_map(|series| series.points.iter().map(|point| (series.name.clone(), point.clone())))
        .collect();
    let told_at = move |hover: &HoverPosition| {
        let HoverPosition::NearDataPoint { plot_name, position, .. } = hover else { return None };
        let near = all.iter().find(|(name, point)| name == plot_name && (size(&point.at) - position.x).abs() < 1e-9);
        near.map(|(name, point)| words::point(name, point))
    };
    let plot =
        still(ui, &panel.title, height).label_formatter(told_at).y_axis_min_width(36.0).x_axis_label(panel.x.as_str());
    let response = plot.show(ui, |plot| {
        for reference in panel.references.iter().filter(|reference| reference.at.is_none()) {
            level(plot, reference, weak);
        }
        for series in &panel.series {
            let ink = inks.colour(&series.name, dark);
            let bounded: Vec<_> =
                series.points.iter().filter_map(|point| Some((size(&point.at), point.low?, point.high?))).collect();
            let column = |of: fn(&(f64, f64, f64)) -> f64| bounded.iter().map(of).collect::<Vec<f64>>();
            if bounded.len() > 1 {
                let (xs, lows, highs) = (column(|it| it.0), column(|it| it.1), column(|it| it.2));
                plot.add(FilledArea::new("", &xs, &lows, &highs).fill_color(ink.gamma_multiply(0.18)));
            }
            let points: Vec<[f64; 2]> = series.points.iter().map(|point| [size(&point.at), point.mean]).collect();
            plot.line(Line::new(series.name.clone(), points.clone()).color(ink).width(2.0));
            plot.points(Points::new(series.name.clone(), points).color(ink).radius(3.5));
            for point in &series.points {
                reported(panel, &series.name, &point.at).for_each(|it| hollow(plot, it, size(&point.at), ink));
            }
        }
    });
    told(&response.response, &words::panel(panel));
}
