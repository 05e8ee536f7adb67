//! The resolved figure before it has a page: axes, marks and legend of every panel.

use super::cast::Cast;
use super::charts;
use super::mark::{Entry, Mark};
use super::scale::Scale;
use super::{FigureData, FigureError, FigureSpec};

/// What a spec makes of data.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Above everything.
    pub title: Option<String>,
    /// In reading order.
    pub plots: Vec<Plot>,
    /// One for all panels.
    pub legend: Vec<Entry>,
}

/// One pair of axes with what is drawn on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Above the axes; empty for none.
    pub title: String,
    /// The axis of sizes, steps or names.
    pub across: Axis,
    /// The axis of values.
    pub up: Axis,
    /// From back to front.
    pub marks: Vec<Mark>,
    /// What the page may or must do with the axes.
    pub shape: Shape,
}

/// What the page may or must do with a pair of axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// As wide and high as there is room.
    Free,
    /// With names to the left and values to the right, where names need the room; a name's place is then at least so
    /// many times as high as text.
    MayTurn(f64),
    /// Both axes equally long.
    Square,
    /// A grid of cells: rows as high as their names need.
    Grid,
}

/// One axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What it measures; empty for none.
    pub label: String,
    /// Its numbers.
    pub scale: Scale,
    /// What stands at its ticks.
    pub ticks: Ticks,
}

/// What stands along an axis.
#[derive(Debug, Clone, PartialEq)]
pub enum Ticks {
    /// Round numbers, as many as there is room for.
    Round,
    /// Just these numbers, as far as there is room.
    At(Vec<f64>),
    /// Names at 0, 1, 2 and so on.
    Names(Vec<String>),
}

impl Chart {
    /// Resolves a spec and settled data.
    ///
    /// # Errors
    /// Data without anything that the kind shows.
    pub fn resolve(spec: &FigureSpec, data: &FigureData) -> Result<Self, FigureError> {
        let cast = Cast::of(spec, data);
        let plots: Vec<_> = data.panels.iter().filter_map(|panel| charts::plot(&cast.scene(spec, panel))).collect();
        if plots.is_empty() {
            let reason = "the data hold no such numbers".to_owned();
            return Err(FigureError::Nothing { kind: spec.kind, reason });
        }
        Ok(Self { title: spec.title.clone(), legend: charts::legend(spec, data, &cast), plots })
    }
}

impl Plot {
    /// Whether the axis across holds names.
    pub fn has_names_across(&self) -> bool {
        matches!(self.across.ticks, Ticks::Names(_))
    }
}

impl Axis {
    /// An axis of names.
    pub fn of_names(label: String, names: Vec<String>) -> Self {
        Self { label, scale: Scale::names(names.len()), ticks: Ticks::Names(names) }
    }
}
