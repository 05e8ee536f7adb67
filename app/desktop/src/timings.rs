//! How long frames take in the real program, told when the window closes: `placebo window --timings`.

use crate::app::App;
use egui::{Context, Ui};
use std::time::{Duration, Instant};

/// A window that measures itself.
pub(crate) struct Timed {
    app: App,
    begun: Instant,
    first: Option<Duration>,
    frames: Frames,
}

impl Timed {
    /// Measures from a moment before anything was loaded.
    pub(crate) fn new(app: App, begun: Instant) -> Self {
        Self { app, begun, first: None, frames: Frames::default() }
    }
}

impl eframe::App for Timed {
    fn logic(&mut self, context: &Context, frame: &mut eframe::Frame) {
        // What the frame before took: layout, drawing, tessellation and painting, without waiting for the screen.
        if let Some(seconds) = frame.info().cpu_usage {
            self.first.get_or_insert_with(|| self.begun.elapsed());
            self.frames.add(f64::from(seconds) * 1000.0);
        }
        eframe::App::logic(&mut self.app, context, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        eframe::App::ui(&mut self.app, ui, frame);
        if self.first.is_none() {
            // So that the first frame is told of at once.
            ui.ctx().request_repaint();
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        eframe::App::clear_color(&self.app, visuals)
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        let first = self.first.unwrap_or_default().as_secs_f64() * 1000.0;
        eprintln!("first frame after {first:.0} ms; {}", self.frames.in_words());
    }
}

/// Milliseconds of frames.
#[derive(Debug, Default)]
pub struct Frames(Vec<f64>);

impl Frames {
    /// Adds a frame.
    pub fn add(&mut self, milliseconds: f64) {
        self.0.push(milliseconds);
    }

    /// The value that a share of the frames do not exceed.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        sorted.get((share * last as f64).round() as usize).copied().unwrap_or(0.0)
    }

    /// Count, median, 99th percentile and the longest.
    pub fn in_words(&self) -> String {
        let [median, p99, longest] = [0.5, 0.99, 1.0].map(|share| self.quantile(share));
        format!("{} frames: median {median:.2} ms, p99 {p99:.2} ms, longest {longest:.2} ms", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_the_frames_in_order() {
        let mut frames = Frames::default();
        (0..=100).rev().for_each(|frame| frames.add(f64::from(frame)));
        assert_eq!([0.5, 0.99, 1.0].map(|share| frames.quantile(share)), [50.0, 99.0, 100.0]);
        assert_eq!(frames.in_words(), "101 frames: median 50.00 ms, p99 99.00 ms, longest 100.00 ms");
        assert_eq!(Frames::default().quantile(0.5), 0.0);
    }
}
