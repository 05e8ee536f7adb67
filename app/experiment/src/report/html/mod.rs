//! The page: one HTML file that says everything and needs nothing else, no network, no scripts, no other files.

mod differences;
mod figures;
mod methods;
mod outline;
mod runs;
mod table;
mod tasks;
#[cfg(test)]
mod tests;

pub use figures::Picture;

use super::methods::Paragraph;
use super::sheet::Sheet;
use super::{Comparison, Record};
use crate::results::Build;

const STYLE: &str = include_str!("page.css");

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Page<'p> {
    /// The page's heading.
    pub title: &'p str,
    /// The runs.
    pub records: &'p [Record],
    /// The runs side by side.
    pub comparison: &'p Comparison,
    /// The comparison as it is printed.
    pub sheet: &'p Sheet,
    /// Plan → its methods.
    pub methods: &'p [(String, Vec<Paragraph>)],
    /// The figures, in the order in which they are shown.
    pub figures: &'p [Picture],
    /// Files beside the page, to be linked to.
    pub files: &'p [String],
    /// What went wrong on the way, a sentence each.
    pub problems: &'p [String],
    /// The program that makes the page.
    pub build: &'p Build,
}

/// A part of the page with a heading of its own.
struct Section {
    id: &'static str,
    heading: &'static str,
    body: String,
}

/// Writes the page.
pub fn write(page: &Page) -> String {
    let sections: Vec<_> = sections(page).into_iter().filter(|section| !section.body.is_empty()).collect();
    let links: String = sections
        .iter()
        .map(|section| format!("<li><a href=\"#{}\">{}</a></li>", section.id, section.heading))
        .collect();
    let body: String = sections.iter().map(Section::to_html).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<a class=\"skip\" href=\"#{first}\">To the results</a>\n{header}\
         <nav aria-label=\"On this page\"><ul>{links}</ul></nav>\n<main>\n{body}</main>\n{footer}</body>\n</html>\n",
        title = escaped(page.title),
        first = sections.first().map_or("", |section| section.id),
        header = outline::header(page),
        footer = outline::footer(page.build),
    )
}

fn sections(page: &Page) -> Vec<Section> {
    let section = |id, heading, body| Section { id, heading, body };
    vec![
        section("problems", "Problems", outline::problems(page)),
        section("comparison", "Comparison", table::write(page)),
        section("differences", "Differences", differences::write(page.comparison)),
        section("figures", "Figures", figures::write(page.figures)),
        section("tasks", "Tasks", tasks::write(page)),
        section("methods", "Methods", methods::write(page.methods)),
        section("runs", "Runs", runs::write(page.records)),
        section("files", "Files", outline::files(page.files)),
    ]
}

impl Section {
    fn to_html(&self) -> String {
        let Self { id, heading, body } = self;
        format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-heading\">\n<h2 id=\"{id}-heading\">{heading}</h2>\n{body}</section>\n"
        )
    }
}

/// A table that scrolls by itself where the window is narrow; `head` and `body` are rows.
fn scrolling(label: &str, caption: &str, head: &str, body: &str) -> String {
    let caption = if caption.is_empty() { String::new() } else { format!("<caption>{caption}</caption>\n") };
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>\n{caption}<thead>\n{head}</thead>\n\
         {body}</table></div>\n",
        escaped(label)
    )
}

/// Text as HTML takes it literally, in elements and in attributes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
