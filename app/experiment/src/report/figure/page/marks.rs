//! Marks in their frame: from the axes' coordinates to shapes on the page.

use super::frame::Frame;
use super::shapes;
use crate::report::figure::Colour;
use crate::report::figure::canvas::Item;
use crate::report::figure::canvas::{Anchor, Canvas, Outline, Paint, Shape, Stroke, Text};
use crate::report::figure::geometry::{Place, Rect};
use crate::report::figure::mark::{DotStyle, Ink, Mark, Pen};
use crate::report::figure::palette::Hatch;
use crate::report::figure::style::Style;
use crate::report::figure::typeface::CAP_HEIGHT;

/// Draws the marks of one plot.
pub struct Painter<'p> {
    /// Lengths.
    pub style: &'p Style,
    /// Where.
    pub frame: Frame,
    /// On what.
    pub canvas: &'p mut Canvas,
}

impl Painter<'_> {
    /// Draws all marks; numbers that have no room are left out, which is told by `false`.
    pub fn paint(&mut self, marks: &[Mark]) -> bool {
        let clips = marks.iter().any(|mark| self.leaves(mark));
        let cell_size = self.cell_size(marks);
        let value_size = self.value_size(marks);
        for mark in marks {
            match mark {
                Mark::Bar { across, up, ink } => self.bar(*across, *up, ink),
                Mark::Box { across, quartiles, whiskers, ink } => self.spread(*across, *quartiles, *whiskers, ink),
                Mark::Band { points, colour, opacity } => self.clipped(clips, |it| it.band(points, *colour, *opacity)),
                Mark::Line { points, pen, cased } => {
                    self.clipped(clips, |it| it.cased(*pen, *cased, |it, pen| it.line(points, pen)));
                }
                Mark::Whisker { sides, up, pen, cased } => {
                    self.cased(*pen, *cased, |it, pen| it.whisker(*sides, *up, pen));
                }
                Mark::Dot { at, ink, style } => self.dot(*at, ink, *style),
                Mark::Cell { at, fill, text } => self.cell(*at, *fill, cell_size.map(|size| (size, text.as_str()))),
                Mark::Value { at, text } => value_size.into_iter().for_each(|size| self.value(*at, size, text)),
            }
        }
        let wants = |cell: bool| {
            marks.iter().any(|mark| match mark {
                Mark::Cell { .. } => cell,
                Mark::Value { .. } => !cell,
                _ => false,
            })
        };
        !(wants(true) && cell_size.is_none() || wants(false) && value_size.is_none())
    }

    /// Whether a line or band runs out of the frame, because the spec limits an axis.
    fn leaves(&self, mark: &Mark) -> bool {
        match mark {
            Mark::Line { points, .. } => points.iter().any(|(across, up)| !self.frame.contains(*across, *up)),
            Mark::Band { points, .. } => points
                .iter()
                .any(|(across, low, high)| !self.frame.contains(*across, *low) || !self.frame.contains(*across, *high)),
            _ => false,
        }
    }

    fn clipped(&mut self, clips: bool, draw: impl FnOnce(&mut Self)) {
        if clips {
            self.canvas.items.push(Item::Clip(self.frame.area));
        }
        draw(self);
        if clips {
            self.canvas.items.push(Item::Unclip);
        }
    }

    fn bar(&mut self, across: (f64, f64), up: (f64, f64), ink: &Ink) {
        let rect = self.frame.rect(across, (self.frame.clamped(up.0), self.frame.clamped(up.1)));
        area(self.canvas, self.style, rect, ink);
    }

    fn spread(&mut self, across: (f64, f64), quartiles: [f64; 3], whiskers: (f64, f64), ink: &Ink) {
        let [low, median, high] = quartiles.map(|value| self.frame.clamped(value));
        let pen = Pen::solid(ink.colour, 1.3);
        let middle = (across.0 + across.1) / 2.0;
        let quarter = (across.1 - across.0) / 4.0;
        let ends = [(whiskers.0, low), (whiskers.1, high)];
        for (end, side) in ends.map(|(end, side)| (self.frame.clamped(end), side)) {
            self.segment((middle, end), (middle, side), pen);
            self.segment((middle - quarter, end), (middle + quarter, end), pen);
        }
        let rect = self.frame.rect(across, (low, high));
        let pale = Ink { fill: ink.fill.mixed(Colour::WHITE, 0.6), ..*ink };
        area(self.canvas, self.style, rect, &pale);
        self.canvas.stroke(Outline::Rect(rect), self.style.stroke(pen));
        self.segment((across.0, median), (across.1, median), Pen::solid(ink.colour, 2.4));
    }

    fn segment(&mut self, from: (f64, f64), to: (f64, f64), pen: Pen) {
        let places = vec![self.frame.place(from.0, from.1), self.frame.place(to.0, to.1)];
        self.canvas.stroke(Outline::Open(places), self.style.stroke(pen));
    }

    fn band(&mut self, points: &[(f64, f64, f64)], colour: Colour, opacity: f64) {
        let upper = points.iter().map(|(across, _, high)| self.frame.place(*across, *high));
        let lower = points.iter().rev().map(|(across, low, _)| self.frame.place(*across, *low));
        self.canvas.fill(Outline::Closed(upper.chain(lower).collect()), colour, opacity);
    }

    /// Draws twice where a white edge is wanted, the wider white one first.
    fn cased(&mut self, pen: Pen, cased: bool, draw: impl Fn(&mut Self, Pen)) {
        if cased {
            draw(self, Pen { opacity: 0.75, ..Pen::solid(Colour::WHITE, pen.weight + 1.6) });
        }
        draw(self, pen);
    }

    fn line(&mut self, points: &[(f64, f64)], pen: Pen) {
        let places = points.iter().map(|(across, up)| self.frame.place(*across, *up)).collect();
        self.canvas.stroke(Outline::Open(places), self.style.stroke(pen));
    }

    fn whisker(&mut self, sides: (f64, f64), up: (f64, f64), pen: Pen) {
        let middle = (sides.0 + sides.1) / 2.0;
        let stroke = self.style.stroke(pen);
        let ends = [up.0, up.1].map(|end| self.frame.place(middle, self.frame.clamped(end)));
        let [one, other] = [sides.0, sides.1].map(|side| self.frame.place(side, 0.0));
        let width = if self.frame.turned { (other.y - one.y).abs() } else { (other.x - one.x).abs() };
        let cap = if width > 0.0 { self.style.em(0.24).min(0.3 * width) } else { self.style.em(0.22) };
        self.canvas.stroke(Outline::Open(ends.to_vec()), stroke.clone());
        for end in ends {
            let (x, y) = if self.frame.turned { (0.0, cap) } else { (cap, 0.0) };
            let cap = vec![Place::new(end.x - x, end.y - y), Place::new(end.x + x, end.y + y)];
            self.canvas.stroke(Outline::Open(cap), stroke.clone());
        }
    }

    fn dot(&mut self, at: (f64, f64), ink: &Ink, style: DotStyle) {
        if self.frame.contains(at.0, at.1) {
            dot(self.canvas, self.style, self.frame.place(at.0, at.1), (ink, style));
        }
    }

    fn cell(&mut self, at: (f64, f64), fill: Colour, text: Option<(f64, &str)>) {
        let rect = self.frame.rect((at.0 - 0.5, at.0 + 0.5), (at.1 - 0.5, at.1 + 0.5));
        let edge = Stroke::solid(Colour::WHITE, 1.6 * self.style.hairline);
        self.canvas.outlined(Outline::Rect(rect), fill, edge);
        let Some((size, text)) = text else { return };
        let centre = Place::new(rect.centre().x, rect.centre().y + CAP_HEIGHT * size / 2.0);
        let colour = if fill.lightness() < 0.58 { Colour::WHITE } else { Colour::INK };
        self.canvas.text(Text { colour, ..Text::new(centre, Anchor::Middle, size, text) });
    }

    /// The size at which all numbers of a heat map fit their cells.
    fn cell_size(&self, marks: &[Mark]) -> Option<f64> {
        let rect = self.frame.rect((-0.5, 0.5), (-0.5, 0.5));
        let texts: Vec<_> = marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Cell { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let fits = |size: &f64| self.style.typeface.widest(&texts, *size) < 0.9 * rect.width && *size < rect.height;
        self.style.sizes(self.style.small).into_iter().find(fits)
    }

    /// A number on a light ground, since lines of references may pass there.
    fn value(&mut self, at: (f64, f64), size: f64, text: &str) {
        let text = self.value_text(at, size, text);
        self.canvas.fill(Outline::Rect(self.value_box(&text)), Colour::WHITE, 0.8);
        self.canvas.text(text);
    }

    fn value_box(&self, text: &Text) -> Rect {
        let corners = text.corners(self.style.typeface.width(&text.text, text.size, false));
        Rect::around(corners[0], corners[2]).grown(0.06 * text.size)
    }

    /// Where the number of a bar stands: beyond its end, or beyond its interval's.
    fn value_text(&self, at: (f64, f64), size: f64, text: &str) -> Text {
        let place = self.frame.place(at.0, self.frame.clamped(at.1));
        let gap = self.style.em(0.3);
        match self.frame.turned {
            true => {
                let place = Place::new(place.x + gap, place.y + CAP_HEIGHT * size / 2.0);
                Text::new(place, Anchor::Start, size, text)
            }
            false if at.1 < 0.0 => {
                Text::new(Place::new(place.x, place.y + gap + CAP_HEIGHT * size), Anchor::Middle, size, text)
            }
            false => Text::new(Place::new(place.x, place.y - gap), Anchor::Middle, size, text),
        }
    }

    /// The size at which no two numbers beside bars meet.
    fn value_size(&self, marks: &[Mark]) -> Option<f64> {
        let meets = |size: &f64| {
            let boxes: Vec<Rect> = marks
                .iter()
                .filter_map(|mark| match mark {
                    Mark::Value { at, text } => Some(self.value_box(&self.value_text(*at, *size, text))),
                    _ => None,
                })
                .collect();
            (1..boxes.len()).any(|at| boxes[..at].iter().any(|other| other.overlaps(&boxes[at])))
        };
        self.style.sizes(self.style.small).into_iter().find(|size| !meets(size))
    }
}

