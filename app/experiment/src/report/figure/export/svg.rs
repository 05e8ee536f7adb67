//! The page as SVG: the one drawing that PDF and PNG are made from.

use std::fmt::Write;

use crate::report::figure::Font;
use crate::report::figure::canvas::{Anchor, Canvas, Item, Outline, Shape, Text};
use crate::report::figure::geometry::Place;

/// Writes a page; `title` and `description` are what screen readers say.
pub fn write(canvas: &Canvas, font: Font, (title, description): (&str, &str)) -> String {
    let (width, height) = (number(canvas.width), number(canvas.height));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{}\">\n",
        font.families()
    );
    write_texts(&mut svg, title, description);
    let _ = writeln!(svg, "<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>");
    let mut clips = 0;
    for item in &canvas.items {
        match item {
            Item::Shape(shape) => write_shape(&mut svg, shape),
            Item::Text(text) => write_text(&mut svg, text),
            Item::Clip(rect) => {
                clips += 1;
                let rect = outline(&Outline::Rect(*rect));
                let _ = writeln!(svg, "<clipPath id=\"c{clips}\">{rect}/></clipPath><g clip-path=\"url(#c{clips})\">");
            }
            Item::Unclip => svg.push_str("</g>\n"),
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn write_texts(svg: &mut String, title: &str, description: &str) {
    for (element, text) in [("title", title), ("desc", description)] {
        if !text.is_empty() {
            let _ = writeln!(svg, "<{element}>{}</{element}>", escaped(text));
        }
    }
}

fn write_shape(svg: &mut String, shape: &Shape) {
    svg.push_str(&outline(&shape.outline));
    match &shape.fill {
        Some(fill) => {
            let _ = write!(svg, " fill=\"{}\"", fill.colour);
            write_opacity(svg, "fill-opacity", fill.opacity);
        }
        None => svg.push_str(" fill=\"none\""),
    }
    if let Some(stroke) = &shape.stroke {
        let _ = write!(svg, " stroke=\"{}\" stroke-width=\"{}\"", stroke.colour, number(stroke.width));
        write_opacity(svg, "stroke-opacity", stroke.opacity);
        if !stroke.dash.is_empty() {
            let dash = stroke.dash.iter().map(|length| number(*length)).collect::<Vec<_>>().join(" ");
            let _ = write!(svg, " stroke-dasharray=\"{dash}\"");
        }
        if matches!(&shape.outline, Outline::Open(places) if places.len() > 2) {
            svg.push_str(" stroke-linejoin=\"round\"");
        }
    }
    svg.push_str("/>\n");
}

fn write_opacity(svg: &mut String, attribute: &str, opacity: f64) {
    if opacity < 1.0 {
        let _ = write!(svg, " {attribute}=\"{}\"", number(opacity));
    }
}

/// The element without its end, so that attributes can follow.
fn outline(outline: &Outline) -> String {
    match outline {
        Outline::Open(places) if places.len() == 2 => {
            let [from, to] = [places[0], places[1]];
            let [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y].map(number);
            format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"")
        }
        Outline::Open(places) => format!("<polyline points=\"{}\"", list(places)),
        Outline::Closed(places) => format!("<polygon points=\"{}\"", list(places)),
        Outline::Rect(rect) => {
            let [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(number);
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
        }
        Outline::Circle(at, radius) => {
            let [x, y, r] = [at.x, at.y, *radius].map(number);
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"")
        }
    }
}

fn list(places: &[Place]) -> String {
    places.iter().map(|place| format!("{},{}", number(place.x), number(place.y))).collect::<Vec<_>>().join(" ")
}

fn write_text(svg: &mut String, text: &Text) {
    let (x, y) = (number(text.at.x), number(text.at.y));
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" fill=\"{}\"", number(text.size), text.colour);
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => svg.push_str(" text-anchor=\"middle\""),
        Anchor::End => svg.push_str(" text-anchor=\"end\""),
    }
    if text.bold {
        svg.push_str(" font-weight=\"bold\"");
    }
    if text.angle != 0.0 {
        let _ = write!(svg, " transform=\"rotate({} {x} {y})\"", number(text.angle));
    }
    let _ = writeln!(svg, ">{}</text>", escaped(&text.text));
}

/// At most three decimals: a hundredth of what a 600 dpi printer can show.
fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text for XML, without the control characters that it cannot hold.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            _ if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!([1.0, 0.12345, -0.0001, 218.26772, -3.5].map(number), ["1", "0.123", "0", "218.268", "-3.5"]);
    }

    #[test]
    fn names_cannot_break_the_file() {
        assert_eq!(escaped("a<b>&\"c\"\u{7}\n"), "a&lt;b&gt;&amp;&quot;c&quot; ");
        let mut canvas = Canvas::new(10.0, 10.0);
        canvas.text(Text::new(Place::new(1.0, 2.0), Anchor::End, 8.0, "</text><script>"));
        let svg = write(&canvas, Font::Sans, ("A & B", ""));
        assert!(svg.contains("text-anchor=\"end\">&lt;/text&gt;&lt;script&gt;</text>"), "{svg}");
        assert!(svg.contains("<title>A &amp; B</title>") && !svg.contains("<desc>"), "{svg}");
    }
}
