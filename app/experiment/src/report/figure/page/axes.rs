//! The axes of a panel: grid, lines, ticks, labels and title.

use super::frame::Frame;
use super::labels::{Label, Labels, block_height};
use super::panel::{HEADING_GAP, Heading, Panel, half_capital, tick_length, tick_room};
use crate::report::figure::Colour;
use crate::report::figure::canvas::{Anchor, Canvas, Outline, Stroke, Text};
use crate::report::figure::chart::{Axis, Plot, Shape, Ticks};
use crate::report::figure::geometry::Place;
use crate::report::figure::style::Style;
use crate::report::figure::typeface::CAP_HEIGHT;

/// Draws what is not data.
pub struct Axes<'p> {
    /// Lengths.
    pub style: &'p Style,
    /// What.
    pub plot: &'p Plot,
    /// The labels.
    pub panel: &'p Panel,
    /// Where.
    pub frame: Frame,
}

impl Axes<'_> {
    /// What lies behind the data: the grid of values.
    pub fn draw_behind(&self, canvas: &mut Canvas) {
        let area = self.frame.area;
        let stroke = Stroke::solid(Colour::GRID, self.style.hairline * 1.1);
        if self.has_ticks(self.vertical()) {
            for label in &self.panel.beside.labels {
                let y = area.bottom() - label.at * area.height;
                canvas.stroke(line((area.x, y), (area.right(), y)), stroke.clone());
            }
        }
        if self.has_ticks(self.horizontal()) && (self.frame.turned || self.plot.shape == Shape::Square) {
            for label in &self.panel.below.labels {
                let x = area.x + label.at * area.width;
                canvas.stroke(line((x, area.y), (x, area.bottom())), stroke.clone());
            }
        }
    }

    /// What lies before the data.
    pub fn draw_before(&self, canvas: &mut Canvas) {
        let left = self.frame.area.x - self.panel.margins.left;
        if self.plot.shape != Shape::Grid {
            self.lines(canvas);
        }
        self.ticks(canvas);
        self.below(canvas);
        self.beside(canvas);
        self.across_label(canvas);
        self.up_label(canvas, left);
        self.title(canvas, left);
    }

    fn horizontal(&self) -> &Axis {
        if self.frame.turned { &self.plot.up } else { &self.plot.across }
    }

    fn vertical(&self) -> &Axis {
        if self.frame.turned { &self.plot.across } else { &self.plot.up }
    }

    fn has_ticks(&self, axis: &Axis) -> bool {
        !matches!(axis.ticks, Ticks::Names(_))
    }

    /// The line that values start from, and the one at the side; zero gets a line where it lies inside.
    fn lines(&self, canvas: &mut Canvas) {
        let area = self.frame.area;
        let stroke = self.style.axis_stroke();
        canvas.stroke(line((area.x, area.y), (area.x, area.bottom())), stroke.clone());
        canvas.stroke(line((area.x, area.bottom()), (area.right(), area.bottom())), stroke.clone());
        let zero = self.plot.up.scale.share(0.0);
        if self.plot.has_names_across() && !self.plot.up.scale.log && zero > 1e-9 && zero < 1.0 - 1e-9 {
            let ends = [self.plot.across.scale.from, self.plot.across.scale.to];
            let places = ends.map(|across| self.frame.place(across, 0.0));
            canvas.stroke(Outline::Open(places.to_vec()), stroke);
        }
    }

    fn ticks(&self, canvas: &mut Canvas) {
        let (area, length, stroke) = (self.frame.area, tick_length(self.style), self.style.axis_stroke());
        if self.has_ticks(self.horizontal()) {
            for number in shown_numbers(self.horizontal(), &self.panel.below) {
                let x = area.x + number * area.width;
                canvas.stroke(line((x, area.bottom()), (x, area.bottom() + length)), stroke.clone());
            }
        }
        if self.has_ticks(self.vertical()) {
            for label in &self.panel.beside.labels {
                let y = area.bottom() - label.at * area.height;
                canvas.stroke(line((area.x - length, y), (area.x, y)), stroke.clone());
            }
        }
    }

    fn below(&self, canvas: &mut Canvas) {
        let labels = &self.panel.below;
        let top = self.frame.area.bottom() + tick_room(self.style, self.horizontal());
        for label in &labels.labels {
            let x = self.frame.area.x + label.at * self.frame.area.width;
            match labels.upright {
                true => upright(canvas, labels, label, Place::new(x, top)),
                false => level(canvas, labels, label, Place::new(x, top)),
            }
        }
    }

    fn beside(&self, canvas: &mut Canvas) {
        let labels = &self.panel.beside;
        let area = self.frame.area;
        let x = area.x - tick_room(self.style, self.vertical());
        for label in &labels.labels {
            let y = if self.frame.turned {
                area.y + label.at * area.height
            } else {
                area.bottom() - label.at * area.height
            };
            let first = y - (label.lines.len() - 1) as f64 * Style::line(labels.size) / 2.0 + half_capital(labels.size);
            for (line, text) in label.lines.iter().enumerate() {
                let at = Place::new(x, first + Style::line(labels.size) * line as f64);
                canvas.text(Text::new(at, Anchor::End, labels.size, text));
            }
        }
    }

    fn across_label(&self, canvas: &mut Canvas) {
        let heading = &self.panel.across_label;
        let room = tick_room(self.style, self.horizontal()) + self.panel.below.depth + HEADING_GAP * heading.size;
        let top = self.frame.area.bottom() + room + CAP_HEIGHT * heading.size;
        for (line, text) in heading.lines.iter().enumerate() {
            let at = Place::new(self.frame.area.centre().x, top + Style::line(heading.size) * line as f64);
            canvas.text(Text::new(at, Anchor::Middle, heading.size, text));
        }
    }

    fn up_label(&self, canvas: &mut Canvas, left: f64) {
        let heading = &self.panel.up_label;
        let block = block_height(heading.lines.len(), heading.size);
        let own = self.frame.area.x
            - tick_room(self.style, self.vertical())
            - self.panel.beside.depth
            - HEADING_GAP * heading.size;
        // Beside its own ticks, unless the panel's margin is wider for the sake of the panels above and below.
        let start = (own - block).max(left);
        for (line, text) in heading.lines.iter().enumerate() {
            let x = start + CAP_HEIGHT * heading.size + Style::line(heading.size) * line as f64;
            let at = Place::new(x, self.frame.area.centre().y);
            canvas.text(Text { angle: -90.0, ..Text::new(at, Anchor::Middle, heading.size, text) });
        }
    }

    fn title(&self, canvas: &mut Canvas, left: f64) {
        let Heading { lines, size } = &self.panel.title;
        let bottom = self.frame.area.y - 0.6 * size - 0.22 * size;
        let last = lines.len().saturating_sub(1);
        // Over the frame where it fits there, from the panel's edge where it needs the room.
        let widest = lines.iter().map(|line| self.style.typeface.width(line, *size, true)).fold(0.0, f64::max);
        let x = if widest <= self.frame.area.width { self.frame.area.x } else { left };
        for (line, text) in lines.iter().enumerate() {
            let at = Place::new(x, bottom - Style::line(*size) * (last - line) as f64);
            canvas.text(Text { bold: true, ..Text::new(at, Anchor::Start, *size, text) });
        }
    }
}

