//! LaTeX: a sheet as a table with booktabs, ready to be put into a paper.

mod escape;
#[cfg(test)]
pub(crate) mod tests;

pub use escape::{code, escaped};

use super::sheet::{Heading, Line, Mark, Printed, PrintedSpread, Sheet};

/// Characters that a column of a two-column paper holds in small type.
const COLUMN_WIDTH: usize = 48;
/// Longer names are broken into lines.
const LONGEST_NAME: usize = 28;

/// Writes the table; it needs the package `booktabs` and nothing else.
pub fn write(sheet: &Sheet) -> String {
    let environment = if width(sheet) > COLUMN_WIDTH { "table*" } else { "table" };
    let body = [
        format!("\\begin{{{environment}}}[t]\n\\centering\n\\small\n\\setlength{{\\tabcolsep}}{{4pt}}\n"),
        format!("\\begin{{tabular}}{{@{{}}{}@{{}}}}\n\\toprule\n", columns(sheet)),
        header(sheet),
        sheet.blocks.iter().map(|block| format!("\\midrule\n{}", lines(block))).collect(),
        "\\bottomrule\n\\end{tabular}\n".to_owned(),
        format!("\\caption{{{}}}\n\\label{{{}}}\n", escaped(&sheet.caption.join(" ")), sheet.label),
        format!("\\end{{{environment}}}\n"),
    ]
    .concat();
    format!("{}{body}", requirements(&body))
}

/// What the table needs, as comments.
fn requirements(table: &str) -> String {
    let more = if escape::is_beyond_pdflatex(table) { "% Some of its letters need XeLaTeX or LuaLaTeX.\n" } else { "" };
    format!("% Needs \\usepackage{{booktabs}}.\n{more}")
}

/// Names to the left, means to the right, so that their points stand below each other, and what follows them left.
fn columns(sheet: &Sheet) -> String {
    let names = sheet.names.iter().enumerate().map(|(column, name)| match sheet.is_words(name) {
        false => "r".to_owned(),
        true if name_width(sheet, column) > LONGEST_NAME => format!("p{{{}em}}", LONGEST_NAME * 3 / 7),
        true => "l".to_owned(),
    });
    names.chain(sheet.headings.iter().map(|_| "r@{}l".to_owned())).collect()
}

fn header(sheet: &Sheet) -> String {
    let over = |text: &str| format!("\\multicolumn{{2}}{{c}}{{{}}}", escaped(text));
    let row = |names: Vec<String>, part: fn(&Heading) -> &str| {
        let numbers = sheet.headings.iter().map(|heading| over(part(heading)));
        format!("{} \\\\\n", names.into_iter().chain(numbers).collect::<Vec<_>>().join(" & "))
    };
    let names = sheet.names.iter().map(|name| escaped(name)).collect();
    let blank = sheet.names.iter().map(|_| String::new()).collect();
    row(blank, |heading| &heading.tasks) + &row(names, |heading| &heading.metric)
}

fn lines(block: &[Line]) -> String {
    block.iter().map(line).collect()
}

fn line(line: &Line) -> String {
    let names = line.names.iter().map(|name| escaped(name));
    let cells = line.cells.iter().map(|cell| cell.as_ref().map_or_else(|| "-- & ".to_owned(), number));
    format!("{} \\\\\n", names.chain(cells).collect::<Vec<_>>().join(" & "))
}

fn number(printed: &Printed) -> String {
    let mean = escaped(&printed.mean);
    let mean = if printed.is_best { format!("\\textbf{{{mean}}}") } else { mean };
    let spread = match &printed.spread {
        None => String::new(),
        Some(PrintedSpread::Deviation(deviation)) => format!("{{\\scriptsize\\,$\\pm$\\,{deviation}}}"),
        Some(PrintedSpread::Interval(low, high)) => {
            format!("{{\\scriptsize\\,[{}, {}]}}", escaped(low), escaped(high))
        }
    };
    let mark = match printed.mark {
        None => "",
        Some(Mark::Differs) => "$^{*}$",
        Some(Mark::Equivalent) => "$^{\\approx}$",
    };
    format!("{mean} & {spread}{mark}")
}

/// About how many characters wide the table is.
fn width(sheet: &Sheet) -> usize {
    let lines = || sheet.blocks.iter().flatten();
    let names: usize = (0..sheet.names.len()).map(|column| name_width(sheet, column) + 2).sum();
    let cell = |column: usize| lines().filter_map(|line| line.cells[column].as_ref()).map(printed_width).max();
    let heading = |heading: &Heading| heading.tasks.chars().count().max(heading.metric.chars().count());
    let numbers =
        sheet.headings.iter().enumerate().map(|(column, top)| cell(column).unwrap_or(0).max(heading(top)) + 2);
    names + numbers.sum::<usize>()
}

/// Characters of the widest name in a column, the heading included.
fn name_width(sheet: &Sheet, column: usize) -> usize {
    let names = sheet.blocks.iter().flatten().map(|line| line.names[column].chars().count());
    names.max().unwrap_or(0).max(sheet.names[column].len())
}

/// The spread is set smaller than the mean.
fn printed_width(printed: &Printed) -> usize {
    let spread = match &printed.spread {
        None => 0,
        Some(PrintedSpread::Deviation(deviation)) => deviation.len() + 3,
        Some(PrintedSpread::Interval(low, high)) => low.len() + high.len() + 4,
    };
    printed.mean.len() + spread * 3 / 4 + usize::from(printed.mark.is_some())
}
