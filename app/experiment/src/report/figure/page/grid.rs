//! Panels in rows and columns, the legend beside or above them, and the page around all.

use super::axes::Axes;
use super::frame::Frame;
use super::inside;
use super::labels::Labels;
use super::legend::Legend;
use super::marks::Painter;
use super::panel::{Heading, Margins, Panel, Room};
use crate::report::figure::canvas::{Anchor, Canvas, Text};
use crate::report::figure::chart::{Chart, Plot, Shape, Ticks};
use crate::report::figure::geometry::Place;
use crate::report::figure::style::Style;
use crate::report::figure::typeface::CAP_HEIGHT;
use crate::report::figure::{FigureSpec, LegendPlace};

/// A page and what had to be given up to make it.
#[derive(Debug, Clone, PartialEq)]
pub struct Laid {
    /// The page.
    pub canvas: Canvas,
    /// Every panel of the chart.
    pub panels: Vec<Placed>,
    /// Panels side by side.
    pub columns: usize,
    /// In sentences.
    pub warnings: Vec<String>,
}

/// A panel in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Its labels.
    pub panel: Panel,
    /// Its frame.
    pub frame: Frame,
}

/// Lays out a chart on the page that a spec asks for.
pub fn lay_out(spec: &FigureSpec, chart: &Chart) -> Laid {
    let style = Style::of(spec);
    let layout = Layout { spec, chart, style: &style };
    match spec.legend {
        LegendPlace::Top => layout.page(LegendPlace::Top),
        LegendPlace::None => layout.page(LegendPlace::None),
        LegendPlace::Right => {
            layout.right().unwrap_or_else(|| layout.above("there is too little room beside the panels"))
        }
        LegendPlace::Inside => layout.inside().unwrap_or_else(|| layout.above("no corner of the first panel is free")),
    }
}

/// Everything that the layout depends on.
struct Layout<'l> {
    spec: &'l FigureSpec,
    chart: &'l Chart,
    style: &'l Style,
}

/// Panels with their sizes, before they have places.
struct Rows {
    panels: Vec<Panel>,
    columns: usize,
    width: f64,
}

