//! The methods, to read, and their sources, to copy into a paper.

use super::escaped;
use crate::report::methods::{Paragraph, latex, markdown};

pub(super) fn write(methods: &[(String, Vec<Paragraph>)]) -> String {
    let several = methods.len() > 1;
    let study = |(plan, paragraphs): &(String, Vec<Paragraph>)| {
        let heading = if several { format!("<h3>{}</h3>\n", escaped(plan)) } else { String::new() };
        let text: String = paragraphs.iter().map(paragraph).collect();
        let sources = [source("Markdown", &markdown(paragraphs)), source("LaTeX", &latex(paragraphs))].concat();
        format!("{heading}<div class=\"prose\">\n{text}</div>\n{sources}")
    };
    methods.iter().map(study).collect()
}

fn paragraph(paragraph: &Paragraph) -> String {
    let text = paragraph.written(escaped, |code| format!("<code>{}</code>", escaped(code)));
    format!("<p><b>{}.</b> {text}</p>\n", escaped(paragraph.title))
}

fn source(language: &str, text: &str) -> String {
    // Line breaks stay as they are inside `pre`.
    let lines: Vec<_> = text.lines().map(escaped).collect();
    format!("<details>\n<summary>{language}</summary>\n<pre tabindex=\"0\">{}</pre>\n</details>\n", lines.join("\n"))
}
