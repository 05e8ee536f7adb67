//! Colours, greys, hatches, dashes and marks: twelve conditions that everybody can tell apart.

use super::Colour;
use super::mark::Ink;

/// How many conditions look different; a thirteenth repeats the first one's colour with another mark.
pub const DISTINCT: usize = 12;

/// Okabe and Ito's colours first, without their yellow and with black late; then the farthest from all before under
/// normal, protan, deutan and tritan sight.
const COLOURS: [Colour; DISTINCT] = [
    Colour::hex(0x0072b2),
    Colour::hex(0xd55e00),
    Colour::hex(0x009e73),
    Colour::hex(0xcc79a7),
    Colour::hex(0xe69f00),
    Colour::hex(0x56b4e9),
    Colour::hex(0x882255),
    Colour::hex(0xddcc77),
    Colour::hex(0x1a1a1a),
    Colour::hex(0x332288),
    Colour::hex(0x00421d),
    Colour::hex(0x8b5a2b),
];

/// Lightness of fills and their hatches: neighbours differ in one or the other.
const GREY_FILLS: [(f64, Option<Hatch>); DISTINCT] = [
    (0.30, None),
    (1.00, Some(Hatch::Rising)),
    (0.62, None),
    (1.00, Some(Hatch::Crossed)),
    (0.85, None),
    (1.00, Some(Hatch::Falling)),
    (0.85, Some(Hatch::Rising)),
    (1.00, None),
    (0.62, Some(Hatch::Falling)),
    (1.00, Some(Hatch::Level)),
    (0.45, None),
    (0.85, Some(Hatch::Crossed)),
];

/// Lightness of lines; dashes and marks tell those of the same grey apart.
const GREY_LINES: [f64; 3] = [0.05, 0.42, 0.62];

/// Which lines run over a filled area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hatch {
    /// From bottom left to top right.
    Rising,
    /// From top left to bottom right.
    Falling,
    /// Both.
    Crossed,
    /// From left to right.
    Level,
}

/// The pattern of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Dash and dot in turn.
    DashDotted,
}

impl Dash {
    const ALL: [Dash; 4] = [Dash::Solid, Dash::Dashed, Dash::DashDotted, Dash::Dotted];

    /// Lengths of dashes and gaps in units of the line's width.
    pub fn pattern(self) -> &'static [f64] {
        match self {
            Dash::Solid => &[],
            Dash::Dashed => &[4.0, 2.2],
            Dash::Dotted => &[1.0, 1.6],
            Dash::DashDotted => &[5.0, 1.8, 1.0, 1.8],
        }
    }
}

/// The shape of a single value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A triangle that points up.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A triangle that points down.
    Wedge,
    /// A pentagon.
    Pentagon,
    /// A triangle that points left.
    Left,
    /// A triangle that points right.
    Right,
    /// A star of five points.
    Star,
    /// A hexagon.
    Hexagon,
    /// A thick plus.
    Plus,
    /// A thick cross.
    Cross,
}

impl Marker {
    /// All of them, those easiest to tell apart first.
    pub const ALL: [Marker; DISTINCT] = [
        Marker::Circle,
        Marker::Square,
        Marker::Triangle,
        Marker::Diamond,
        Marker::Wedge,
        Marker::Pentagon,
        Marker::Plus,
        Marker::Star,
        Marker::Cross,
        Marker::Left,
        Marker::Right,
        Marker::Hexagon,
    ];
}

/// What the conditions are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Greys instead of colours.
    pub greyscale: bool,
    /// Hatched fills.
    pub hatched: bool,
}

impl Palette {
    /// The ink of the condition at `place` in the order of names.
    pub fn ink(self, place: usize, own: Option<Colour>) -> Ink {
        let at = place % DISTINCT;
        let marker = Marker::ALL[(place + place / DISTINCT) % DISTINCT];
        if self.greyscale { self.grey_ink(at, marker) } else { self.colour_ink(at, marker, own) }
    }

    fn colour_ink(self, at: usize, marker: Marker, own: Option<Colour>) -> Ink {
        let colour = own.unwrap_or(COLOURS[at]);
        let dash = if at < 6 { Dash::Solid } else { Dash::Dashed };
        let hatch = GREY_FILLS[at].1.filter(|_| self.hatched);
        Ink { colour, fill: colour.mixed(Colour::WHITE, 0.12), hatch, dash, marker }
    }

    fn grey_ink(self, at: usize, marker: Marker) -> Ink {
        let (lightness, hatch) = GREY_FILLS[at];
        // Without hatches the greys themselves must differ.
        let fill = if self.hatched { lightness } else { 0.2 + 0.75 * at as f64 / (DISTINCT - 1) as f64 };
        let colour = Colour::grey(GREY_LINES[at % GREY_LINES.len()]);
        let dash = Dash::ALL[at % Dash::ALL.len()];
        Ink { colour, fill: Colour::grey(fill), hatch: hatch.filter(|_| self.hatched), dash, marker }
    }

    /// The ink of what is no condition.
    pub fn neutral(self) -> Ink {
        let fill = Colour::grey(0.8);
        Ink { colour: Colour::NEUTRAL, fill, hatch: None, dash: Dash::Dashed, marker: Marker::Circle }
    }

