//! The legend: entries in even columns, shrunk and wrapped where they must be.

use super::key;
use super::labels::block_height;
use crate::report::figure::canvas::{Anchor, Canvas, Text};
use crate::report::figure::geometry::{Place, Rect};
use crate::report::figure::mark::Entry;
use crate::report::figure::style::Style;
use crate::report::figure::typeface::CAP_HEIGHT;

/// Lines that an entry may take.
const MOST_LINES: usize = 4;

/// A legend whose size is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Legend {
    rows: Vec<Vec<Cell>>,
    columns: Vec<f64>,
    key: f64,
    size: f64,
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
    /// Entries that had to be cut.
    pub cut: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Cell {
    entry: Entry,
    lines: Vec<String>,
}

impl Legend {
    /// A legend at most `width` wide; smaller text is used only where it would be higher than `height` otherwise.
    pub fn fit(style: &Style, entries: &[Entry], width: f64, height: f64) -> Option<Self> {
        let fitted: Vec<_> = style.sizes(style.text).into_iter().map(|size| Self::of_size(style, entries, size, width)).collect();
        let first = fitted.iter().find(|legend| legend.height <= height).cloned();
        first.or_else(|| fitted.into_iter().last()).filter(|_| !entries.is_empty())
    }

    /// As many columns as fit without a wrapped entry, though no more than make rows equally long; one if none do.
    fn of_size(style: &Style, entries: &[Entry], size: f64, width: f64) -> Self {
        let most = entries.len().clamp(1, 6);
        let fits = |columns: &usize| {
            let legend = Self::in_columns(style, entries, size, (*columns, f64::INFINITY));
            legend.width <= width
        };
        let columns = (1..=most).rev().find(fits).unwrap_or(1);
        let rows = entries.len().div_ceil(columns).max(1);
        Self::in_columns(style, entries, size, (entries.len().div_ceil(rows), width))
    }

    fn in_columns(style: &Style, entries: &[Entry], size: f64, (columns, width): (usize, f64)) -> Self {
        let key = entries.iter().map(|entry| key::width(style, &entry.key, size)).fold(0.0, f64::max);
        let beside = key + 0.45 * size;
        let mut cut = Vec::new();
        let mut cell = |entry: &Entry| {
            let wrapped = style.typeface.wrap(&entry.text, size, if columns == 1 { width - beside } else { f64::MAX });
            if wrapped.lines.len() > MOST_LINES {
                cut.push(entry.text.clone());
            }
            Cell { entry: entry.clone(), lines: wrapped.at_most(MOST_LINES).lines }
        };
        let cells: Vec<_> = entries.iter().map(&mut cell).collect();
        let rows: Vec<_> = cells.chunks(columns.max(1)).map(<[Cell]>::to_vec).collect();
        let widest = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            beside + cells.map(|cell| style.typeface.widest(&cell.lines, size)).fold(0.0, f64::max)
        };
        let columns: Vec<f64> = (0..columns).map(widest).collect();
        let width = columns.iter().sum::<f64>() + (columns.len().max(1) - 1) as f64 * column_gap(size);
        let heights = rows.iter().map(|row| row_height(row, size)).sum::<f64>();
        let height = heights + (rows.len().max(1) - 1) as f64 * row_gap(size);
        Self { rows, columns, key, size, width, height, cut }
    }

    /// Draws the legend with its top left corner at a place.
    pub fn draw(&self, canvas: &mut Canvas, style: &Style, corner: Place) {
        let mut y = corner.y;
        for row in &self.rows {
            let mut x = corner.x;
            for (cell, width) in row.iter().zip(&self.columns) {
                self.draw_cell(canvas, style, cell, Place::new(x, y));
                x += width + column_gap(self.size);
            }
            y += row_height(row, self.size) + row_gap(self.size);
        }
    }

    fn draw_cell(&self, canvas: &mut Canvas, style: &Style, cell: &Cell, corner: Place) {
        let own = key::width(style, &cell.entry.key, self.size);
        let height = CAP_HEIGHT * self.size;
        let area = Rect { x: corner.x + (self.key - own) / 2.0, y: corner.y, width: own, height };
        key::draw(canvas, style, &cell.entry.key, area);
        for (line, text) in cell.lines.iter().enumerate() {
            let y = corner.y + CAP_HEIGHT * self.size + Style::line(self.size) * line as f64;
            let at = Place::new(corner.x + self.key + 0.45 * self.size, y);
            canvas.text(Text::new(at, Anchor::Start, self.size, text));
        }
    }
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
