//! A sheet in GitHub's Markdown.

use super::{Line, Mark, Printed, PrintedSpread, Sheet};

/// Writes the table, its caption below.
pub fn write(sheet: &Sheet) -> String {
    let header = sheet.headings.iter().map(|heading| format!("{} {}", heading.tasks, heading.metric));
    let header: Vec<_> = sheet.names.iter().map(|name| (*name).to_owned()).chain(header).collect();
    let rules = header.iter().map(|name| if sheet.is_words(name) { "---" } else { "---:" }.to_owned());
    let mut markdown = row(header.iter().map(|text| escaped(text)));
    markdown.push_str(&row(rules));
    for line in sheet.blocks.iter().flatten() {
        markdown.push_str(&row(texts(line)));
    }
    format!("{markdown}\n{}\n", escaped(&sheet.caption.join(" ")))
}

fn row(texts: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", texts.collect::<Vec<_>>().join(" | "))
}

fn texts(line: &Line) -> impl Iterator<Item = String> {
    let names = line.names.iter().map(|name| escaped(name));
    names.chain(line.cells.iter().map(|cell| cell.as_ref().map_or_else(|| "–".to_owned(), number)))
}

fn number(printed: &Printed) -> String {
    let mean = if printed.is_best { format!("**{}**", printed.mean) } else { printed.mean.clone() };
    let spread = match &printed.spread {
        None => String::new(),
        Some(PrintedSpread::Deviation(deviation)) => format!(" ± {deviation}"),
        Some(PrintedSpread::Interval(low, high)) => format!(" \\[{low}, {high}\\]"),
    };
    let mark = match printed.mark {
        None => "",
        Some(Mark::Differs) => " \\*",
        Some(Mark::Equivalent) => " ≈",
    };
    format!("{mean}{spread}{mark}")
}

/// Text that Markdown takes literally, on one line and in one cell.
pub fn escaped(text: &str) -> String {
    let letter = |letter: char| match letter {
        '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '~' | '&' => format!("\\{letter}"),
        letter if letter.is_control() => " ".to_owned(),
        letter => letter.to_string(),
    };
    text.chars().map(letter).collect()
}
