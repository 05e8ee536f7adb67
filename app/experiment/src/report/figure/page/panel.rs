//! One panel: how much room its labels need, and where its frame lies.

use super::frame::Frame;
use super::labels::{Labels, block_height};
use crate::report::figure::chart::{Axis, Plot, Shape, Ticks};
use crate::report::figure::geometry::Rect;
use crate::report::figure::mark::Mark;
use crate::report::figure::style::Style;
use crate::report::figure::typeface::CAP_HEIGHT;

/// A panel whose labels are laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Labels of the horizontal axis.
    pub below: Labels,
    /// Labels of the vertical axis.
    pub beside: Labels,
    /// The label of the horizontal axis.
    pub across_label: Heading,
    /// The label of the vertical axis.
    pub up_label: Heading,
    /// The panel's title.
    pub title: Heading,
    /// Room around the frame.
    pub margins: Margins,
    /// Size of the frame.
    pub frame: (f64, f64),
    /// Whether names run down the left side.
    pub turned: bool,
}

/// Room around a frame, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Margins {
    /// For labels of the vertical axis.
    pub left: f64,
    /// For labels that stand out.
    pub right: f64,
    /// For the title.
    pub top: f64,
    /// For labels of the horizontal axis.
    pub bottom: f64,
}

/// A label or title in lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heading {
    /// Its lines; none for no label.
    pub lines: Vec<String>,
    /// Size of the text in points.
    pub size: f64,
}

/// Room that a panel is given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Width of the panel with its labels.
    pub width: f64,
    /// Height of the frame; as high as the kind looks best otherwise.
    pub height: Option<f64>,
    /// Whether names run down the left side.
    pub turned: bool,
}

/// Between an axis' label and its ticks, as a share of the label's size.
pub const HEADING_GAP: f64 = 0.55;
/// Share of a panel that names beside its frame may take.
const NAMES: f64 = 0.42;

impl Heading {
    /// A text in at most three lines of this width, shrunk where a word is wider.
    pub fn fit(style: &Style, text: &str, width: f64, bold: bool) -> Self {
        // The bold face is up to a tenth wider.
        let width = if bold { width * 0.9 } else { width };
        let fits = |size: &f64| {
            let wrapped = style.typeface.wrap(text, *size, width);
            !wrapped.broke_a_word && wrapped.lines.len() <= 3
        };
        let size = style.sizes(style.text).into_iter().find(fits).unwrap_or(style.smallest);
        Self { lines: style.typeface.wrap(text, size, width).at_most(3).lines, size }
    }

    /// Room that it takes, with the gap to what it belongs to.
    pub fn room(&self) -> f64 {
        if self.lines.is_empty() { 0.0 } else { block_height(self.lines.len(), self.size) + HEADING_GAP * self.size }
    }
}

impl Panel {
    /// Lays out a panel's labels.
    pub fn of(style: &Style, plot: &Plot, room: Room) -> Self {
        let mut panel = if room.turned { Self::turned(style, plot, room) } else { Self::upright(style, plot, room) };
        panel.title = Heading::fit(style, &plot.title, room.width, true);
        panel.margins.top = match panel.title.lines.len() {
            // The topmost tick label stands out by half its height.
            0 => 0.5 * style.small,
            _ => panel.title.room() + 0.15 * style.text,
        };
        panel
    }

    fn upright(style: &Style, plot: &Plot, room: Room) -> Self {
        let mut height = room.height.unwrap_or_else(|| (0.6 * room.width).clamp(style.em(12.0), style.em(20.0)));
        let mut beside = Labels::numbers_beside(style, &plot.up, height);
        if plot.shape == Shape::Grid {
            beside = Labels::beside(style, &plot.up, NAMES * room.width, None);
            height = room.height.unwrap_or(0.0).max(beside.labels.len() as f64 * row_height(style, &beside));
        }
        let up_label = Heading::fit(style, &plot.up.label, height, false);
        let left = up_label.room() + beside.depth + tick_room(style, &plot.up);
        let mut panel = Self {
            below: Labels::default(),
            beside,
            across_label: Heading::default(),
            up_label,
            title: Heading::default(),
            // A hollow mark at the end of a level stands out by half.
            margins: Margins { left, right: style.em(0.4), ..Margins::default() },
            frame: (room.width - left, height),
            turned: false,
        };
        panel.lay_out_below(style, plot, room);
        panel
    }

