//! Parts that several pages are made of.

mod basic;
mod button;
mod chart;
mod diff;
mod form;
mod over;

pub use basic::{
    caption, card, empty, ghost, header, list_width, meter, prose, section, state_chip, swatch, wide_card,
};
pub use button::{command, link, named, plain, primary, rail_button, small};
pub use chart::{CurvesShown, bars, curves, figure, lines, scatter, slope, tall};
pub use diff::prompt;
pub use form::{choice, float, list, number, path, row, text, toggle};
pub use over::{drop_hint, palette};
