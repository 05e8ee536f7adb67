//! No text leaves its page and no two texts meet, measured in the drawing itself.

use super::super::export::tree;
use super::super::*;
use super::sample::{self, NAMES};

/// A text as it is drawn: the corners of the box around its ink.
struct Inked {
    text: String,
    corners: [(f64, f64); 4],
}

/// Half a hair: what rounding to three decimals and curves between outline points may add.
const TOLERANCE: f64 = 0.05;

fn texts(figure: &Figure) -> Vec<Inked> {
    // Only texts are looked at, and shapes take time to read.
    let mut figure = figure.clone();
    figure.page.canvas.items.retain(|item| matches!(item, canvas::Item::Text(_)));
    let tree = tree::read(&figure.svg(), figure.spec.font).unwrap();
    let scale = figure.size().0 / f64::from(tree.size().width());
    let mut found = Vec::new();
    collect(tree.root(), scale, &mut found);
    found
}

fn collect(group: &usvg::Group, scale: f64, found: &mut Vec<Inked>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => collect(group, scale, found),
            usvg::Node::Text(text) => {
                let ink = text.flattened().bounding_box();
                let corner = |x: f32, y: f32| {
                    let mut point = usvg::tiny_skia_path::Point::from_xy(x, y);
                    text.abs_transform().map_point(&mut point);
                    (f64::from(point.x) * scale, f64::from(point.y) * scale)
                };
                let corners = [
                    corner(ink.left(), ink.top()),
                    corner(ink.right(), ink.top()),
                    corner(ink.right(), ink.bottom()),
                    corner(ink.left(), ink.bottom()),
                ];
                let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                found.push(Inked { text: words, corners });
            }
            _ => {}
        }
    }
}

/// Separating axes: two turned boxes are apart if a line along an edge of one of them lies between.
fn meet(one: &Inked, other: &Inked) -> bool {
    let axes = [one, other].into_iter().flat_map(|inked| {
        let [a, b, c, _] = inked.corners;
        [(b.0 - a.0, b.1 - a.1), (c.0 - b.0, c.1 - b.1)]
    });
    axes.into_iter().all(|axis| {
        let length = axis.0.hypot(axis.1).max(1e-9);
        let reach = |inked: &Inked| {
            let along = inked.corners.map(|corner| (corner.0 * axis.0 + corner.1 * axis.1) / length);
            (along.into_iter().fold(f64::INFINITY, f64::min), along.into_iter().fold(f64::NEG_INFINITY, f64::max))
        };
        let ((a, b), (c, d)) = (reach(one), reach(other));
        a + TOLERANCE < d && c + TOLERANCE < b
    })
}

#[track_caller]
fn check(what: &str, figure: &Figure) {
    let (width, height) = figure.size();
    let texts = texts(figure);
    assert!(texts.len() >= 4, "{what}: only {} texts", texts.len());
    for (at, text) in texts.iter().enumerate() {
        let inside = |corner: &(f64, f64)| {
            (-TOLERANCE..=width + TOLERANCE).contains(&corner.0)
                && (-TOLERANCE..=height + TOLERANCE).contains(&corner.1)
        };
        assert!(
            text.corners.iter().all(inside),
            "{what}: `{}` leaves {width} × {height}: {:?}",
            text.text,
            text.corners
        );
        for other in &texts[..at] {
            let places = (&text.corners, &other.corners);
            assert!(!meet(text, other), "{what}: `{}` and `{}` meet: {places:?}", text.text, other.text);
        }
    }
    let smallest = figure.spec.preset.smallest_text().min(figure.spec.text_size.unwrap_or(f64::INFINITY));
    let small = figure.page.canvas.items.iter().any(|item| match item {
        canvas::Item::Text(text) => text.size < smallest - 1e-9,
        _ => false,
    });
    assert!(!small, "{what}: a text is smaller than {smallest} points");
}

fn check_all(kind: Kind, data: fn(Kind, &[&str]) -> FigureData) {
    for preset in Preset::ALL {
        for count in 2..=NAMES.len() {
            for (font, legend) in
                [(Font::Sans, LegendPlace::Top), (Font::Serif, LegendPlace::Right), (Font::Sans, LegendPlace::Inside)]
            {
                let spec = FigureSpec { kind, preset, font, legend, values: true, ..FigureSpec::default() };
                let figure = Figure::draw(spec, data(kind, &NAMES[..count])).unwrap();
                check(&format!("{} {} {count} {legend:?}", kind.name(), preset.name()), &figure);
            }
        }
    }
}

#[test]
fn bars_keep_their_labels_apart() {
    check_all(Kind::Bars, sample::data);
    check_all(Kind::Bars, |_, names| sample::grouped(names));
}

#[test]
fn lines_keep_their_labels_apart() {
    check_all(Kind::Lines, sample::data);
}

#[test]
fn scatters_keep_their_labels_apart() {
    check_all(Kind::Scatter, sample::data);
}

#[test]
fn slopes_keep_their_labels_apart() {
    check_all(Kind::Slope, sample::data);
}

#[test]
fn strips_keep_their_labels_apart() {
    check_all(Kind::Strip, sample::data);
}

#[test]
fn heat_maps_keep_their_labels_apart() {
    check_all(Kind::Heat, sample::data);
}

#[test]
fn losses_keep_their_labels_apart() {
    check_all(Kind::Loss, sample::data);
}

#[test]
fn sizes_titles_and_columns_keep_labels_apart() {
    for (text_size, height, panel_columns) in [
        (Some(7.0), None, Some(2)),
        (Some(9.0), Some(4.0), None),
        (None, Some(12.0), Some(1)),
        (Some(14.0), Some(2.0), Some(2)),
    ] {
        for kind in Kind::ALL {
            let title = Some("A title that is longer than the column of a paper is wide, to be wrapped".to_owned());
            let spec = FigureSpec { kind, text_size, height, panel_columns, title, ..FigureSpec::default() };
            let figure = Figure::draw(spec, sample::data(kind, &NAMES[..5])).unwrap();
            check(&format!("{} {text_size:?} {height:?}", kind.name()), &figure);
        }
    }
}

#[test]
fn a_meeting_and_a_leaving_text_are_found() {
    let mut figure = Figure::draw(FigureSpec::default(), sample::data(Kind::Bars, &NAMES[..3])).unwrap();
    let place = geometry::Place::new(figure.size().0 - 1.0, 20.0);
    figure.page.canvas.text(canvas::Text::new(place, canvas::Anchor::Start, 8.0, "outside"));
    let caught = std::panic::catch_unwind(|| check("", &figure)).is_err();
    let Some(canvas::Item::Text(last)) = figure.page.canvas.items.pop() else { panic!("a text was added") };
    figure.page.canvas.text(canvas::Text { anchor: canvas::Anchor::End, ..last.clone() });
    figure.page.canvas.text(canvas::Text { anchor: canvas::Anchor::End, angle: -45.0, ..last });
    assert!(caught && std::panic::catch_unwind(|| check("", &figure)).is_err());
}