/// Where ticks stand: at every number asked for, also one whose label found no room.
fn shown_numbers(axis: &Axis, labels: &Labels) -> Vec<f64> {
    match &axis.ticks {
        Ticks::At(numbers) => {
            let shares =
                numbers.iter().filter(|number| axis.scale.contains(**number)).map(|number| axis.scale.share(*number));
            shares.collect()
        }
        _ => labels.labels.iter().map(|label| label.at).collect(),
    }
}

fn level(canvas: &mut Canvas, labels: &Labels, label: &Label, top: Place) {
    for (line, text) in label.lines.iter().enumerate() {
        let y = top.y + CAP_HEIGHT * labels.size + Style::line(labels.size) * line as f64;
        canvas.text(Text::new(Place::new(top.x, y), Anchor::Middle, labels.size, text));
    }
}

/// Lines that read upwards end at the axis and stand beside each other, the first one to the left.
fn upright(canvas: &mut Canvas, labels: &Labels, label: &Label, top: Place) {
    let block = block_height(label.lines.len(), labels.size);
    for (line, text) in label.lines.iter().enumerate() {
        let x = top.x - block / 2.0 + CAP_HEIGHT * labels.size + Style::line(labels.size) * line as f64;
        let at = Place::new(x, top.y);
        canvas.text(Text { angle: -90.0, ..Text::new(at, Anchor::End, labels.size, text) });
    }
}

fn line(from: (f64, f64), to: (f64, f64)) -> Outline {
    Outline::Open(vec![Place::new(from.0, from.1), Place::new(to.0, to.1)])
}
