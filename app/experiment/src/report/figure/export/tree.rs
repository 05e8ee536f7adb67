//! The SVG read back, with the bundled fonts only: the same drawing on every machine.

use std::sync::Arc;

use crate::report::figure::{FigureError, Font};

/// Reads an SVG that [`svg`](super::svg()) wrote.
///
/// # Errors
/// An SVG that is none.
pub fn read(svg: &str, font: Font) -> Result<usvg::Tree, FigureError> {
    let mut options = usvg::Options::default();
    let fonts = options.fontdb_mut();
    for file in font.files() {
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(file)));
    }
    usvg::Tree::from_str(svg, &options).map_err(|error| FigureError::Render(error.to_string()))
}
