//! Marks as pgfplots commands, in the axes' own coordinates.

use std::fmt::Write;

use super::length;
use super::text::escaped;
use crate::report::figure::Colour;
use crate::report::figure::chart::Plot;
use crate::report::figure::mark::{DotStyle, Ink, Mark, Pen};
use crate::report::figure::page::Placed;
use crate::report::figure::palette::{Dash, Hatch, Marker};
use crate::report::figure::style::Style;

/// How legends show a single value.
pub const FILLED: DotStyle = DotStyle::Filled;

/// Writes the marks of a panel, from back to front.
pub fn write(tex: &mut String, plot: &Plot, placed: &Placed, style: &Style) {
    let writer = Writer { turned: placed.frame.turned, style };
    let mut at = 0;
    while at < plot.marks.len() {
        let _ = match &plot.marks[at] {
            Mark::Dot { ink, style: how, .. } => {
                let run = plot.marks[at..].iter().take_while(|mark| is_dot_of(mark, ink, *how)).count();
                let dots = &plot.marks[at..at + run];
                at += run - 1;
                writeln!(tex, "{}", writer.dots(dots, ink, *how))
            }
            mark => writeln!(tex, "{}", writer.mark(mark)),
        };
        at += 1;
    }
}

fn is_dot_of(mark: &Mark, own: &Ink, own_style: DotStyle) -> bool {
    matches!(mark, Mark::Dot { ink, style, .. } if ink == own && *style == own_style)
}

struct Writer<'w> {
    turned: bool,
    style: &'w Style,
}

impl Writer<'_> {
    fn pair(&self, across: f64, up: f64) -> String {
        let (x, y) = if self.turned { (up, across) } else { (across, up) };
        format!("({},{})", decimal(x), decimal(y))
    }

    fn place(&self, across: f64, up: f64) -> String {
        self.pair(across, up).replacen('(', "(axis cs:", 1)
    }

    fn rectangle(&self, options: &str, across: (f64, f64), up: (f64, f64)) -> String {
        format!("\\path[{options}] {} rectangle {};", self.place(across.0, up.0), self.place(across.1, up.1))
    }

    fn mark(&self, mark: &Mark) -> String {
        match mark {
            Mark::Bar { across, up, ink } => self.rectangle(&area(ink), *across, *up),
            Mark::Box { across, quartiles, whiskers, ink } => self.spread(*across, *quartiles, *whiskers, ink),
            Mark::Band { points, colour, opacity } => self.band(points, *colour, *opacity),
            Mark::Line { points, pen, .. } => self.line(points, *pen),
            Mark::Whisker { sides, up, pen, .. } => {
                let middle = (sides.0 + sides.1) / 2.0;
                let options = line(pen.colour, pen.weight, pen.dash, self.style);
                format!("\\draw[|-|, {options}] {} -- {};", self.place(middle, up.0), self.place(middle, up.1))
            }
            Mark::Dot { ink, style, .. } => self.dots(std::slice::from_ref(mark), ink, *style),
            Mark::Cell { at, fill, text } => self.cell(*at, *fill, text),
            Mark::Value { at, text } => {
                let anchor = if self.turned { "west" } else { "south" };
                let size = length(self.style.small);
                let font = format!("font=\\fontsize{{{size}}}{{{size}}}\\selectfont");
                format!("\\node[anchor={anchor}, {font}] at {} {{{}}};", self.place(at.0, at.1), escaped(text))
            }
        }
    }

    fn spread(&self, across: (f64, f64), [low, median, high]: [f64; 3], whiskers: (f64, f64), ink: &Ink) -> String {
        let middle = (across.0 + across.1) / 2.0;
        let options = line(ink.colour, 1.3, Dash::Solid, self.style);
        let pale = Ink { fill: ink.fill.mixed(Colour::WHITE, 0.6), ..*ink };
        let segment = |from: (f64, f64), to: (f64, f64)| {
            format!("\\draw[{options}] {} -- {};", self.place(from.0, from.1), self.place(to.0, to.1))
        };
        [
            self.rectangle(&format!("{}, draw={}", area(&pale), colour(ink.colour)), across, (low, high)),
            segment((middle, low), (middle, whiskers.0)),
            segment((middle, high), (middle, whiskers.1)),
            segment((across.0, median), (across.1, median)),
        ]
        .join("\n")
    }

    fn band(&self, points: &[(f64, f64, f64)], fill: Colour, opacity: f64) -> String {
        let upper = points.iter().map(|(across, _, high)| self.place(*across, *high));
        let lower = points.iter().rev().map(|(across, low, _)| self.place(*across, *low));
        let ring = upper.chain(lower).collect::<Vec<_>>().join(" -- ");
        format!("\\path[fill={}, fill opacity={opacity}] {ring} -- cycle;", colour(fill))
    }

    fn line(&self, points: &[(f64, f64)], pen: Pen) -> String {
        let points = points.iter().map(|(across, up)| self.pair(*across, *up)).collect::<Vec<_>>().join(" ");
        let options = line(pen.colour, pen.weight, pen.dash, self.style);
        let opacity = if pen.opacity < 1.0 { format!(", opacity={:.2}", pen.opacity) } else { String::new() };
        format!("\\addplot[no marks, forget plot, {options}{opacity}] coordinates {{{points}}};")
    }

    fn dots(&self, marks: &[Mark], ink: &Ink, how: DotStyle) -> String {
        let places = marks.iter().filter_map(|mark| match mark {
            Mark::Dot { at, .. } => Some(self.pair(at.0, at.1)),
            _ => None,
        });
        let places = places.collect::<Vec<_>>().join(" ");
        format!("\\addplot[only marks, forget plot, {}] coordinates {{{places}}};", dot(ink, how, self.style))
    }

    fn cell(&self, at: (f64, f64), fill: Colour, text: &str) -> String {
        let options = format!("fill={}, draw=white", colour(fill));
        let cell = self.rectangle(&options, (at.0 - 0.5, at.0 + 0.5), (at.1 - 0.5, at.1 + 0.5));
        let ink = if fill.lightness() < 0.58 { "white" } else { "black" };
        let size = length(self.style.small);
        let font = format!("font=\\fontsize{{{size}}}{{{size}}}\\selectfont");
        format!("{cell}\n\\node[text={ink}, {font}] at {} {{{}}};", self.place(at.0, at.1), escaped(text))
    }
}

