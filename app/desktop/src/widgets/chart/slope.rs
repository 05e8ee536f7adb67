//! A line per task from condition to condition.

use super::{still, told, words};
use crate::theme::{Inks, colours};
use egui::Ui;
use egui_plot::{GridMark, HoverPosition, Line, Points};
use placebo_experiment::report::figure::Panel;
use std::collections::BTreeMap;

/// Draws a panel; hovering names task and condition.
pub fn slope(ui: &mut Ui, panel: &Panel, inks: &Inks, height: f32) {
    let dark = ui.visuals().dark_mode;
    let thread = colours(ui).weak.gamma_multiply(0.45);
    let names: Vec<String> = panel.series.iter().map(|series| series.name.clone()).collect();
    let (axis, count) = (names.clone(), names.len());
    let plot = still(ui, &panel.title, height)
        .include_x(-0.3)
        .include_x(count as f64 - 0.7)
        .include_y(0.0)
        .include_y(1.0)
        .x_grid_spacer(move |_| (0..count).map(|at| GridMark { value: at as f64, step_size: 1.0 }).collect())
        .x_axis_formatter(move |mark, _| name_at(&axis, mark.value).unwrap_or_default().to_owned())
        .y_axis_min_width(36.0)
        .label_formatter(move |hover| told_at(&names, hover));
    let response = plot.show(ui, |plot| {
        for (task, line) in threads(panel) {
            plot.line(Line::new(task, line).color(thread).width(1.2));
        }
        for (place, series) in panel.series.iter().enumerate() {
            let points: Vec<_> = series.points.iter().map(|point| [place as f64, point.mean]).collect();
            plot.points(Points::new("", points).color(inks.colour(&series.name, dark)).radius(3.0).allow_hover(false));
        }
    });
    told(&response.response, &words::slope(panel));
}

/// Task → its score under one condition after the other.
fn threads(panel: &Panel) -> BTreeMap<&str, Vec<[f64; 2]>> {
    let mut threads: BTreeMap<&str, Vec<[f64; 2]>> = BTreeMap::new();
    for (place, series) in panel.series.iter().enumerate() {
        for point in &series.points {
            threads.entry(point.of.as_deref().unwrap_or_default()).or_default().push([place as f64, point.mean]);
        }
    }
    threads
}

fn name_at(names: &[String], value: f64) -> Option<&str> {
    let is_whole = (value - value.round()).abs() < 1e-6 && value >= 0.0;
    names.get(value.round() as usize).filter(|_| is_whole).map(String::as_str)
}

fn told_at(names: &[String], hover: &HoverPosition) -> Option<String> {
    let HoverPosition::NearDataPoint { plot_name, position, .. } = hover else { return None };
    Some(format!("{plot_name}\n{}: {:.1}", name_at(names, position.x)?, position.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_experiment::report::figure::{At, Point, Series};

    #[test]
    fn a_task_is_one_line_through_the_conditions_that_have_it() {
        let point = |task: &str, mean| {
            let (at, of) = (At::Name(String::new()), Some(task.to_owned()));
            Point { at, of, mean, low: None, high: None, n: 1 }
        };
        let series = |name: &str, points| Series { name: name.to_owned(), points };
        let series =
            vec![series("A", vec![point("t1", 10.0), point("t2", 20.0)]), series("B", vec![point("t1", 30.0)])];
        let panel = Panel { series, ..Panel::default() };
        let expected = [("t1", vec![[0.0, 10.0], [1.0, 30.0]]), ("t2", vec![[0.0, 20.0]])];
        assert_eq!(threads(&panel), expected.into());
        let names = ["A", "B"].map(str::to_owned);
        assert_eq!([name_at(&names, 1.0), name_at(&names, 0.5), name_at(&names, 2.0)], [Some("B"), None, None]);
    }
}
