//! How a product is cut: into tasks that threads share, and tasks into tiles.

use super::Threads;
use rayon::prelude::*;
use std::ops::Range;

/// Rows of a tile: with 32 columns, 28 of AVX-512's 32 registers hold sums.
pub const ROWS: usize = 14;

/// Columns of a tile.
pub const COLS: usize = 32;

/// Items that a row of a left operand has in one line of the cache.
pub const LINE: usize = 16;

/// Room of a tile's rows of so many items, whole lines of them.
pub fn left_panel(items: usize) -> usize {
    items.next_multiple_of(LINE) * ROWS
}

/// Rows and columns of a task, whose panels stay in the second cache.
const TASK: (usize, usize) = (8 * ROWS, 16 * COLS);

/// Multiplications below which a second thread costs more than it saves.
const ALONE: usize = 1 << 18;

impl Threads {
    /// As many as a product of so many multiplications is worth.
    pub fn worth(self, multiplications: usize) -> Self {
        if multiplications < ALONE { Self::One } else { self }
    }

    /// Calls `work` with the rows and columns of each tile; what it does with them may go on side by side.
    pub fn each_tile(self, rows: usize, columns: usize, work: impl Fn(Range<usize>, Range<usize>) + Sync) {
        let width = match self {
            Self::One => TASK.1,
            // Of few rows, too, there is something for every thread.
            Self::All => columns.div_ceil(2 * rayon::current_num_threads()).next_multiple_of(COLS).min(TASK.1),
        };
        let of_rows = |rows: Range<usize>| pieces(0..columns, width).map(move |columns| (rows.clone(), columns));
        let tasks = pieces(0..rows, TASK.0).flat_map(of_rows);
        // Tiles of the same columns one after another, so that their panel is read from the first cache.
        let tiles = |(rows, columns): (Range<usize>, Range<usize>)| {
            for columns in pieces(columns, COLS) {
                pieces(rows.clone(), ROWS).for_each(|rows| work(rows, columns.clone()));
            }
        };
        match self {
            Self::One => tasks.for_each(tiles),
            Self::All => tasks.collect::<Vec<_>>().into_par_iter().for_each(tiles),
        }
    }
}

/// A range in pieces of so many, the last with what is left.
pub fn pieces(range: Range<usize>, piece: usize) -> impl Iterator<Item = Range<usize>> {
    range.clone().step_by(piece).map(move |start| start..range.end.min(start + piece))
}
