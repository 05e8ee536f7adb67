//! The comparison's table, as printed in the paper.

use super::{Page, escaped, scrolling};
use crate::report::sheet::{Line, Mark, Printed, PrintedSpread, Sheet};

pub(super) fn write(page: &Page) -> String {
    let sheet = page.sheet;
    let caption = escaped(&sheet.caption.join(" "));
    let body: String = sheet.blocks.iter().map(|block| body(sheet, block)).collect();
    if sheet.blocks.is_empty() { String::new() } else { scrolling("Comparison", &caption, &head(sheet), &body) }
}

fn head(sheet: &Sheet) -> String {
    let names = sheet.names.iter().map(|name| format!("<th scope=\"col\"{}>{name}</th>", side(sheet, name)));
    let headings = sheet.headings.iter().map(|heading| {
        let (tasks, metric) = (escaped(&heading.tasks), escaped(&heading.metric));
        format!("<th scope=\"col\" class=\"n\">{tasks}<br><small>{metric}</small></th>")
    });
    format!("<tr>{}</tr>\n", names.chain(headings).collect::<String>())
}

fn body(sheet: &Sheet, block: &[Line]) -> String {
    let rows: String = block.iter().map(|line| row(sheet, line)).collect();
    format!("<tbody>\n{rows}</tbody>\n")
}

fn row(sheet: &Sheet, line: &Line) -> String {
    let names = line.names.iter().zip(&sheet.names).map(|(text, heading)| match *heading {
        "Condition" => format!("<th scope=\"row\">{}</th>", escaped(text)),
        heading => format!("<td{}>{}</td>", side(sheet, heading), escaped(text)),
    });
    let cells = line.cells.iter().map(|cell| match cell {
        Some(printed) => format!("<td class=\"n\">{}</td>", number(printed)),
        None => "<td class=\"n none\">–</td>".to_owned(),
    });
    format!("<tr>{}</tr>\n", names.chain(cells).collect::<String>())
}

fn side(sheet: &Sheet, heading: &str) -> &'static str {
    if sheet.is_words(heading) { "" } else { " class=\"n\"" }
}

fn number(printed: &Printed) -> String {
    let mean = if printed.is_best { format!("<strong>{}</strong>", printed.mean) } else { printed.mean.clone() };
    let spread = match &printed.spread {
        None => String::new(),
        Some(PrintedSpread::Deviation(deviation)) => format!(" <small>± {deviation}</small>"),
        Some(PrintedSpread::Interval(low, high)) => format!(" <small>[{low}, {high}]</small>"),
    };
    let mark = match printed.mark {
        None => "",
        Some(Mark::Differs) => "<sup title=\"differs from the baseline\">*</sup>",
        Some(Mark::Equivalent) => "<sup title=\"equivalent to the baseline\">≈</sup>",
    };
    format!("{mean}{mark}{spread}")
}