impl Layout<'_> {
    fn above(&self, reason: &str) -> Laid {
        let mut laid = self.page(LegendPlace::Top);
        laid.warnings.insert(0, format!("the legend stands above the panels: {reason}"));
        laid
    }

    /// A legend beside the panels is no higher than they are.
    fn right(&self) -> Option<Laid> {
        let legend = self.legend(LegendPlace::Right);
        let height = self.fitted(LegendPlace::Right).height(self.style);
        let fits = legend.is_none_or(|legend| legend.height <= height && legend.cut.is_empty());
        fits.then(|| self.page(LegendPlace::Right))
    }

    fn inside(&self) -> Option<Laid> {
        let Some(legend) = self.legend(LegendPlace::Inside) else { return Some(self.page(LegendPlace::None)) };
        let rows = self.fitted(LegendPlace::None);
        let mut laid = self.draw(&rows, LegendPlace::None, None);
        let frame = laid.panels.first()?.frame.area;
        let corner = inside::free_corner(&laid.canvas, frame, (legend.width, legend.height), self.style)?;
        legend.draw(&mut laid.canvas, self.style, corner);
        laid.warnings.extend(cut_warning(&legend.cut));
        Some(laid)
    }

    fn page(&self, place: LegendPlace) -> Laid {
        let legend = self.legend(place);
        self.draw(&self.fitted(place), place, legend.as_ref())
    }

    fn legend(&self, place: LegendPlace) -> Option<Legend> {
        let (width, height) = match place {
            LegendPlace::None => return None,
            LegendPlace::Top => (self.style.width, self.style.em(7.0)),
            LegendPlace::Right => (0.36 * self.style.width, self.style.em(20.0)),
            LegendPlace::Inside => (0.6 * self.style.width, self.style.em(9.0)),
        };
        Legend::fit(self.style, &self.chart.legend, width, height)
    }

    /// Room above the panels.
    fn top(&self, legend: Option<&Legend>) -> f64 {
        let above = legend.map_or(0.0, |legend| legend.height + self.style.em(0.9));
        self.title().map_or(0.0, |title| title.room() + self.style.em(0.3)) + above + self.edge()
    }

    fn title(&self) -> Option<Heading> {
        self.chart.title.as_ref().map(|title| Heading::fit(self.style, title, self.style.width, true))
    }

    /// Nothing touches the page's edge.
    fn edge(&self) -> f64 {
        self.style.em(0.15)
    }

    /// Panels as high as they look best, or as the page asks for: then a second pass shares out what is left.
    fn fitted(&self, place: LegendPlace) -> Rows {
        let rows = self.rows(place, None);
        let Some(wanted) = self.style.height else { return rows };
        let legend = self.legend(place);
        let above = legend.as_ref().filter(|_| place == LegendPlace::Top);
        let used = self.top(above) + rows.height(self.style) + self.edge();
        let first = rows.panels.iter().map(|panel| panel.frame.1).fold(0.0, f64::max);
        let height = first + (wanted - used) / rows.count() as f64;
        self.rows(place, Some(height.max(self.style.em(6.0))))
    }

    fn rows(&self, place: LegendPlace, height: Option<f64>) -> Rows {
        let legend = self.legend(place).filter(|_| place == LegendPlace::Right);
        let beside = legend.map_or(0.0, |legend| legend.width + self.style.em(1.2));
        let columns = self.columns(self.style.width - beside);
        let gaps = (columns - 1) as f64 * self.column_gap();
        let width = (self.style.width - beside - gaps - 2.0 * self.edge()) / columns as f64;
        let room = Room { width, height, turned: self.turns(width) };
        let mut rows = Rows { panels: self.panels(room), columns, width };
        // Panels above each other have their frames in line, for which all get the widest margins.
        rows.align(self, room);
        rows
    }

    fn panels(&self, room: Room) -> Vec<Panel> {
        self.chart.plots.iter().map(|plot| Panel::of(self.style, plot, room)).collect()
    }

    /// As many columns as leave panels room for their labels, evenly filled.
    fn columns(&self, width: f64) -> usize {
        let count = self.chart.plots.len();
        let least = if self.chart.plots.iter().any(|plot| plot.shape == Shape::Grid) { 28.0 } else { 16.5 };
        let fitting = ((width + self.column_gap()) / (self.style.em(least) + self.column_gap())) as usize;
        // Whatever is asked for, labels must have room.
        let crowded = (width / self.style.em(12.0)) as usize;
        let most = self.spec.panel_columns.map_or(fitting, |columns| columns.min(crowded)).clamp(1, count);
        count.div_ceil(count.div_ceil(most))
    }

    fn column_gap(&self) -> f64 {
        self.style.em(1.4)
    }

    /// Names run down the left side of every panel if in one of them they have no room below.
    fn turns(&self, width: f64) -> bool {
        let turnable = |plot: &&Plot| matches!(plot.shape, Shape::MayTurn(_));
        let needs = |plot: &Plot| match &plot.across.ticks {
            Ticks::Names(names) => {
                let frame = width - self.style.em(4.0);
                Labels::level(self.style, names, &plot.across, frame)
                    .is_none_or(|labels| labels.depth > self.style.em(3.4))
            }
            _ => false,
        };
        self.chart.plots.iter().filter(turnable).any(needs)
    }

    fn draw(&self, rows: &Rows, place: LegendPlace, legend: Option<&Legend>) -> Laid {
        let above = legend.filter(|_| place == LegendPlace::Top);
        let top = self.top(above);
        let height = top + rows.height(self.style) + self.edge();
        let beside = legend.filter(|_| place == LegendPlace::Right);
        let first = rows.margin_above(0);
        let height = height.max(beside.map_or(0.0, |legend| top + first + legend.height + self.edge()));
        let mut canvas = Canvas::new(self.style.width, height.max(self.style.height.unwrap_or(0.0)));
        let mut warnings = self.grown(height);
        self.draw_title(&mut canvas);
        if let Some(legend) = above {
            let x = (self.style.width - legend.width).max(0.0) / 2.0;
            legend.draw(&mut canvas, self.style, Place::new(x, top - legend.height - self.style.em(0.9)));
        }
        if let Some(legend) = beside {
            let x = self.style.width - legend.width - self.edge();
            legend.draw(&mut canvas, self.style, Place::new(x, top + first));
        }
        warnings.extend(legend.and_then(|legend| cut_warning(&legend.cut)));
        let panels = rows.placed(self, top);
        for (plot, placed) in self.chart.plots.iter().zip(&panels) {
            warnings.extend(draw_panel(self.style, &mut canvas, plot, placed));
        }
        warnings.dedup();
        Laid { canvas, panels, columns: rows.columns, warnings }
    }

    fn grown(&self, height: f64) -> Vec<String> {
        let grows = self.style.height.filter(|wanted| height > wanted + 0.5);
        let warning = |wanted: f64| {
            let ratio = height / wanted;
            format!("the page is {ratio:.2} times as high as asked for, because its labels need the room")
        };
        grows.map(warning).into_iter().collect()
    }

    fn draw_title(&self, canvas: &mut Canvas) {
        let Some(title) = self.title() else { return };
        for (line, text) in title.lines.iter().enumerate() {
            let y = self.edge() + CAP_HEIGHT * title.size + Style::line(title.size) * line as f64;
            let at = Place::new(self.style.width / 2.0, y);
            canvas.text(Text { bold: true, ..Text::new(at, Anchor::Middle, title.size, text) });
        }
    }
}

