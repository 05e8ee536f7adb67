//! Colours: mixing, lightness, and the `#rrggbb` that every output format understands.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Text, axes and whiskers.
    pub const INK: Colour = Colour::hex(0x1a1a1a);
    /// The page.
    pub const WHITE: Colour = Colour::hex(0xffffff);
    /// What is not a condition: references, diagonals.
    pub const NEUTRAL: Colour = Colour::hex(0x6b6b6b);
    /// Grid lines.
    pub const GRID: Colour = Colour::hex(0xe3e3e3);

    /// The colour `0xrrggbb`.
    pub const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// A grey: 0 is black, 1 is white.
    pub fn grey(lightness: f64) -> Self {
        let level = (lightness.clamp(0.0, 1.0) * 255.0).round() as u8;
        Self(level, level, level)
    }

    /// The colour moved towards `other`: 0 leaves it, 1 is the other.
    pub fn mixed(self, other: Colour, share: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// How light the colour looks on paper, 0 to 1 (CIE L*).
    pub fn lightness(self) -> f64 {
        let luminance = 0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2);
        let cubic = if luminance > 0.008856 { luminance.cbrt() } else { 7.787 * luminance + 16.0 / 116.0 };
        (116.0 * cubic - 16.0) / 100.0
    }

    /// The grey that is as light as the colour.
    pub fn without_hue(self) -> Self {
        let cubic = (self.lightness() * 100.0 + 16.0) / 116.0;
        let luminance = if cubic > 0.206_893 { cubic.powi(3) } else { (cubic - 16.0 / 116.0) / 7.787 };
        let gamma =
            if luminance <= 0.003_130_8 { luminance * 12.92 } else { 1.055 * luminance.powf(1.0 / 2.4) - 0.055 };
        Self::grey(gamma)
    }
}

/// The light that a channel gives off.
pub(super) fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// A text that is no colour.
#[derive(Debug, thiserror::Error)]
#[error("not a colour like `#0072b2`: `{0}`")]
pub struct NotAColour(String);

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let rgb = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        rgb.map(Colour::hex).ok_or_else(|| NotAColour(text.to_owned()))
    }
}

impl TryFrom<String> for Colour {
    type Error = NotAColour;

    fn try_from(text: String) -> Result<Self, NotAColour> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_and_read() {
        let blue: Colour = "#0072B2".parse().unwrap();
        assert_eq!((blue, blue.to_string().as_str()), (Colour(0, 0x72, 0xb2), "#0072b2"));
        for wrong in ["0072B2", "#0072B", "#0072BG", "blue"] {
            assert_eq!(
                wrong.parse::<Colour>().unwrap_err().to_string(),
                format!("not a colour like `#0072b2`: `{wrong}`")
            );
        }
    }

    #[test]
    fn the_grey_of_a_colour_is_as_light() {
        for colour in [Colour::hex(0x0072b2), Colour::hex(0xe69f00), Colour::WHITE, Colour::INK] {
            assert!((colour.without_hue().lightness() - colour.lightness()).abs() < 0.01, "{colour}");
        }
    }
}
