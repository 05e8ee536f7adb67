//! Standard output: text lines, JSON and aligned tables, for readers who may close the pipe early.

use serde::Serialize;
use std::io::{ErrorKind, Write};

/// Writes one line; a reader that has gone away (`placebo tasks … | head`) is no error.
///
/// # Errors
/// When standard output cannot be written, such as a file on a full disk.
pub fn line(text: impl AsRef<str>) -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(format!("{}\n", text.as_ref()).as_bytes()).and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes one value as one line of JSON.
///
/// # Errors
/// When standard output cannot be written.
pub fn json(value: &impl Serialize) -> std::io::Result<()> {
    line(serde_json::to_string(value)?)
}

/// Columns of text under a heading; columns of numbers are aligned right.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with its heading only.
    pub fn new(heading: &[&str]) -> Self {
        Self { rows: vec![heading.iter().map(ToString::to_string).collect()] }
    }

    /// Adds a row, which has as many cells as the heading.
    pub fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// The table as text, two blanks between columns, without a newline at its end.
    pub fn render(&self) -> String {
        let columns: Vec<_> = (0..self.rows[0].len()).map(|index| self.column(index)).collect();
        let lines = self.rows.iter().map(|row| render_row(row, &columns));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn column(&self, index: usize) -> Column {
        let cells = || self.rows.iter().map(|row| row[index].as_str());
        let is_number = |cell: &str| cell == "-" || cell.parse::<f64>().is_ok();
        let width = cells().map(|cell| cell.chars().count()).max().unwrap_or(0);
        Column { width, of_numbers: cells().skip(1).all(is_number) }
    }
}

/// How the cells of a column are laid out.
struct Column {
    width: usize,
    of_numbers: bool,
}

fn render_row(row: &[String], columns: &[Column]) -> String {
    let cells = row.iter().zip(columns).map(|(cell, &Column { width, of_numbers })| match of_numbers {
        true => format!("{cell:>width$}"),
        false => format!("{cell:<width$}"),
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_aligned_right_and_names_left() {
        let mut table = Table::new(&["task", "kind", "labels"]);
        table.push(["é", "generation", "-"].map(String::from).into());
        table.push(["size", "order", "12"].map(String::from).into());
        assert_eq!(table.render(), "task  kind        labels\né     generation       -\nsize  order           12");
    }
}