    /// A colour for better and one for worse.
    pub fn directions(self) -> [Ink; 2] {
        let mut inks = [self.ink(0, None), self.ink(1, None)];
        if self.greyscale {
            inks[0].colour = Colour::grey(0.15);
            inks[1].colour = Colour::grey(0.6);
        }
        inks
    }
}

/// From numbers to colours: light to dark in one hue, or two hues around zero where some numbers are negative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ramp {
    /// The lowest number.
    pub low: f64,
    /// The highest number.
    pub high: f64,
    /// Greys instead of colours.
    pub greyscale: bool,
}

impl Ramp {
    const RISING: [Colour; 3] = [Colour::hex(0xf3f7fb), Colour::hex(0x5ba3cf), Colour::hex(0x08306b)];
    const DIVERGING: [Colour; 3] = [Colour::hex(0xb35806), Colour::hex(0xf7f7f7), Colour::hex(0x2166ac)];

    /// The colour of a number.
    pub fn of(&self, number: f64) -> Colour {
        let reach = self.low.abs().max(self.high.abs());
        match (self.low < 0.0, self.greyscale) {
            (true, true) => Colour::grey(0.95 - 0.7 * (number / reach + 1.0) / 2.0),
            (true, false) => between(Self::DIVERGING, (number / reach + 1.0) / 2.0),
            (false, _) => self.rising(number),
        }
    }

    fn rising(&self, number: f64) -> Colour {
        let width = self.high - self.low;
        let colour = between(Self::RISING, if width > 0.0 { (number - self.low) / width } else { 0.5 });
        if self.greyscale { colour.without_hue() } else { colour }
    }

    /// The colour at a share of the way from low to high.
    pub fn at(&self, share: f64) -> Colour {
        self.of(self.low + share * (self.high - self.low))
    }
}

fn between([low, middle, high]: [Colour; 3], share: f64) -> Colour {
    let share = share.clamp(0.0, 1.0);
    if share < 0.5 { low.mixed(middle, share * 2.0) } else { middle.mixed(high, share * 2.0 - 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figure::colour::linear;

    /// Machado, Oliveira and Fernandes (2009), severity 1: normal, protan, deutan and tritan sight of linear light.
    const SIGHTS: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ];

    fn seen(colour: Colour, sight: &[[f64; 3]; 3]) -> [f64; 3] {
        let light = [colour.0, colour.1, colour.2].map(linear);
        lab(sight
            .map(|row| row.iter().zip(light).map(|(weight, channel)| weight * channel).sum::<f64>().clamp(0.0, 1.0)))
    }

    fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let xyz = [
            (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
            0.2126 * r + 0.7152 * g + 0.0722 * b,
            (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
        ];
        let [x, y, z] = xyz.map(|v| if v > 0.008856 { v.cbrt() } else { 7.787 * v + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn distance(one: Colour, other: Colour) -> f64 {
        let apart = |sight| {
            let (one, other) = (seen(one, sight), seen(other, sight));
            one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
        };
        SIGHTS.iter().map(apart).fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn colours_differ_for_every_sight() {
        for (place, colour) in COLOURS.iter().enumerate() {
            for (before, other) in COLOURS[..place].iter().enumerate() {
                let apart = distance(*colour, *other);
                assert!(apart > if place < 6 { 16.0 } else { 11.0 }, "{before} and {place}: {apart}");
            }
            assert!(colour.lightness() < 0.85, "{colour} on white");
        }
    }

    #[test]
    fn no_two_conditions_look_alike_in_any_mode() {
        for (greyscale, hatched) in [(false, false), (false, true), (true, true), (true, false)] {
            let inks: Vec<_> = (0..2 * DISTINCT).map(|at| Palette { greyscale, hatched }.ink(at, None)).collect();
            for (at, ink) in inks.iter().enumerate() {
                assert!(!inks[..at].contains(ink), "{at} repeats in {greyscale} {hatched}");
            }
            let fills = inks[..DISTINCT].iter().map(|ink| (ink.fill, ink.hatch)).collect::<Vec<_>>();
            assert!((1..DISTINCT).all(|at| !fills[..at].contains(&fills[at])), "{greyscale} {hatched}");
            let lines = inks[..DISTINCT].iter().map(|ink| (ink.colour, ink.dash)).collect::<Vec<_>>();
            assert!((1..DISTINCT).all(|at| !lines[..at].contains(&lines[at])), "{greyscale} {hatched}");
        }
    }

    #[test]
    fn zero_is_pale_where_numbers_change_their_sign() {
        let ramp = Ramp { low: -2.0, high: 10.0, greyscale: false };
        assert!(ramp.of(0.0).lightness() > 0.95 && ramp.of(10.0).lightness() < 0.5);
    }

    #[test]
    fn ramps_darken_steadily() {
        for greyscale in [false, true] {
            let ramp = Ramp { low: 20.0, high: 60.0, greyscale };
            let steps: Vec<_> = (0..=20).map(|step| ramp.at(f64::from(step) / 20.0).lightness()).collect();
            assert!(steps.windows(2).all(|pair| pair[0] > pair[1]), "{steps:?}");
        }
    }
}
