//! The page: where everything stands, so that no text leaves it and no two labels meet.

mod axes;
mod frame;
mod grid;
mod inside;
mod key;
mod labels;
mod legend;
mod marks;
mod panel;
mod shapes;

pub use frame::Frame;
pub use grid::{Laid, Placed};
pub use labels::{Label, Labels};
pub use panel::{Heading, Margins, Panel};

pub(super) use grid::lay_out;