    /// Labels below may stand out to both sides, which makes the frame narrower, which may change the labels.
    fn lay_out_below(&mut self, style: &Style, plot: &Plot, room: Room) {
        for _ in 0..3 {
            self.fit_frame(style, plot, room);
            self.below = Labels::below(style, &plot.across, self.frame.0, 0.3 * room.width + style.em(8.0));
            let (before, after) = self.below.overhang(style, self.frame.0);
            self.margins.left = self.margins.left.max(before);
            self.margins.right = self.margins.right.max(after);
        }
        self.fit_frame(style, plot, room);
        self.across_label = Heading::fit(style, &plot.across.label, self.frame.0, false);
        self.margins.bottom = tick_room(style, &plot.across) + self.below.depth + self.across_label.room();
    }

    fn fit_frame(&mut self, style: &Style, plot: &Plot, room: Room) {
        let width = room.width - self.margins.left - self.margins.right;
        self.frame.0 = width.max(style.em(3.0));
        if plot.shape == Shape::Square {
            let side = self.frame.0.min(room.height.unwrap_or_else(|| style.em(22.0)));
            self.frame = (side, side);
        }
    }

    fn turned(style: &Style, plot: &Plot, room: Room) -> Self {
        let Shape::MayTurn(lanes) = plot.shape else { return Self::upright(style, plot, room) };
        let beside = Labels::beside(style, &plot.across, NAMES * room.width, None);
        let place = row_height(style, &beside).max(style.em(lanes));
        let height = room.height.unwrap_or(0.0).max(place * beside.labels.len() as f64);
        let across_label = Heading::fit(style, &plot.across.label, height, false);
        let left = across_label.room() + beside.depth + tick_room(style, &plot.across);
        let width = room.width - left;
        let below = Labels::below(style, &plot.up, width, height);
        let right = below.overhang(style, width).1.max(style.em(0.4)).max(values_room(style, plot, width));
        let below = Labels::below(style, &plot.up, width - right, height);
        let up_label = Heading::fit(style, &plot.up.label, width - right, false);
        let bottom = tick_room(style, &plot.up) + below.depth + up_label.room();
        Self {
            below,
            beside,
            across_label: up_label,
            up_label: across_label,
            title: Heading::default(),
            margins: Margins { left, right, top: 0.0, bottom },
            frame: (width - right, height),
            turned: true,
        }
    }

    /// Lays the panel out anew with margins at least as wide as these, so that frames stand in line.
    pub fn widen(&mut self, style: &Style, plot: &Plot, room: Room, (left, right): (f64, f64)) {
        let (top, title) = (self.margins.top, std::mem::take(&mut self.title));
        self.margins = Margins { left, right, ..self.margins };
        if self.turned {
            self.frame = (room.width - left - right, self.frame.1.max(room.height.unwrap_or(0.0)));
            self.below = Labels::below(style, &plot.up, self.frame.0, self.frame.1);
        } else {
            self.lay_out_below(style, plot, room);
        }
        (self.margins.top, self.title) = (top, title);
    }

    /// The panel's frame, with the panel's left edge at `x` and the frame's top at `y`.
    pub fn frame_at(&self, plot: &Plot, x: f64, y: f64) -> Frame {
        let (width, height) = self.frame;
        Frame::new(plot, Rect { x: x + self.margins.left, y, width, height }, self.turned)
    }
}

/// How far the numbers beside turned bars stand out of a frame of this width.
fn values_room(style: &Style, plot: &Plot, width: f64) -> f64 {
    let room = |mark: &Mark| match mark {
        Mark::Value { at, text } => {
            let text = style.typeface.width(text, style.small, false) + style.em(0.4);
            // The frame is narrowed by what is reserved, and the bar's end moves with it.
            let share = plot.up.scale.share(at.1).clamp(0.05, 1.0);
            (text - (1.0 - share) * width) / share
        }
        _ => 0.0,
    };
    plot.marks.iter().map(room).fold(0.0, f64::max)
}

/// Height of a row of names beside a frame.
fn row_height(style: &Style, beside: &Labels) -> f64 {
    (beside.tallest() + style.em(0.45)).max(style.em(1.6))
}

/// Room between an axis and its labels: numbers have ticks, names have none.
pub fn tick_room(style: &Style, axis: &Axis) -> f64 {
    match axis.ticks {
        Ticks::Names(_) => style.em(0.4),
        _ => style.em(0.62),
    }
}

/// Length of a tick.
pub fn tick_length(style: &Style) -> f64 {
    style.em(0.28)
}

/// From the middle of a line of text to its base line.
pub fn half_capital(size: f64) -> f64 {
    CAP_HEIGHT * size / 2.0
}
