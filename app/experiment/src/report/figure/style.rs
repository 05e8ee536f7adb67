//! The style of a page: every length follows from the preset and the size of text.

use super::canvas::Stroke;
use super::mark::Pen;
use super::typeface::{LINE_HEIGHT, Typeface};
use super::unit::CENTIMETRE;
use super::{Colour, FigureSpec};

/// The lengths of a page, in points.
#[derive(Debug)]
pub struct Style {
    /// Width of the page.
    pub width: f64,
    /// Height that the page is to have; as high as needed otherwise.
    pub height: Option<f64>,
    /// Size of labels, legend and titles.
    pub text: f64,
    /// Size of ticks and of numbers in the figure.
    pub small: f64,
    /// The smallest size that a label is shrunk to.
    pub smallest: f64,
    /// Width of the thinnest line.
    pub hairline: f64,
    /// For measuring.
    pub typeface: Typeface,
}

impl Style {
    /// The style that a spec asks for.
    pub fn of(spec: &FigureSpec) -> Self {
        let text = spec.text_size.unwrap_or(spec.preset.text_size());
        let smallest = spec.preset.smallest_text().min(text);
        Self {
            width: spec.preset.width(),
            height: spec.height.map(|height| height * CENTIMETRE).or(spec.preset.height()),
            text,
            small: (text * 0.9).max(smallest),
            smallest,
            hairline: text * 0.055,
            typeface: Typeface::open(spec.font),
        }
    }

    /// A share of the size of text.
    pub fn em(&self, share: f64) -> f64 {
        share * self.text
    }

    /// The distance between two lines of text.
    pub fn line(size: f64) -> f64 {
        LINE_HEIGHT * size
    }

    /// A pen's stroke on this page.
    pub fn stroke(&self, pen: Pen) -> Stroke {
        let width = self.hairline * pen.weight;
        let dash = pen.dash.pattern().iter().map(|length| length * width).collect();
        Stroke { colour: pen.colour, width, dash, opacity: pen.opacity }
    }

    /// The lines of axes.
    pub fn axis_stroke(&self) -> Stroke {
        Stroke::solid(Colour::grey(0.25), self.hairline * 1.2)
    }

    /// The sizes to try for a label, from its own down to the smallest.
    pub fn sizes(&self, size: f64) -> Vec<f64> {
        let steps = ((size - self.smallest) / 0.5).floor().max(0.0) as usize;
        let mut sizes: Vec<_> = (0..=steps).map(|step| size - 0.5 * step as f64).collect();
        sizes.push(self.smallest);
        sizes.dedup();
        sizes
    }
}
