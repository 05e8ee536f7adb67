//! Tasks under one condition against the same tasks under others; on the diagonal both are equal.

use super::{still, told, words};
use crate::theme::{Inks, colours};
use egui::Ui;
use egui_plot::{HoverPosition, Line, LineStyle, Points};
use placebo_experiment::report::figure::{Panel, Point};

/// Draws a panel; hovering names the task.
pub fn scatter(ui: &mut Ui, panel: &Panel, inks: &Inks, height: f32) {
    let dark = ui.visuals().dark_mode;
    let weak = colours(ui).weak;
    let largest = panel.series.iter().flat_map(|series| &series.points).map(reach).fold(1.0, f64::max);
    let all: Vec<_> = panel.series.iter().map(|series| (series.name.clone(), series.points.clone())).collect();
    let told_at = move |hover: &HoverPosition| {
        let HoverPosition::NearDataPoint { plot_name, position, .. } = hover else { return None };
        let points = &all.iter().find(|(name, _)| name == plot_name)?.1;
        let is_near = |point: &&Point| (x(point) - position.x).abs() < 1e-9 && (point.mean - position.y).abs() < 1e-9;
        points.iter().find(is_near).map(|point| words::task(plot_name, point))
    };
    let plot = still(ui, &panel.title, height)
        .data_aspect(1.0)
        .show_grid(true)
        .include_x(0.0)
        .include_x(largest)
        .include_y(0.0)
        .include_y(largest)
        .y_axis_min_width(36.0)
        .x_axis_label(panel.x.as_str())
        .label_formatter(told_at);
    let response = plot.show(ui, |plot| {
        let diagonal = Line::new("", vec![[0.0, 0.0], [largest, largest]]).color(weak).width(1.2).allow_hover(false);
        plot.line(diagonal.style(LineStyle::dashed_dense()));
        for series in &panel.series {
            let points: Vec<[f64; 2]> = series.points.iter().map(|point| [x(point), point.mean]).collect();
            let ink = inks.colour(&series.name, dark).gamma_multiply(0.8);
            plot.points(Points::new(series.name.clone(), points).color(ink).radius(3.5));
        }
    });
    told(&response.response, &words::scatter(panel));
}

fn x(point: &Point) -> f64 {
    point.at.number().unwrap_or(0.0)
}

fn reach(point: &Point) -> f64 {
    x(point).max(point.mean)
}
