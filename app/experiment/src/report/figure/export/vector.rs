//! The figure as PDF: one page of exactly the figure's size, with the glyphs that it uses.

use krilla::configure::{ConfigurationBuilder, PdfVersion};
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};

use super::tree;
use crate::report::figure::{FigureError, Font};

/// Makes a PDF 1.5, which every LaTeX takes without a warning; the same bytes from the same SVG.
///
/// # Errors
/// An SVG that cannot be rendered.
pub fn pdf(svg: &str, font: Font, (width, height): (f64, f64), title: &str) -> Result<Vec<u8>, FigureError> {
    let refused = |reason: &str| FigureError::Render(reason.to_owned());
    let tree = tree::read(svg, font)?;
    let (width, height) = (width as f32, height as f32);
    let page = PageSettings::from_wh(width, height).ok_or_else(|| refused("a page without a size"))?;
    let size = Size::from_wh(width, height).ok_or_else(|| refused("a page without a size"))?;
    let configuration = ConfigurationBuilder::new().with_version(PdfVersion::Pdf15).finish();
    let configuration = configuration.map_err(|error| refused(&format!("{error:?}")))?;
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(Metadata::new().title(title.to_owned()).creator("Placebo".to_owned()));
    let mut page = document.start_page_with(page);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| refused("the drawing has parts that PDF has not"))?;
    document.finish().map_err(|error| refused(&format!("{error:?}")))
}
