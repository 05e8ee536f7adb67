//! A frame: the rectangle between the axes, and where numbers lie in it.

use crate::report::figure::chart::Plot;
use crate::report::figure::geometry::{Place, Rect};
use crate::report::figure::scale::Scale;

/// The rectangle between two axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// On the page.
    pub area: Rect,
    across: Scale,
    up: Scale,
    /// Whether the axis of names runs down the left side and values to the right.
    pub turned: bool,
}

impl Frame {
    /// The frame of a plot.
    pub fn new(plot: &Plot, area: Rect, turned: bool) -> Self {
        Self { area, across: plot.across.scale, up: plot.up.scale, turned }
    }

    /// Where a place across and a value lie on the page.
    pub fn place(&self, across: f64, up: f64) -> Place {
        let (across, up) = (self.across.share(across), self.up.share(up));
        match self.turned {
            false => Place::new(self.area.x + across * self.area.width, self.area.bottom() - up * self.area.height),
            true => Place::new(self.area.x + up * self.area.width, self.area.y + across * self.area.height),
        }
    }

    /// The rectangle between two places across and two values.
    pub fn rect(&self, across: (f64, f64), up: (f64, f64)) -> Rect {
        Rect::around(self.place(across.0, up.0), self.place(across.1, up.1))
    }

    /// A value moved into the range of its axis.
    pub fn clamped(&self, up: f64) -> f64 {
        up.clamp(self.up.from.min(self.up.to), self.up.from.max(self.up.to))
    }

    /// Whether a place across and a value lie within the axes.
    pub fn contains(&self, across: f64, up: f64) -> bool {
        self.across.contains(across) && self.up.contains(up)
    }
}
