//! The bundled typefaces: how wide a text is, and where its lines break.

mod wrap;

use std::cell::RefCell;
use std::collections::HashMap;

use rustybuzz::{Face, UnicodeBuffer, shape};

use super::Font;

pub use wrap::Wrapped;

const SANS: [&[u8]; 2] = [
    include_bytes!("../../../../../../resources/fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../../../../../../resources/fonts/LiberationSans-Bold.ttf"),
];
const SERIF: [&[u8]; 2] = [
    include_bytes!("../../../../../../resources/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../../../../resources/fonts/LiberationSerif-Bold.ttf"),
];

/// Share of the size that capitals and figures rise above the base line, in all four faces.
pub const CAP_HEIGHT: f64 = 0.72;
/// Share of the size that letters reach below the base line.
pub const DESCENT: f64 = 0.22;
/// Distance of two base lines as a share of the size.
pub const LINE_HEIGHT: f64 = 1.18;

impl Font {
    /// The files of the regular and the bold face.
    pub fn files(self) -> [&'static [u8]; 2] {
        match self {
            Font::Sans => SANS,
            Font::Serif => SERIF,
        }
    }

    /// The families to ask for, the bundled one first, then those as wide.
    pub fn families(self) -> &'static str {
        match self {
            Font::Sans => "'Liberation Sans', Arimo, Arial, Helvetica, sans-serif",
            Font::Serif => "'Liberation Serif', Tinos, 'Times New Roman', Times, serif",
        }
    }
}

/// A typeface opened for measuring.
pub struct Typeface {
    regular: Face<'static>,
    bold: Face<'static>,
    /// Widths at size 1 of what was measured before, regular and bold: layouts try many sizes of few texts.
    measured: RefCell<[HashMap<String, f64>; 2]>,
}

impl Typeface {
    /// Opens a bundled typeface.
    pub fn open(font: Font) -> Self {
        let [regular, bold] = font.files().map(|file| Face::from_slice(file, 0).expect("bundled fonts are sound"));
        Self { regular, bold, measured: RefCell::default() }
    }

    /// How wide a line is, in points at `size`, kerning included.
    pub fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let known = self.measured.borrow()[usize::from(bold)].get(text).copied();
        let width = known.unwrap_or_else(|| {
            let width = self.measure(text, bold);
            self.measured.borrow_mut()[usize::from(bold)].insert(text.to_owned(), width);
            width
        });
        width * size
    }

    fn measure(&self, text: &str, bold: bool) -> f64 {
        let face = if bold { &self.bold } else { &self.regular };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let advance: i64 =
            shape(face, &[], buffer).glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance)).sum();
        advance.unsigned_abs() as f64 / f64::from(face.units_per_em())
    }

    /// The characters of a text that the typeface cannot show.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing: Vec<_> = text.chars().filter(|c| self.regular.glyph_index(*c).is_none()).collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// Breaks a text into lines of at most `width` points; see [`Wrapped`].
    pub fn wrap(&self, text: &str, size: f64, width: f64) -> Wrapped {
        Wrapped::balanced(text, width, &|line| self.width(line, size, false))
    }

    /// The widest of some lines.
    pub fn widest<S: AsRef<str>>(&self, lines: &[S], size: f64) -> f64 {
        lines.iter().map(|line| self.width(line.as_ref(), size, false)).fold(0.0, f64::max)
    }
}

impl std::fmt::Debug for Typeface {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.debug_struct("Typeface").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let sans = Typeface::open(Font::Sans);
        // Arial's advance widths: digits 1139, capital A 1366 of 2048 units.
        assert!((sans.width("10", 20.48, false) - 22.78).abs() < 1e-9);
        assert!((sans.width("A", 20.48, false) - 13.66).abs() < 1e-9);
        assert!(sans.width("AVAV", 10.0, false) < 4.0 * sans.width("A", 10.0, false), "kerning");
        assert!(sans.width("Original", 10.0, true) > sans.width("Original", 10.0, false));
        let serif = Typeface::open(Font::Serif);
        assert!((serif.width("10", 20.48, false) - 20.48).abs() < 1e-9);
    }

    #[test]
    fn characters_without_a_glyph_are_found() {
        let sans = Typeface::open(Font::Sans);
        assert!(sans.missing("Définition → ± ≤ Ω Я").is_empty());
        assert_eq!(sans.missing("無 a 無"), ['無']);
    }
}
