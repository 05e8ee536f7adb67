//! A line about work that cannot be counted out beforehand: rewritten on a terminal, rare elsewhere.

use super::BETWEEN_LINES;
use indicatif::ProgressBar;
use std::io::IsTerminal;
use std::time::Instant;

/// The line.
#[derive(Debug)]
pub struct Note {
    spinner: Option<ProgressBar>,
    last: Instant,
}

impl Default for Note {
    fn default() -> Self {
        let spinner = std::io::stderr().is_terminal().then(ProgressBar::new_spinner);
        Self { spinner, last: Instant::now() }
    }
}

impl Note {
    /// Says where the work stands.
    pub fn tell(&mut self, text: &str) {
        if let Some(spinner) = &self.spinner {
            spinner.set_message(text.to_owned());
            spinner.tick();
        } else if self.last.elapsed() >= BETWEEN_LINES {
            self.last = Instant::now();
            eprintln!("{text}");
        }
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
    }
}
