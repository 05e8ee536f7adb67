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

/// Columns of text under a heading: the first is aligned left, the others right.
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
        let widths = self.widths();
        let lines = self.rows.iter().map(|row| render_row(row, &widths));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows[0].len();
        let width = |c: usize| self.rows.iter().filter_map(|row| row.get(c)).map(|cell| cell.chars().count()).max();
        (0..columns).map(|c| width(c).unwrap_or(0)).collect()
    }
}

fn render_row(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, &width))| match column {
        0 => format!("{cell:<width$}"),
        _ => format!("{cell:>width$}"),
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_characters() {
        let mut table = Table::new(&["task", "labels"]);
        table.push(vec!["é".into(), "12".into()]);
        assert_eq!(table.render(), "task  labels\né         12");
    }
}
