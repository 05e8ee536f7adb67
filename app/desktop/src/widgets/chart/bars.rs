//! Bars with intervals, grouped where there are several sizes, and the levels that they are compared with.

use super::{still, told, words};
use crate::theme::{Inks, colours};
use egui::{Color32, Stroke, Ui};
use egui_plot::{Bar, BarChart, GridMark, HLine, Line, LineStyle, MarkerShape, PlotUi, Points, Span};
use placebo_experiment::report::figure::{At, Panel, Point, Reference};

/// The share of a group's room that its bars fill.
const FILLED: f64 = 0.78;

/// Draws a panel.
pub fn bars(ui: &mut Ui, panel: &Panel, inks: &Inks, height: f32) {
    let dark = ui.visuals().dark_mode;
    let colours = colours(ui);
    let groups = groups(panel);
    let (names, last) = (groups.clone(), groups.len() as f64 - 0.5);
    let plot = still(ui, &panel.title, height)
        .include_y(0.0)
        .include_x(-0.5)
        .include_x(last)
        .x_grid_spacer(move |_| (0..groups.len()).map(|at| GridMark { value: at as f64, step_size: 1.0 }).collect())
        .x_axis_formatter(move |mark, _| name_at(&names, mark.value))
        .y_axis_min_width(36.0);
    let response = plot.show(ui, |plot| {
        for reference in panel.references.iter().filter(|reference| reference.at.is_none()) {
            level(plot, reference, colours.weak);
        }
        let all = self::groups(panel);
        let width = FILLED / panel.series.len().max(1) as f64;
        for (place, series) in panel.series.iter().enumerate() {
            let offset = (place as f64 + 0.5) * width - FILLED / 2.0;
            let at =
                |point: &Point| all.iter().position(|group| *group == point.at.text()).unwrap_or(0) as f64 + offset;
            let ink = inks.colour(&series.name, dark);
            plot.bar_chart(chart(&series.name, &series.points, at, (width, ink)));
            for point in &series.points {
                whisker(plot, point, at(point), width, colours.text);
                for reference in reported(panel, &series.name, &point.at) {
                    hollow(plot, reference, at(point), colours.text);
                }
            }
        }
    });
    told(&response.response, &words::panel(panel));
}

/// The groups' names in the order of the data; a single group without a size needs none.
fn groups(panel: &Panel) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for point in panel.series.iter().flat_map(|series| &series.points) {
        if !groups.contains(&point.at.text()) {
            groups.push(point.at.text());
        }
    }
    groups
}

fn name_at(groups: &[String], value: f64) -> String {
    let is_whole = (value - value.round()).abs() < 1e-6 && value >= 0.0;
    let name = is_whole.then(|| groups.get(value.round() as usize)).flatten();
    match name {
        Some(name) if groups.len() > 1 || name.parse::<f64>().is_ok() => format!("{name} per task"),
        _ => String::new(),
    }
}

fn chart(name: &str, points: &[Point], at: impl Fn(&Point) -> f64, (width, ink): (f64, Color32)) -> BarChart {
    let bars = points.iter().map(|point| {
        let words = words::point(name, point);
        Bar::new(at(point), point.mean).width(width * 0.92).fill(ink).stroke(Stroke::NONE).name(words)
    });
    BarChart::new(name.to_owned(), bars.collect()).color(ink).element_formatter(Box::new(|bar, _| bar.name.clone()))
}

fn whisker(plot: &mut PlotUi, point: &Point, at: f64, width: f64, ink: Color32) {
    let Some((low, high)) = point.low.zip(point.high) else { return };
    let cap = width * 0.14;
    let strokes = [[[at, low], [at, high]], [[at - cap, low], [at + cap, low]], [[at - cap, high], [at + cap, high]]];
    for stroke in strokes {
        plot.line(Line::new("", stroke.to_vec()).color(ink).width(1.5).allow_hover(false));
    }
}

/// A value across the whole panel, with its band.
pub(super) fn level(plot: &mut PlotUi, reference: &Reference, ink: Color32) {
    if let Some((low, high)) = reference.low.zip(reference.high) {
        let band = Span::new("", low..=high).axis(egui_plot::Axis::Y).fill(ink.gamma_multiply(0.16));
        plot.span(band.border(Stroke::NONE));
    }
    let line = HLine::new(reference.name.clone(), reference.value).color(ink).width(1.2);
    plot.hline(line.style(LineStyle::dashed_dense()));
}

/// What is reported of a condition at a place.
pub(super) fn reported<'p>(panel: &'p Panel, series: &'p str, at: &'p At) -> impl Iterator<Item = &'p Reference> {
    let fits =
        move |reference: &&Reference| (reference.series.as_deref(), reference.at.as_ref()) == (Some(series), Some(at));
    panel.references.iter().filter(fits)
}

/// Somebody else's number: a hollow sign.
pub(super) fn hollow(plot: &mut PlotUi, reference: &Reference, at: f64, ink: Color32) {
    let sign = Points::new(reference.name.clone(), vec![[at, reference.value]]).shape(MarkerShape::Diamond);
    plot.points(sign.filled(false).radius(5.0).color(ink));
}

/// Where a point stands, where sizes are the axis.
pub(super) fn size(at: &At) -> f64 {
    at.number().unwrap_or(0.0)
}
