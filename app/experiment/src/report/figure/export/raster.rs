//! The figure as PNG, for slides and word processors.

use resvg::tiny_skia::{Pixmap, Transform};

use super::tree;
use crate::report::figure::unit::INCH;
use crate::report::figure::{FigureError, Font};

/// Pixels of a metre at a dot per inch.
const PER_METRE: f64 = 1.0 / 0.0254;

/// Draws the figure with `dpi` pixels per inch, which the file says, so that programs show it in its true size.
///
/// # Errors
/// An SVG that cannot be rendered.
pub fn png(svg: &str, font: Font, (width, height): (f64, f64), dpi: u32) -> Result<Vec<u8>, FigureError> {
    let tree = tree::read(svg, font)?;
    let pixels = |points: f64| (points / INCH * f64::from(dpi)).round().max(1.0) as u32;
    let too_large = || FigureError::Render(format!("too many pixels at {dpi} dpi"));
    let mut pixmap = Pixmap::new(pixels(width), pixels(height)).ok_or_else(too_large)?;
    let scale = |pixels: u32, size: f32| pixels as f32 / size;
    let (across, down) = (scale(pixmap.width(), tree.size().width()), scale(pixmap.height(), tree.size().height()));
    resvg::render(&tree, Transform::from_scale(across, down), &mut pixmap.as_mut());
    encode(&pixmap, dpi).map_err(|error| FigureError::Render(error.to_string()))
}

fn encode(pixmap: &Pixmap, dpi: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let density = (f64::from(dpi) * PER_METRE).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: density, yppu: density, unit: png::Unit::Meter }));
    // The page is white and opaque everywhere, so its transparency says nothing.
    let opaque: Vec<u8> = pixmap.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&opaque)?;
    writer.finish()?;
    Ok(file)
}
