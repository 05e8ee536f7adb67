//! Labels along an axis: names are wrapped, shrunk or turned until they fit, numbers are thinned out.

use crate::report::figure::chart::{Axis, Ticks};
use crate::report::figure::scale::tick_labels;
use crate::report::figure::style::Style;
use crate::report::figure::typeface::{CAP_HEIGHT, DESCENT};

/// The labels of one axis, all of one size and angle.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Labels {
    /// From the axis' beginning to its end.
    pub labels: Vec<Label>,
    /// Size of the text in points.
    pub size: f64,
    /// Whether the texts read upwards.
    pub upright: bool,
    /// How far they reach away from the axis, in points.
    pub depth: f64,
    /// Names that had to be cut.
    pub cut: Vec<String>,
}

/// One label.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where, as a share of the axis.
    pub at: f64,
    /// What it says.
    pub lines: Vec<String>,
}

/// Lines that a level name may take.
const MOST_LINES: usize = 4;
/// Share of its place that a level name may fill.
const FILL: f64 = 0.94;
/// Lines that a name beside an axis may take.
const MOST_BESIDE: usize = 3;

impl Labels {
    /// Labels under an axis of this length, which reach down no farther than `deepest`.
    pub fn below(style: &Style, axis: &Axis, length: f64, deepest: f64) -> Self {
        match &axis.ticks {
            Ticks::Names(names) => Self::level(style, names, axis, length)
                .unwrap_or_else(|| Self::upright(style, names, axis, (length, deepest))),
            _ => Self::numbers_below(style, axis, length),
        }
    }

    /// Level names in their places; `None` where a word would have to be broken.
    pub fn level(style: &Style, names: &[String], axis: &Axis, length: f64) -> Option<Self> {
        let room = FILL * length * place_width(axis);
        let fit = |size: f64| {
            let wrapped: Vec<_> = names.iter().map(|name| style.typeface.wrap(name, size, room)).collect();
            let fits = wrapped.iter().all(|name| !name.broke_a_word && name.lines.len() <= MOST_LINES);
            fits.then(|| (size, wrapped.into_iter().map(|name| name.lines).collect::<Vec<_>>()))
        };
        let (size, lines) = style.sizes(style.small).into_iter().find_map(fit)?;
        let most = lines.iter().map(Vec::len).max().unwrap_or(0);
        let depth = block_height(most, size);
        Some(Self { labels: placed(axis, lines), size, upright: false, depth, cut: Vec::new() })
    }

    /// Names that read upwards, in as many lines as their places are wide; thinned out where that is not even one.
    fn upright(style: &Style, names: &[String], axis: &Axis, (length, deepest): (f64, f64)) -> Self {
        let place = length * place_width(axis);
        let lines = |size: f64| (((0.92 * place + 0.18 * size) / Style::line(size)) as usize).min(3);
        let fits = |size: &f64| {
            let name_fits = |name: &String| {
                let wrapped = style.typeface.wrap(name, *size, deepest);
                !wrapped.broke_a_word && wrapped.lines.len() <= lines(*size)
            };
            lines(*size) > 0 && names.iter().all(name_fits)
        };
        let size = style.sizes(style.small).into_iter().find(fits).unwrap_or(style.smallest);
        let every = (Style::line(size) / place).ceil().max(1.0) as usize;
        let mut labels = Self { size, upright: true, ..Self::default() };
        let wrapped: Vec<_> =
            names.iter().map(|name| labels.shorten(style, name, deepest, lines(size).max(1))).collect();
        labels.depth = wrapped.iter().map(|lines| style.typeface.widest(lines, size)).fold(0.0, f64::max);
        labels.labels = placed(axis, wrapped).into_iter().step_by(every).collect();
        labels
    }

    /// Names beside an axis, at most `width` wide: where each has `place` points of height, or as high as they need.
    pub fn beside(style: &Style, axis: &Axis, width: f64, place: Option<f64>) -> Self {
        let Ticks::Names(names) = &axis.ticks else { return Self::default() };
        let fits = |size: &f64| {
            let most = place.map_or(MOST_BESIDE, |place| lines_within(place, *size).min(MOST_BESIDE));
            let wrapped = names.iter().map(|name| style.typeface.wrap(name, *size, width));
            wrapped.into_iter().all(|name| !name.broke_a_word && name.lines.len() <= most)
        };
        let size = style.sizes(style.small).into_iter().find(fits).unwrap_or(style.smallest);
        let most = place.map_or(MOST_LINES, |place| lines_within(place, size).max(1));
        let mut labels = Self { size, ..Self::default() };
        let lines: Vec<_> = names.iter().map(|name| labels.shorten(style, name, width, most)).collect();
        labels.depth = lines.iter().map(|lines| style.typeface.widest(lines, size)).fold(0.0, f64::max);
        labels.labels = placed(axis, lines);
        labels
    }

