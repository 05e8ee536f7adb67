//! The signs of a legend.

use super::marks::{area, dot};
use crate::report::figure::canvas::{Canvas, Outline};
use crate::report::figure::geometry::{Place, Rect};
use crate::report::figure::mark::{DotStyle, Key, Pen};
use crate::report::figure::style::Style;

/// Colours shown of a ramp.
const STEPS: usize = 24;

/// How wide a sign is.
pub fn width(style: &Style, key: &Key, size: f64) -> f64 {
    let share = match key {
        Key::Swatch(_) => 1.1,
        Key::Dot(..) => 0.8,
        Key::Line(_) | Key::Stroke(_) | Key::Level(..) => 2.2,
        Key::Ramp(_) => 5.0,
    };
    share * size.min(style.text)
}

/// Draws a sign into a box one line high; single values are as large as in the figure.
pub fn draw(canvas: &mut Canvas, style: &Style, key: &Key, area_of_key: Rect) {
    let middle = area_of_key.centre();
    let mut line = |pen: Pen| {
        let ends = vec![Place::new(area_of_key.x, middle.y), Place::new(area_of_key.right(), middle.y)];
        canvas.stroke(Outline::Open(ends), style.stroke(pen));
    };
    match key {
        Key::Swatch(ink) => area(canvas, style, swatch(area_of_key), ink),
        Key::Stroke(pen) => line(*pen),
        Key::Line(ink) => {
            line(Pen { dash: ink.dash, ..Pen::solid(ink.colour, 2.4) });
            dot(canvas, style, middle, (ink, DotStyle::Filled));
        }
        Key::Dot(ink, how) => dot(canvas, style, middle, (ink, *how)),
        Key::Level(pen, band) => {
            if let Some(colour) = band {
                canvas.fill(Outline::Rect(area_of_key.grown(-0.05 * area_of_key.height)), *colour, 1.0);
            }
            let ends = vec![Place::new(area_of_key.x, middle.y), Place::new(area_of_key.right(), middle.y)];
            canvas.stroke(Outline::Open(ends), style.stroke(*pen));
        }
        Key::Ramp(ramp) => {
            for step in 0..STEPS {
                let width = area_of_key.width / STEPS as f64;
                let x = area_of_key.x + width * step as f64;
                // A hair wider than its share, so that no seam shows.
                let overlap = if step + 1 < STEPS { 0.2 } else { 0.0 };
                let rect = Rect { x, width: width + overlap, ..area_of_key };
                canvas.fill(Outline::Rect(rect), ramp.at(step as f64 / (STEPS - 1) as f64), 1.0);
            }
        }
    }
}

fn swatch(area: Rect) -> Rect {
    let height = area.height.min(area.width * 0.8);
    Rect { y: area.centre().y - height / 2.0, height, ..area }
}
