//! The files of a figure: SVG, and from it PDF and PNG; the numbers as CSV and JSON; pgfplots for LaTeX.

pub mod csv;
mod family;
pub mod json;
mod raster;
mod svg;
pub mod tex;
pub mod tree;
mod vector;

pub use family::Files;
pub use raster::png;
pub use svg::write as svg;
pub use vector::pdf;