/// A colour without a definition before.
pub fn colour(colour: Colour) -> String {
    format!("{{rgb,255:red,{};green,{};blue,{}}}", colour.0, colour.1, colour.2)
}

/// The options of a filled area.
pub fn area(ink: &Ink) -> String {
    let pattern = ink.hatch.map(|hatch| match hatch {
        Hatch::Rising => "north east lines",
        Hatch::Falling => "north west lines",
        Hatch::Crossed => "crosshatch",
        Hatch::Level => "horizontal lines",
    });
    let fill = format!("fill={}", colour(ink.fill));
    pattern.map_or(fill.clone(), |pattern| {
        format!("{fill}, draw=black, line width=0.4bp, postaction={{pattern={pattern}, pattern color=black}}")
    })
}

/// The options of a line.
pub fn line(own: Colour, weight: f64, dash: Dash, style: &Style) -> String {
    let width = style.hairline * weight;
    let pattern: Vec<_> = dash
        .pattern()
        .chunks(2)
        .map(|pair| format!("on {}bp off {}bp", length(pair[0] * width), length(pair[1] * width)))
        .collect();
    let solid = format!("color={}, line width={}bp", colour(own), length(width));
    if pattern.is_empty() { solid } else { format!("{solid}, dash pattern={}", pattern.join(" ")) }
}

/// The options of single values.
pub fn dot(ink: &Ink, how: DotStyle, style: &Style) -> String {
    let (name, extra) = shape(ink.marker);
    let own = colour(ink.colour);
    let (size, fill) = match how {
        DotStyle::Filled => (0.25, format!("draw=white, fill={own}")),
        DotStyle::Hollow => (0.25, format!("draw={own}, fill=white, line width=0.8bp")),
        DotStyle::Faint => (0.17, format!("draw opacity=0, fill={own}, fill opacity=0.5")),
    };
    format!("mark={name}, mark size={}bp, mark options={{solid, {fill}{extra}}}", length(style.em(size)))
}

/// pgfplots' own marks, turned where it has no such mark.
fn shape(marker: Marker) -> (&'static str, &'static str) {
    match marker {
        Marker::Circle => ("*", ""),
        Marker::Square => ("square*", ""),
        Marker::Triangle => ("triangle*", ""),
        Marker::Diamond => ("diamond*", ""),
        Marker::Wedge => ("triangle*", ", rotate=180"),
        Marker::Left => ("triangle*", ", rotate=90"),
        Marker::Right => ("triangle*", ", rotate=270"),
        Marker::Pentagon => ("pentagon*", ""),
        Marker::Hexagon => ("halfcircle*", ""),
        Marker::Star => ("10-pointed star", ""),
        Marker::Plus => ("oplus*", ""),
        Marker::Cross => ("otimes*", ""),
    }
}

/// A number in the decimals that the figure's numbers have.
fn decimal(number: f64) -> String {
    let text = format!("{number:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
