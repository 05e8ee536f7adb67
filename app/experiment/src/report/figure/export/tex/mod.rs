//! The figure for pgfplots: the same axes and marks, in the typefaces of the paper that takes it in.

mod marks;
mod text;

use std::fmt::Write;

use crate::report::figure::Figure;
use crate::report::figure::chart::{Axis, Plot, Shape, Ticks};
use crate::report::figure::mark::{Entry, Key};
use crate::report::figure::page::{Labels, Placed};
use crate::report::figure::scale::tick_labels;
use crate::report::figure::style::Style;
use text::escaped;

const PREAMBLE: &str = "\
% In the preamble:
%   \\usepackage{pgfplots}
%   \\pgfplotsset{compat=1.16}
%   \\usepgfplotslibrary{groupplots}
%   \\usetikzlibrary{patterns}
";

/// Writes a `tikzpicture` to be taken in with `\input`.
pub fn write(figure: &Figure) -> String {
    let style = Style::of(&figure.spec);
    let mut tex = String::from(PREAMBLE);
    for line in [&figure.data.caption].into_iter().chain(&figure.data.notes).filter(|line| !line.is_empty()) {
        let _ = writeln!(tex, "% {}", line.replace(['\n', '\r'], " "));
    }
    let _ = writeln!(tex, "\\begin{{tikzpicture}}");
    let _ = writeln!(tex, "\\begin{{groupplot}}[{}]", options(figure, &style).join(", "));
    for (at, (plot, placed)) in figure.chart.plots.iter().zip(&figure.page.panels).enumerate() {
        let _ = writeln!(tex, "\\nextgroupplot[{}]", axes(plot, placed).join(", "));
        marks::write(&mut tex, plot, placed, &style);
        if at == 0 {
            figure.chart.legend.iter().for_each(|entry| write_entry(&mut tex, entry, &style));
        }
    }
    tex.push_str("\\end{groupplot}\n\\end{tikzpicture}\n");
    tex
}

/// What all panels share.
fn options(figure: &Figure, style: &Style) -> Vec<String> {
    let columns = figure.page.columns;
    let rows = figure.chart.plots.len().div_ceil(columns);
    let margins = |part: fn(&Placed) -> f64| figure.page.panels.iter().map(part).fold(0.0, f64::max);
    let beside = margins(|placed| placed.panel.margins.left + placed.panel.margins.right) + style.em(1.4);
    let between = margins(|placed| placed.panel.margins.top + placed.panel.margins.bottom) + style.em(2.2);
    let font = |size: f64| format!("font=\\fontsize{{{}}}{{{}}}\\selectfont", length(size), length(1.18 * size));
    vec![
        format!(
            "group style={{group size={columns} by {rows}, horizontal sep={}bp, vertical sep={}bp}}",
            length(beside),
            length(between)
        ),
        "scale only axis".to_owned(),
        "axis lines*=left".to_owned(),
        "clip mode=individual".to_owned(),
        "tick align=outside".to_owned(),
        "major grid style={black!12}".to_owned(),
        format!("tick label style={{{}}}", font(style.small)),
        format!("label style={{{}}}", font(style.text)),
        format!("title style={{{}\\bfseries, at={{(0,1)}}, anchor=south west, align=left}}", font(style.text)),
        "scaled ticks=false".to_owned(),
        format!(
            "legend style={{{}, draw=none, fill=none, at={{(0,1)}}, anchor=south west, yshift={}bp, legend columns={}}}",
            font(style.text),
            length(figure.page.panels.first().map_or(0.0, |placed| placed.panel.margins.top) + style.em(0.6)),
            if figure.chart.legend.iter().any(|entry| entry.text.chars().count() > 24) { 1 } else { 3 },
        ),
        "legend cell align=left".to_owned(),
        "/tikz/every even column/.append style={column sep=0.8em}".to_owned(),
    ]
}

