//! The comparison for a terminal: aligned columns, notes below.

use super::Comparison;
use super::table::Table;

/// Between two columns.
const GAP: &str = "  ";

/// Lays the comparison out in columns as wide as their widest text.
pub fn write(comparison: &Comparison) -> String {
    let mut text = laid_out(&Table::of(comparison));
    if let Some(differences) = Table::of_differences(comparison) {
        text.push_str(&format!("\n{}", laid_out(&differences)));
    }
    for note in comparison.notes() {
        text.push_str(&format!("\n{note}\n"));
    }
    text
}

fn laid_out(table: &Table) -> String {
    let widths = widths(table);
    let mut text = line(&table.header, &widths, table.names);
    text.push_str(&format!("{}\n", widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join(GAP)));
    for row in &table.rows {
        text.push_str(&line(row, &widths, table.names));
    }
    text
}

fn widths(table: &Table) -> Vec<usize> {
    let width = |column: usize| table.rows.iter().chain([&table.header]).map(|row| row[column].chars().count()).max();
    (0..table.header.len()).map(|column| width(column).unwrap_or(0)).collect()
}

fn line(texts: &[String], widths: &[usize], names: usize) -> String {
    let padded = texts.iter().zip(widths).enumerate().map(|(column, (text, width))| {
        if column < names { format!("{text:<width$}") } else { format!("{text:>width$}") }
    });
    format!("{}\n", padded.collect::<Vec<_>>().join(GAP).trim_end())
}
