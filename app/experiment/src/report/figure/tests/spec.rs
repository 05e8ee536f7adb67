//! What a spec changes, and what it does not.

use super::super::*;
use super::sample::{self, SHORT};
use crate::report::figure::mark::Mark;

fn draw(spec: FigureSpec) -> Figure {
    Figure::draw(FigureSpec { kind: Kind::Lines, ..spec }, sample::data(Kind::Lines, &SHORT[..4])).unwrap()
}

fn colours(figure: &Figure) -> Vec<(String, Colour)> {
    let keys = figure.chart.legend.iter().filter_map(|entry| match entry.key {
        mark::Key::Line(ink) => Some((entry.text.clone(), ink.colour)),
        _ => None,
    });
    keys.collect()
}

#[test]
fn hiding_and_ordering_change_no_colour() {
    let all = colours(&draw(FigureSpec::default()));
    let some =
        draw(FigureSpec { hide: vec!["Original".into()], order: vec!["Delusive".into()], ..FigureSpec::default() });
    let some = colours(&some);
    assert_eq!(some.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Delusive", "Simplified", "Empty"]);
    assert!(some.iter().all(|entry| all.contains(entry)), "{some:?} {all:?}");
}

#[test]
fn names_labels_and_colours_are_the_specs() {
    let names = [("Original".to_owned(), "As written".to_owned()), ("Random guess".into(), "Chance".into())].into();
    let colours_wanted = [("Original".to_owned(), Colour::hex(0x123456))].into();
    let y = AxisSpec { label: Some("Score".into()), from: Some(0.0), ..AxisSpec::default() };
    let figure = draw(FigureSpec { names, colours: colours_wanted, y, ..FigureSpec::default() });
    assert_eq!(colours(&figure)[0], ("As written".into(), Colour::hex(0x123456)));
    assert!(figure.chart.legend.iter().any(|entry| entry.text == "Chance"));
    assert!(figure.chart.plots.iter().all(|plot| plot.up.label == "Score" && plot.up.scale.from == 0.0));
}

#[test]
fn greyscale_has_no_colour_at_all() {
    for kind in Kind::ALL {
        let spec = FigureSpec { kind, greyscale: true, ..FigureSpec::default() };
        let svg = Figure::draw(spec, sample::data(kind, &SHORT)).unwrap().svg();
        let colours = svg.match_indices("=\"#").map(|(at, _)| &svg[at + 3..at + 9]);
        for colour in colours {
            assert!(colour[..2] == colour[2..4] && colour[2..4] == colour[4..], "{}: #{colour}", kind.name());
        }
    }
}

#[test]
fn sizes_stand_where_they_are_on_a_logarithmic_axis() {
    let figure = draw(FigureSpec::default());
    let plot = &figure.chart.plots[0];
    assert!(plot.across.scale.log);
    assert_eq!(plot.across.ticks, Ticks::At(vec![10.0, 20.0, 50.0, 200.0, 800.0]));
}

#[test]
fn reported_values_are_hollow_and_guessing_is_a_band() {
    let figure = draw(FigureSpec::default());
    let hollow = |plot: &Plot| {
        let dots = plot.marks.iter().filter(|mark| matches!(mark, Mark::Dot { style: mark::DotStyle::Hollow, .. }));
        dots.count()
    };
    assert_eq!(figure.chart.plots.iter().map(hollow).collect::<Vec<_>>(), [0, 4]);
    let bars = Figure::draw(FigureSpec::default(), sample::data(Kind::Bars, &SHORT[..4])).unwrap();
    assert_eq!(hollow(&bars.chart.plots[0]), 1);
    let band = |mark: &Mark| matches!(mark, Mark::Band { points, .. } if points[0].1 == 41.4 && points[0].2 == 43.9);
    assert!(figure.chart.plots[0].marks.iter().any(band));
}

#[test]
fn a_limited_axis_cuts_what_lies_outside() {
    let y = AxisSpec { from: Some(45.0), to: Some(50.0), ..AxisSpec::default() };
    let figure = draw(FigureSpec { y, ..FigureSpec::default() });
    assert!(figure.svg().contains("<clipPath"));
    assert!(!draw(FigureSpec::default()).svg().contains("<clipPath"));
}

#[test]
fn a_legend_without_room_goes_above_and_says_so() {
    let spec = FigureSpec { kind: Kind::Loss, legend: LegendPlace::Right, ..FigureSpec::default() };
    let figure = Figure::draw(spec, sample::data(Kind::Loss, &sample::NAMES)).unwrap();
    assert_eq!(
        figure.page.warnings[0],
        "the legend stands above the panels: there is too little room beside the panels"
    );
}

#[test]
fn nothing_to_draw_and_signs_without_a_font_are_said() {
    let error = Figure::draw(FigureSpec::default(), FigureData::default()).unwrap_err();
    assert_eq!(error.to_string(), "nothing to draw: the data hold no such numbers: `bars`");
    let figure = Figure::draw(FigureSpec::default(), sample::data(Kind::Bars, &["Original", "無"])).unwrap();
    assert!(figure.page.warnings.iter().any(|warning| warning.ends_with("spec: `無`")), "{:?}", figure.page.warnings);
}

#[test]
fn the_numbers_of_bars_are_left_out_where_they_would_meet() {
    let spec = FigureSpec { values: true, ..FigureSpec::default() };
    let figure = Figure::draw(spec, sample::grouped(&SHORT)).unwrap();
    assert!(figure.page.warnings[0].starts_with("numbers are left out"), "{:?}", figure.page.warnings);
}