/// The axes of one panel.
fn axes(plot: &Plot, placed: &Placed) -> Vec<String> {
    let turned = placed.frame.turned;
    let (horizontal, vertical) = if turned { (&plot.up, &plot.across) } else { (&plot.across, &plot.up) };
    let mut axes = vec![
        format!("width={}bp", length(placed.frame.area.width)),
        format!("height={}bp", length(placed.frame.area.height)),
        format!("title={{{}}}", escaped(&plot.title)),
    ];
    axes.extend(axis('x', horizontal, &placed.panel.below, false));
    axes.extend(axis('y', vertical, &placed.panel.beside, turned));
    axes.extend(names('x', horizontal, &placed.panel.below));
    axes.extend(names('y', vertical, &placed.panel.beside));
    if plot.shape == Shape::Grid {
        axes.push("axis line style={draw=none}".to_owned());
    }
    axes
}

fn axis(letter: char, axis: &Axis, shown: &Labels, downwards: bool) -> Vec<String> {
    let scale = axis.scale;
    let (low, high) = (scale.from.min(scale.to), scale.from.max(scale.to));
    let mut options =
        vec![format!("{letter}min={low}, {letter}max={high}"), format!("{letter}label={{{}}}", escaped(&axis.label))];
    if scale.from > scale.to || downwards {
        options.push(format!("{letter} dir=reverse"));
    }
    if scale.log {
        options.push(format!("{letter}mode=log, log basis {letter}=10, minor {letter} tick num=0"));
    }
    let (ticks, labels) = match &axis.ticks {
        Ticks::Round => (scale.ticks(6), tick_labels(&scale.ticks(6))),
        Ticks::At(numbers) => (numbers.clone(), numbers.iter().flat_map(|number| tick_labels(&[*number])).collect()),
        // In the lines that they have on our own page.
        Ticks::Names(names) => {
            let lines = shown.labels.iter().map(|label| label.lines.join("\n")).collect::<Vec<_>>();
            let all = lines.len() == names.len();
            ((0..names.len()).map(|at| at as f64).collect(), if all { lines } else { names.clone() })
        }
    };
    let ticks: Vec<_> = ticks.iter().map(f64::to_string).collect();
    let lines = |label: &String| label.lines().map(escaped).collect::<Vec<_>>().join("\\\\");
    let labels: Vec<_> = labels.iter().map(|label| format!("{{{}}}", lines(label))).collect();
    options.push(format!("{letter}tick={{{}}}, {letter}ticklabels={{{}}}", ticks.join(","), labels.join(",")));
    if axis.ticks == Ticks::Round {
        options.push(format!("{letter}majorgrids"));
    }
    options
}

/// Names have no ticks, and may read upwards.
fn names(letter: char, axis: &Axis, shown: &Labels) -> Option<String> {
    let Ticks::Names(_) = &axis.ticks else { return None };
    let turned = if shown.upright { "rotate=90, anchor=east, " } else { "" };
    let align = if letter == 'y' || shown.upright { "right" } else { "center" };
    Some(format!("{letter} tick style={{draw=none}}, {letter}ticklabel style={{{turned}align={align}}}"))
}

fn write_entry(tex: &mut String, entry: &Entry, style: &Style) {
    let image = match &entry.key {
        Key::Swatch(ink) => format!("area legend, {}", marks::area(ink)),
        Key::Line(ink) => {
            format!("{}, {}", marks::line(ink.colour, 2.4, ink.dash, style), marks::dot(ink, marks::FILLED, style))
        }
        Key::Stroke(pen) | Key::Level(pen, _) => {
            format!("no marks, {}", marks::line(pen.colour, pen.weight, pen.dash, style))
        }
        Key::Dot(ink, how) => format!("only marks, {}", marks::dot(ink, *how, style)),
        Key::Ramp(ramp) => format!("area legend, fill={}, draw=none", marks::colour(ramp.at(1.0))),
    };
    let _ = writeln!(tex, "\\addlegendimage{{{image}}}\n\\addlegendentry{{{}}}", escaped(&entry.text));
}

/// A length in few digits.
fn length(points: f64) -> String {
    let text = format!("{points:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
