//! Paragraphs with names and identifiers marked, as Markdown and as LaTeX.

use crate::report::latex::{code as latex_code, escaped as latex_escaped};
use crate::report::sheet::markdown::escaped as markdown_escaped;

/// One topic's sentences. Between backticks stand identifiers, which are set in typewriter letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is about.
    pub title: &'static str,
    /// The sentences.
    pub text: String,
}

/// The paragraphs as Markdown.
pub fn markdown(paragraphs: &[Paragraph]) -> String {
    let write = |paragraph: &Paragraph| {
        let text = paragraph.written(markdown_escaped, |code| format!("`{code}`"));
        format!("**{}.** {text}\n", paragraph.title)
    };
    paragraphs.iter().map(write).collect::<Vec<_>>().join("\n")
}

/// The paragraphs as LaTeX.
pub fn latex(paragraphs: &[Paragraph]) -> String {
    let write = |paragraph: &Paragraph| {
        let text = paragraph.written(latex_escaped, latex_code);
        format!("\\paragraph{{{}.}} {text}\n", paragraph.title)
    };
    paragraphs.iter().map(write).collect::<Vec<_>>().join("\n")
}

impl Paragraph {
    /// The text, running text and identifiers each written in its own way.
    pub(in crate::report) fn written(&self, text: fn(&str) -> String, code: fn(&str) -> String) -> String {
        let parts = self.text.split('`').enumerate();
        parts.map(|(at, part)| if at % 2 == 0 { text(part) } else { code(part) }).collect()
    }
}

/// An identifier, to be set in typewriter letters.
pub(super) fn code(identifier: &str) -> String {
    format!("`{}`", plain(identifier))
}

/// A name, in quotes.
pub(super) fn name(name: &str) -> String {
    format!("“{}”", plain(name))
}

/// Text that holds no mark of ours.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "'").replace(char::is_control, " ")
}

/// A number as papers write it: `0.9`, `5e-5`.
pub(super) fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-3 { format!("{value:e}") } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_and_text_are_each_escaped_in_their_own_way() {
        let text = format!("{} uses {}, 5% of it.", name("A_b `c`"), code("x_y--z"));
        let paragraphs = [Paragraph { title: "Data", text }];
        assert_eq!(markdown(&paragraphs), "**Data.** “A\\_b 'c'” uses `x_y--z`, 5% of it.\n");
        assert_eq!(latex(&paragraphs), "\\paragraph{Data.} “A\\_b 'c'” uses \\texttt{x\\_y-{}-{}z}, 5\\% of it.\n");
    }

    #[test]
    fn small_numbers_are_written_with_an_exponent() {
        assert_eq!([1e-4, 5e-5, 0.003, 0.0, 2.0, 1.5].map(number), ["1e-4", "5e-5", "0.003", "0", "2", "1.5"]);
    }
}
