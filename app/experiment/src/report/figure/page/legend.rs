//! The legend: entries in even columns, shrunk and wrapped where they must be.

use super::key;
use super::labels::block_height;
use crate::report::figure::canvas::{Anchor, Canvas, Text};
use crate::report::figure::geometry::{Place, Rect};
use crate::report::figure::mark::{DotStyle, Entry, Key};
use crate::report::figure::style::Style;
use crate::report::figure::typeface::CAP_HEIGHT;

/// Between a sign and its text, as a share of the text's size.
const KEY_GAP: f64 = 0.45;
/// Lines that an entry may take.
const MOST_LINES: usize = 4;

/// A legend whose size is known: conditions in one block, references in another below.
#[derive(Debug, Clone, PartialEq)]
pub struct Legend {
    blocks: Vec<Block>,
    size: f64,
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
    /// Entries that had to be cut.
    pub cut: Vec<String>,
}

/// Entries in even columns.
#[derive(Debug, Clone, PartialEq)]
struct Block {
    rows: Vec<Vec<Cell>>,
    columns: Vec<f64>,
    key: f64,
}

#[derive(Debug, Clone, PartialEq)]
struct Cell {
    entry: Entry,
    lines: Vec<String>,
    is_cut: bool,
}

impl Legend {
    /// A legend at most `width` wide; smaller text is used only where it would be higher than `height` otherwise.
    pub fn fit(style: &Style, entries: &[Entry], width: f64, height: f64) -> Option<Self> {
        let fitted: Vec<_> =
            style.sizes(style.text).into_iter().map(|size| Self::of_size(style, entries, size, width)).collect();
        let first = fitted.iter().find(|legend| legend.height <= height).cloned();
        first.or_else(|| fitted.into_iter().last()).filter(|_| !entries.is_empty())
    }

    fn of_size(style: &Style, entries: &[Entry], size: f64, width: f64) -> Self {
        let (references, conditions): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| is_reference(entry));
        let blocks = [conditions, references].into_iter().filter(|entries| !entries.is_empty());
        let blocks: Vec<_> = blocks.map(|entries| Block::of_size(style, &entries, size, width)).collect();
        let height = blocks.iter().map(|block| block.height(size)).sum::<f64>();
        let cells = blocks.iter().flat_map(|block| block.rows.iter().flatten());
        Self {
            size,
            width: blocks.iter().map(|block| block.width(size)).fold(0.0, f64::max),
            height: height + (blocks.len().max(1) - 1) as f64 * row_gap(size),
            cut: cells.filter(|cell| cell.is_cut).map(|cell| cell.entry.text.clone()).collect(),
            blocks,
        }
    }

    /// Draws the legend with its top left corner at a place.
    pub fn draw(&self, canvas: &mut Canvas, style: &Style, corner: Place) {
        let mut y = corner.y;
        for block in &self.blocks {
            for row in &block.rows {
                let mut x = corner.x;
                for (cell, width) in row.iter().zip(&block.columns) {
                    cell.draw(canvas, style, Place::new(x, y), (block.key, self.size));
                    x += width + column_gap(self.size);
                }
                y += row_height(row, self.size) + row_gap(self.size);
            }
        }
    }
}

impl Block {
    /// As many columns as fit without a wrapped entry, though no more than make rows equally long; one if none do.
    fn of_size(style: &Style, entries: &[&Entry], size: f64, width: f64) -> Self {
        let most = entries.len().clamp(1, 6);
        let fits = |columns: &usize| Self::in_columns(style, entries, size, (*columns, f64::MAX)).width(size) <= width;
        let columns = (1..=most).rev().find(fits).unwrap_or(1);
        let rows = entries.len().div_ceil(columns).max(1);
        Self::in_columns(style, entries, size, (entries.len().div_ceil(rows), width))
    }

    fn in_columns(style: &Style, entries: &[&Entry], size: f64, (columns, width): (usize, f64)) -> Self {
        let key = entries.iter().map(|entry| key::width(style, &entry.key, size)).fold(0.0, f64::max);
        let beside = key + KEY_GAP * size;
        let room = if columns == 1 { width - beside } else { f64::MAX };
        let cells: Vec<_> = entries.iter().map(|entry| Cell::fit(style, entry, size, room)).collect();
        let rows: Vec<_> = cells.chunks(columns.max(1)).map(<[Cell]>::to_vec).collect();
        let widest = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            beside + cells.map(|cell| style.typeface.widest(&cell.lines, size)).fold(0.0, f64::max)
        };
        Self { columns: (0..columns).map(widest).collect(), rows, key }
    }

    fn width(&self, size: f64) -> f64 {
        self.columns.iter().sum::<f64>() + (self.columns.len().max(1) - 1) as f64 * column_gap(size)
    }

    fn height(&self, size: f64) -> f64 {
        let rows = self.rows.iter().map(|row| row_height(row, size)).sum::<f64>();
        rows + (self.rows.len().max(1) - 1) as f64 * row_gap(size)
    }
}

impl Cell {
    fn fit(style: &Style, entry: &Entry, size: f64, width: f64) -> Self {
        let wrapped = style.typeface.wrap(&entry.text, size, width);
        let is_cut = wrapped.lines.len() > MOST_LINES;
        Self { entry: entry.clone(), lines: wrapped.at_most(MOST_LINES).lines, is_cut }
    }

    fn draw(&self, canvas: &mut Canvas, style: &Style, corner: Place, (key, size): (f64, f64)) {
        let own = key::width(style, &self.entry.key, size);
        let height = CAP_HEIGHT * size;
        let area = Rect { x: corner.x + (key - own) / 2.0, y: corner.y, width: own, height };
        key::draw(canvas, style, &self.entry.key, area);
        for (line, text) in self.lines.iter().enumerate() {
            let y = corner.y + CAP_HEIGHT * size + Style::line(size) * line as f64;
            let at = Place::new(corner.x + key + KEY_GAP * size, y);
            canvas.text(Text::new(at, Anchor::Start, size, text));
        }
    }
}

/// Whether an entry is no condition but something to compare them with.
fn is_reference(entry: &Entry) -> bool {
    matches!(entry.key, Key::Level(..) | Key::Dot(_, DotStyle::Hollow))
}

fn column_gap(size: f64) -> f64 {
    1.3 * size
}

fn row_gap(size: f64) -> f64 {
    0.3 * size
}

fn row_height(row: &[Cell], size: f64) -> f64 {
    block_height(row.iter().map(|cell| cell.lines.len()).max().unwrap_or(1), size)
}
