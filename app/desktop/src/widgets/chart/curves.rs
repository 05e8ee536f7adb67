//! The curves of a run: loss, raw and smoothed, and the learning rate below.

use super::{still, tall, told};
use crate::state::Curve;
use crate::theme::{SMALL, colours};
use crate::widgets::caption;
use egui::{Color32, Ui};
use egui_plot::{HoverPosition, Line, Points};

/// Which of the loss curves are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvesShown {
    /// Every step's loss.
    pub raw: bool,
    /// The running mean.
    pub smooth: bool,
}

impl Default for CurvesShown {
    fn default() -> Self {
        Self { raw: true, smooth: true }
    }
}

/// Draws both; `steps` keeps the axis still while a run goes on.
pub fn curves(ui: &mut Ui, curve: &Curve, shown: CurvesShown, steps: usize, ink: Color32) {
    caption(ui, "Training loss, nats per token");
    loss(ui, curve, shown, (steps, ink));
    ui.add_space(SMALL);
    caption(ui, "Learning rate, over optimizer steps");
    let plot = still(ui, "learning rate", 84.0)
        .include_x(0.0)
        .include_x(steps as f64)
        .include_y(0.0)
        .y_axis_min_width(52.0)
        .y_axis_formatter(|mark, _| if mark.value == 0.0 { "0".to_owned() } else { format!("{:.0e}", mark.value) })
        .label_formatter(hover);
    let rates = curve.learning_rate.clone();
    let response = plot.show(ui, |plot| plot.line(Line::new("learning rate", rates).color(ink).width(1.5)));
    let last = curve.learning_rate.last().map_or(0.0, |[_, rate]| *rate);
    told(&response.response, &format!("Learning rate, now {last:e}"));
}

fn loss(ui: &mut Ui, curve: &Curve, shown: CurvesShown, (steps, ink): (usize, Color32)) {
    let good = colours(ui).good;
    let plot = still(ui, "training loss", tall(ui, 0.28))
        .include_x(0.0)
        .include_x(steps as f64)
        .include_y(0.0)
        .y_axis_min_width(52.0)
        .label_formatter(hover);
    let response = plot.show(ui, |plot| {
        if shown.raw {
            plot.line(Line::new("loss", curve.loss.clone()).color(ink.gamma_multiply(0.45)).width(1.0));
        }
        if shown.smooth {
            plot.line(Line::new("smoothed loss", curve.smooth.clone()).color(ink).width(2.0));
        }
        plot.points(Points::new("validation loss", curve.validation.clone()).color(good).radius(4.0));
    });
    told(&response.response, &sentence(curve));
}

fn hover(hover: &HoverPosition) -> Option<String> {
    match hover {
        HoverPosition::NearDataPoint { plot_name, position, .. } => {
            Some(format!("{plot_name}: {:.4}\nstep {:.0}", position.y, position.x))
        }
        HoverPosition::Elsewhere { .. } => None,
    }
}

fn sentence(curve: &Curve) -> String {
    let Some(([_, first], [step, last])) = curve.smooth.first().zip(curve.smooth.last()) else {
        return "Training loss: no step yet".to_owned();
    };
    let diverged = match curve.diverged {
        0 => String::new(),
        steps => format!("; {steps} steps had no number as their loss"),
    };
    format!("Training loss, smoothed: from {first:.2} to {last:.2} at step {step}{diverged}")
}
