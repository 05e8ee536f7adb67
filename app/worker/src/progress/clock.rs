//! How long it still takes, from how long it took.

use std::time::{Duration, Instant};

/// Measures the phases of a run (its steps, its answers) and the runs of a grid.
#[derive(Debug)]
pub struct Clock {
    run: Instant,
    phase: Option<Phase>,
    finished: Vec<Duration>,
    runs_left: usize,
}

/// A stretch of counted work, which may begin above 0 after a resume.
#[derive(Debug)]
struct Phase {
    begun: Instant,
    from: usize,
    last: usize,
}

impl Clock {
    /// A clock before its first run.
    pub fn new() -> Self {
        Self { run: Instant::now(), phase: None, finished: Vec::new(), runs_left: 0 }
    }

    /// A run begins; so many follow it.
    pub fn begin(&mut self, runs_left: usize) {
        self.run = Instant::now();
        self.phase = None;
        self.runs_left = runs_left;
    }

    /// The run is over.
    pub fn end(&mut self) {
        self.finished.push(self.of_run());
    }

    /// Time since the run began.
    pub fn of_run(&self) -> Duration {
        self.run.elapsed()
    }

    /// So much of the phase is done; less than before means that another phase began.
    pub fn advance(&mut self, done: usize) {
        match &mut self.phase {
            Some(phase) if done >= phase.last => phase.last = done,
            phase => *phase = Some(Phase { begun: Instant::now(), from: done, last: done }),
        }
    }

    /// Time left in the phase, once two of its moments are known.
    pub fn left(&self, done: usize, total: usize) -> Option<Duration> {
        let phase = self.phase.as_ref().filter(|phase| done > phase.from)?;
        let each = phase.begun.elapsed().as_secs_f64() / (done - phase.from) as f64;
        Some(Duration::from_secs_f64(each * total.saturating_sub(done) as f64))
    }

    /// Time left in the grid, once one run is over: as if every run took the mean of those before.
    pub fn left_in_grid(&self) -> Option<Duration> {
        let count = u32::try_from(self.finished.len()).ok().filter(|count| *count > 0)?;
        let mean = self.finished.iter().sum::<Duration>() / count;
        let following = u32::try_from(self.runs_left).unwrap_or(u32::MAX);
        Some(mean.saturating_sub(self.of_run()) + mean.saturating_mul(following))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_promised_before_it_is_known() {
        let mut clock = Clock::new();
        clock.begin(3);
        clock.advance(7);
        assert_eq!(clock.left(7, 10), None);
        assert_eq!(clock.left_in_grid(), None);
        clock.advance(8);
        assert!(clock.left(8, 10).is_some());
    }

    #[test]
    fn a_finished_phase_has_nothing_left() {
        let mut clock = Clock::new();
        clock.advance(1);
        clock.advance(10);
        assert_eq!(clock.left(10, 10), Some(Duration::ZERO));
    }

    #[test]
    fn a_smaller_count_begins_a_phase() {
        let mut clock = Clock::new();
        clock.advance(1);
        clock.advance(500);
        clock.advance(3);
        assert_eq!(clock.left(3, 10), None);
    }
}
