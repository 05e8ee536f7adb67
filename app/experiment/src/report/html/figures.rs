//! Figures, drawn into the page itself.

use super::escaped;

/// A figure as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The drawing.
    pub svg: String,
    /// What it shows.
    pub caption: String,
    /// What the reader must know besides.
    pub notes: Vec<String>,
    /// Its files beside the page.
    pub files: Vec<String>,
}

pub(super) fn write(figures: &[Picture]) -> String {
    figures.iter().enumerate().map(|(at, picture)| figure(at + 1, picture)).collect()
}

fn figure(number: usize, picture: &Picture) -> String {
    let notes: String = picture.notes.iter().map(|note| format!(" {}", escaped(note))).collect();
    let ending = |file: &String| file.split_once('.').map_or(String::new(), |(_, ending)| ending.to_owned());
    let links: Vec<_> = picture.files.iter().map(|file| link(file, &ending(file))).collect();
    format!(
        "<figure>\n<div class=\"paper\">{}</div>\n<figcaption>{}{notes} <span class=\"links\">{}</span></figcaption>\n</figure>\n",
        inlined(&picture.svg, number),
        escaped(&picture.caption),
        links.join(" ")
    )
}

/// The drawing with identifiers that no other drawing of the page has.
fn inlined(svg: &str, number: usize) -> String {
    svg.trim_end().replace(" id=\"", &format!(" id=\"f{number}-")).replace("url(#", &format!("url(#f{number}-"))
}

/// A link to a file beside the page.
pub(super) fn link(file: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", address(file), escaped(text))
}

/// A relative address, with what has a meaning in addresses written as numbers.
fn address(file: &str) -> String {
    let byte = |byte: u8| match byte {
        b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    file.bytes().map(byte).collect()
}