/// A rectangle in a condition's fill and hatch.
pub fn area(canvas: &mut Canvas, style: &Style, rect: Rect, ink: &Ink) {
    canvas.fill(Outline::Rect(rect), ink.fill, 1.0);
    let Some(kind) = ink.hatch else { return edge(canvas, style, rect, ink) };
    let stroke = Stroke::solid(hatch_colour(ink), style.hairline * 1.2);
    for (from, to) in shapes::hatch(kind, rect, hatch_gap(style, kind)) {
        canvas.stroke(Outline::Open(vec![from, to]), stroke.clone());
    }
    edge(canvas, style, rect, ink);
}

fn hatch_gap(style: &Style, kind: Hatch) -> f64 {
    style.em(if kind == Hatch::Crossed { 0.36 } else { 0.27 })
}

fn hatch_colour(ink: &Ink) -> Colour {
    if ink.fill.lightness() < 0.5 { Colour::WHITE } else { Colour::INK }
}

/// Light and hatched areas need an edge to be seen as areas.
fn edge(canvas: &mut Canvas, style: &Style, rect: Rect, ink: &Ink) {
    if ink.hatch.is_some() || ink.fill.lightness() > 0.8 || ink.fill.0 == ink.fill.1 {
        canvas.stroke(Outline::Rect(rect), Stroke::solid(Colour::INK, style.hairline));
    }
}

/// A single value.
pub fn dot(canvas: &mut Canvas, style: &Style, at: Place, (ink, how): (&Ink, DotStyle)) {
    let outline = |share: f64| shapes::marker(ink.marker, at, style.em(share));
    match how {
        DotStyle::Filled => canvas.outlined(outline(0.27), ink.colour, Stroke::solid(Colour::WHITE, style.hairline)),
        DotStyle::Hollow => {
            canvas.outlined(outline(0.27), Colour::WHITE, Stroke::solid(ink.colour, 2.0 * style.hairline));
        }
        DotStyle::Faint => {
            let fill = Some(Paint { colour: ink.colour, opacity: 0.5 });
            canvas.items.push(Item::Shape(Shape { outline: outline(0.17), fill, stroke: None }));
        }
    }
}
