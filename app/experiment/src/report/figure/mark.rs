//! What is drawn on a pair of axes, in the axes' own coordinates: the same for SVG, pgfplots and the screen.

use super::Colour;
use super::palette::{Dash, Hatch, Marker, Ramp};

/// How a condition is told from the others: never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// Of lines and marks.
    pub colour: Colour,
    /// Of bars and boxes.
    pub fill: Colour,
    /// Over the fill.
    pub hatch: Option<Hatch>,
    /// Of lines.
    pub dash: Dash,
    /// Of single values.
    pub marker: Marker,
}

/// A stroke: weights are in units of the page's hairline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// Its colour.
    pub colour: Colour,
    /// Its width; 1 is a thin line.
    pub weight: f64,
    /// Its dashes.
    pub dash: Dash,
    /// 1 hides what is below.
    pub opacity: f64,
}

impl Pen {
    /// An unbroken, opaque line.
    pub fn solid(colour: Colour, weight: f64) -> Self {
        Self { colour, weight, dash: Dash::Solid, opacity: 1.0 }
    }
}

/// How a single value is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DotStyle {
    /// In full colour.
    Filled,
    /// White with a coloured edge: reported by somebody else.
    Hollow,
    /// Small and translucent: one of many.
    Faint,
}

/// One thing on a pair of axes; `across` runs along the axis of sizes or names, `up` along that of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A filled rectangle.
    Bar {
        /// Its sides on the axis of names.
        across: (f64, f64),
        /// Its ends on the axis of values.
        up: (f64, f64),
        /// Whose.
        ink: Ink,
    },
    /// The spread of many values.
    Box {
        /// Its sides on the axis of names.
        across: (f64, f64),
        /// The quartiles.
        quartiles: [f64; 3],
        /// The farthest values within one and a half times the box's height.
        whiskers: (f64, f64),
        /// Whose.
        ink: Ink,
    },
    /// The area between two lines.
    Band {
        /// Place, lower and upper edge.
        points: Vec<(f64, f64, f64)>,
        /// Its colour.
        colour: Colour,
        /// 1 hides what is below.
        opacity: f64,
    },
    /// Straight from point to point.
    Line {
        /// Place and value.
        points: Vec<(f64, f64)>,
        /// With what.
        pen: Pen,
        /// Whether it has a white edge, to be seen on dark bars.
        cased: bool,
    },
    /// An interval around a value.
    Whisker {
        /// The sides of what it belongs to; it stands in the middle.
        sides: (f64, f64),
        /// Its bounds.
        up: (f64, f64),
        /// With what.
        pen: Pen,
        /// Whether it has a white edge, to be seen on dark bars.
        cased: bool,
    },
    /// A single value.
    Dot {
        /// Place and value.
        at: (f64, f64),
        /// Whose.
        ink: Ink,
        /// How.
        style: DotStyle,
    },
    /// A field of a heat map: one wide and high around its place.
    Cell {
        /// Column and row.
        at: (f64, f64),
        /// Its colour.
        fill: Colour,
        /// The number in it.
        text: String,
    },
    /// A number beside the end of a bar.
    Value {
        /// Place and the value beside which it stands.
        at: (f64, f64),
        /// The number.
        text: String,
    },
}

/// What stands beside a legend's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Key {
    /// A filled square.
    Swatch(Ink),
    /// A piece of line with its mark.
    Line(Ink),
    /// A piece of line.
    Stroke(Pen),
    /// A mark.
    Dot(Ink, DotStyle),
    /// A line within a band.
    Level(Pen, Option<Colour>),
    /// A run of colours from low to high.
    Ramp(Ramp),
}

/// One line of a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The sign.
    pub key: Key,
    /// What it stands for.
    pub text: String,
}