impl Rows {
    fn count(&self) -> usize {
        self.panels.len().div_ceil(self.columns)
    }

    fn row(&self, row: usize) -> &[Panel] {
        let first = row * self.columns;
        &self.panels[first..(first + self.columns).min(self.panels.len())]
    }

    fn height(&self, style: &Style) -> f64 {
        let rows = (0..self.count()).map(|row| self.row_height(row)).sum::<f64>();
        rows + (self.count() - 1) as f64 * row_gap(style)
    }

    /// Frames of a row begin and end together, so the widest margins of the row count.
    fn row_height(&self, row: usize) -> f64 {
        let most = |part: fn(&Panel) -> f64| self.row(row).iter().map(part).fold(0.0, f64::max);
        self.margin_above(row) + most(|panel| panel.frame.1) + most(|panel| panel.margins.bottom)
    }

    fn margin_above(&self, row: usize) -> f64 {
        self.row(row).iter().map(|panel| panel.margins.top).fold(0.0, f64::max)
    }

    /// The left edge of a panel; one that is narrower than its place, as a square may be, stands in the middle of it.
    fn left(&self, layout: &Layout, at: usize) -> f64 {
        let Panel { margins, frame, .. } = &self.panels[at];
        let slack = (self.width - margins.left - frame.0 - margins.right).max(0.0);
        layout.edge() + (at % self.columns) as f64 * (self.width + layout.column_gap()) + slack / 2.0
    }

    fn align(&mut self, layout: &Layout, room: Room) {
        let most = |part: fn(&Margins) -> f64| self.panels.iter().map(|panel| part(&panel.margins)).fold(0.0, f64::max);
        let (left, right) = (most(|margins| margins.left), most(|margins| margins.right));
        let height = self.panels.iter().map(|panel| panel.frame.1).fold(0.0, f64::max);
        for (panel, plot) in self.panels.iter_mut().zip(&layout.chart.plots) {
            panel.widen(layout.style, plot, Room { height: room.height.or(Some(height)), ..room }, (left, right));
        }
    }

    /// All panels in their places, the first row's top at `top`.
    fn placed(&self, layout: &Layout, top: f64) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut y = top;
        for row in 0..self.count() {
            for panel in self.row(row) {
                let at = placed.len();
                let frame = panel.frame_at(&layout.chart.plots[at], self.left(layout, at), y + self.margin_above(row));
                placed.push(Placed { panel: panel.clone(), frame });
            }
            y += self.row_height(row) + row_gap(layout.style);
        }
        placed
    }
}

fn row_gap(style: &Style) -> f64 {
    style.em(1.1)
}

fn draw_panel(style: &Style, canvas: &mut Canvas, plot: &Plot, placed: &Placed) -> Vec<String> {
    let Placed { panel, frame } = placed;
    let axes = Axes { style, plot, panel, frame: *frame };
    axes.draw_behind(canvas);
    let cut = [panel.below.cut.clone(), panel.beside.cut.clone()].concat();
    let mut warnings: Vec<_> = cut_warning(&cut).into_iter().collect();
    if !(Painter { style, frame: *frame, canvas }).paint(&plot.marks) {
        warnings.push("numbers are left out, because they would meet; a wider page shows them".to_owned());
    }
    axes.draw_before(canvas);
    warnings
}

fn cut_warning(cut: &[String]) -> Option<String> {
    let names = cut.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    (!cut.is_empty())
        .then(|| format!("too long to be shown in full, give a shorter name under `names` in the spec: {names}"))
}
