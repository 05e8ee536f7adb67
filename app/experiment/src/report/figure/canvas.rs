//! The drawn page: shapes and texts in points, ready to be written as SVG.

use super::Colour;
use super::geometry::{Place, Rect};
use super::typeface::{CAP_HEIGHT, DESCENT};

/// A page with everything on it, from back to front.
#[derive(Debug, Clone, PartialEq)]
pub struct Canvas {
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
    /// From back to front.
    pub items: Vec<Item>,
}

/// One thing on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A line or an area.
    Shape(Shape),
    /// One line of text.
    Text(Text),
    /// What follows shows inside the rectangle only, until the next [`Item::Unclip`].
    Clip(Rect),
    /// Ends a [`Item::Clip`].
    Unclip,
}

/// A line or an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Where it runs.
    pub outline: Outline,
    /// What fills it.
    pub fill: Option<Paint>,
    /// What it is drawn with.
    pub stroke: Option<Stroke>,
}

/// Where a shape runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// From place to place.
    Open(Vec<Place>),
    /// From place to place and back to the first.
    Closed(Vec<Place>),
    /// An upright rectangle.
    Rect(Rect),
    /// Around a place, with a radius.
    Circle(Place, f64),
}

/// What fills a shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paint {
    /// Its colour.
    pub colour: Colour,
    /// 1 hides what is below.
    pub opacity: f64,
}

/// What a shape is drawn with.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in points.
    pub width: f64,
    /// Dashes and gaps in points; none for an unbroken line.
    pub dash: Vec<f64>,
    /// 1 hides what is below.
    pub opacity: f64,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Where the base line begins, has its middle, or ends.
    pub at: Place,
    /// Which of the three.
    pub anchor: Anchor,
    /// Degrees, clockwise, around `at`.
    pub angle: f64,
    /// In points.
    pub size: f64,
    /// In the bold face.
    pub bold: bool,
    /// Its colour.
    pub colour: Colour,
    /// What it says.
    pub text: String,
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Canvas {
    /// An empty page.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, items: Vec::new() }
    }

    /// Adds an area.
    pub fn fill(&mut self, outline: Outline, colour: Colour, opacity: f64) {
        let fill = Some(Paint { colour, opacity });
        self.items.push(Item::Shape(Shape { outline, fill, stroke: None }));
    }

    /// Adds a line.
    pub fn stroke(&mut self, outline: Outline, stroke: Stroke) {
        self.items.push(Item::Shape(Shape { outline, fill: None, stroke: Some(stroke) }));
    }

    /// Adds an area with an edge.
    pub fn outlined(&mut self, outline: Outline, fill: Colour, stroke: Stroke) {
        let fill = Some(Paint { colour: fill, opacity: 1.0 });
        self.items.push(Item::Shape(Shape { outline, fill, stroke: Some(stroke) }));
    }

    /// Adds a text.
    pub fn text(&mut self, text: Text) {
        self.items.push(Item::Text(text));
    }
}

impl Stroke {
    /// An unbroken, opaque line.
    pub fn solid(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: Vec::new(), opacity: 1.0 }
    }
}

impl Text {
    /// A level text in ink.
    pub fn new(at: Place, anchor: Anchor, size: f64, text: impl Into<String>) -> Self {
        Self { at, anchor, angle: 0.0, size, bold: false, colour: Colour::INK, text: text.into() }
    }

    /// The corners of the box that a text of this width takes, turned as the text is.
    pub fn corners(&self, width: f64) -> [Place; 4] {
        let left = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        let (top, bottom) = (-CAP_HEIGHT * self.size, DESCENT * self.size);
        let (sin, cos) = self.angle.to_radians().sin_cos();
        let turned = |x: f64, y: f64| Place::new(self.at.x + x * cos - y * sin, self.at.y + x * sin + y * cos);
        [turned(left, top), turned(left + width, top), turned(left + width, bottom), turned(left, bottom)]
    }
}
