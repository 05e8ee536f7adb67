//! The comparison as Markdown tables, notes below.

use super::Comparison;
use super::table::Table;

/// Lays the comparison out in GitHub's dialect.
pub fn write(comparison: &Comparison) -> String {
    let mut markdown = laid_out(&Table::of(comparison));
    if let Some(differences) = Table::of_differences(comparison) {
        markdown.push_str(&format!("\n{}", laid_out(&differences)));
    }
    for note in comparison.notes() {
        markdown.push_str(&format!("\n{}\n", escaped(&note)));
    }
    markdown
}

fn laid_out(table: &Table) -> String {
    let rules = (0..table.header.len()).map(|column| if column < table.names { "---" } else { "---:" });
    let mut markdown = line(&table.header);
    markdown.push_str(&line(&rules.map(str::to_owned).collect::<Vec<_>>()));
    for row in &table.rows {
        markdown.push_str(&line(row));
    }
    markdown
}

fn line(texts: &[String]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| escaped(text.trim_end())).collect();
    format!("| {} |\n", texts.join(" | "))
}

/// A bar or a line break in a condition's name would break the table.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