    /// A name in at most `most` lines; one that must be cut is remembered.
    fn shorten(&mut self, style: &Style, name: &str, width: f64, most: usize) -> Vec<String> {
        let wrapped = style.typeface.wrap(name, self.size, width);
        if wrapped.lines.len() > most {
            self.cut.push(name.to_owned());
        }
        wrapped.at_most(most).lines
    }

    /// Numbers under an axis, without those that would meet.
    fn numbers_below(style: &Style, axis: &Axis, length: f64) -> Self {
        let size = style.small;
        let gap = 0.7 * size;
        let width = |label: &Label| style.typeface.widest(&label.lines, size);
        let all = |most: usize| placed_numbers(axis, most);
        let meet = |labels: &[Label]| {
            let next = labels.windows(2);
            next.into_iter()
                .any(|pair| (pair[1].at - pair[0].at) * length < (width(&pair[0]) + width(&pair[1])) / 2.0 + gap)
        };
        let labels = match axis.ticks {
            Ticks::Round => (2..=8).rev().map(all).find(|labels| !meet(labels)).unwrap_or_else(|| all(2)),
            _ => all(0),
        };
        let labels = thinned(labels, |one, other| {
            (other.at - one.at).abs() * length >= (width(one) + width(other)) / 2.0 + 0.35 * size
        });
        Self { labels, size, upright: false, depth: CAP_HEIGHT * size, cut: Vec::new() }
    }

    /// Numbers beside an axis of this height.
    pub fn numbers_beside(style: &Style, axis: &Axis, height: f64) -> Self {
        let size = style.small;
        let most = ((height / (2.4 * size)) as usize).clamp(2, 6);
        let labels = placed_numbers(axis, most);
        let labels = thinned(labels, |one, other| (other.at - one.at).abs() * height >= 1.15 * size);
        let depth = labels.iter().map(|label| style.typeface.widest(&label.lines, size)).fold(0.0, f64::max);
        Self { labels, size, upright: false, depth, cut: Vec::new() }
    }

    /// How far the first and the last label reach beyond the ends of an axis of this length, level or upright below it.
    pub fn overhang(&self, style: &Style, length: f64) -> (f64, f64) {
        let half = |label: &Label| match self.upright {
            true => block_height(label.lines.len(), self.size) / 2.0,
            false => style.typeface.widest(&label.lines, self.size) / 2.0,
        };
        let before = self.labels.iter().map(|label| half(label) - label.at * length);
        let after = self.labels.iter().map(|label| half(label) - (1.0 - label.at) * length);
        (before.fold(0.0, f64::max), after.fold(0.0, f64::max))
    }

    /// The height that the tallest label beside an axis needs.
    pub fn tallest(&self) -> f64 {
        self.labels.iter().map(|label| block_height(label.lines.len(), self.size)).fold(0.0, f64::max)
    }
}

/// Height of lines of text from the top of the capitals to the deepest letters.
pub fn block_height(lines: usize, size: f64) -> f64 {
    if lines == 0 { 0.0 } else { (lines - 1) as f64 * Style::line(size) + (CAP_HEIGHT + DESCENT) * size }
}

fn lines_within(height: f64, size: f64) -> usize {
    (1..=MOST_LINES).take_while(|lines| block_height(*lines, size) <= height).count()
}

/// The width of a name's place as a share of the axis.
fn place_width(axis: &Axis) -> f64 {
    (axis.scale.share(1.0) - axis.scale.share(0.0)).abs()
}

fn placed(axis: &Axis, names: Vec<Vec<String>>) -> Vec<Label> {
    let label = |(at, lines)| Label { at: axis.scale.share(at as f64), lines };
    names.into_iter().enumerate().map(label).collect()
}

fn placed_numbers(axis: &Axis, most: usize) -> Vec<Label> {
    let ticks = match &axis.ticks {
        Ticks::At(numbers) => numbers.iter().copied().filter(|number| axis.scale.contains(*number)).collect(),
        _ => axis.scale.ticks(most),
    };
    let texts = match &axis.ticks {
        // Each size by itself: 0.5 beside 10 does not make it 10.0.
        Ticks::At(_) => ticks.iter().flat_map(|tick| tick_labels(&[*tick])).collect(),
        _ => tick_labels(&ticks),
    };
    let label = |(tick, text): (&f64, String)| Label { at: axis.scale.share(*tick), lines: vec![text] };
    ticks.iter().zip(texts).map(label).collect()
}

/// The labels from both ends inwards that keep apart from those kept before.
fn thinned(labels: Vec<Label>, apart: impl Fn(&Label, &Label) -> bool) -> Vec<Label> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|at| if *at == 0 || at + 1 == labels.len() { 0 } else { 1 });
    let mut kept: Vec<usize> = Vec::new();
    for at in order {
        if kept.iter().all(|other| apart(&labels[*other], &labels[at])) {
            kept.push(at);
        }
    }
    kept.sort_unstable();
    let is_kept = |at: &usize| kept.contains(at);
    labels.into_iter().enumerate().filter(|(at, _)| is_kept(at)).map(|(_, label)| label).collect()
}
