//! Figures: from plain numbers and a spec to one drawing, and from it to every file a paper may want.
//!
//! [`FigureData`] and [`FigureSpec`] → [`Chart`] (axes and marks in their own coordinates) → [`canvas::Canvas`] (shapes
//! and texts in points) → SVG → PDF and PNG. pgfplots is written from the chart; CSV and JSON hold the very numbers that
//! are drawn, rounded once by [`FigureData::settled`]. Nothing here knows runs but [`collect`].

pub mod canvas;
mod cast;
mod chart;
mod charts;
pub mod collect;
mod colour;
mod data;
mod error;
pub mod export;
pub mod geometry;
pub mod mark;
pub mod page;
pub mod palette;
mod preset;
mod scale;
mod spec;
mod style;
#[cfg(test)]
mod tests;
mod typeface;
pub mod unit;

pub use chart::{Axis, Chart, Plot, Shape, Ticks};
pub use colour::{Colour, NotAColour};
pub use data::{At, FigureData, Panel, Point, Reference, Series, Source};
pub use error::FigureError;
pub use export::Files;
pub use preset::Preset;
pub use scale::Scale;
pub use spec::{AxisSpec, FigureSpec, Font, Kind, LegendPlace, SpecFile};

use canvas::Canvas;
use page::Laid;
use typeface::Typeface;

/// A figure, resolved and laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// How it looks.
    pub spec: FigureSpec,
    /// Its numbers, rounded.
    pub data: FigureData,
    /// Its axes and marks.
    pub chart: Chart,
    /// Its page, and what had to be given up to make it.
    pub page: Laid,
}

impl Figure {
    /// Draws data as a spec says.
    ///
    /// # Errors
    /// A spec that asks for the impossible, or data that the kind cannot show.
    pub fn draw(spec: FigureSpec, data: FigureData) -> Result<Self, FigureError> {
        spec.check()?;
        let data = data.settled();
        let chart = Chart::resolve(&spec, &data)?;
        let mut page = page::lay_out(&spec, &chart);
        page.warnings.extend(missing_glyphs(&spec, &page.canvas));
        Ok(Self { spec, data, chart, page })
    }

    /// Width and height in points.
    pub fn size(&self) -> (f64, f64) {
        (self.page.canvas.width, self.page.canvas.height)
    }

    /// What the files call the figure.
    pub fn title(&self) -> String {
        self.spec.title.clone().unwrap_or_else(|| self.data.caption.clone())
    }

    /// The drawing.
    pub fn svg(&self) -> String {
        export::svg(&self.page.canvas, self.spec.font, (&self.title(), &self.data.notes.join(" ")))
    }

    /// All files.
    ///
    /// # Errors
    /// A drawing that cannot be rendered.
    pub fn files(&self) -> Result<Files, FigureError> {
        Files::of(self)
    }
}

/// Which characters show as empty boxes.
fn missing_glyphs(spec: &FigureSpec, canvas: &Canvas) -> Option<String> {
    let typeface = Typeface::open(spec.font);
    let texts = canvas.items.iter().filter_map(|item| match item {
        canvas::Item::Text(text) => Some(text.text.as_str()),
        _ => None,
    });
    let missing = typeface.missing(&texts.collect::<String>());
    let characters = missing.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
    let remedy = "give other names under `names` in the spec";
    (!missing.is_empty()).then(|| format!("the font has no signs for these, {remedy}: `{characters}`"))
}
