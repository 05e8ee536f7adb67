//! How long it still takes, from how long it took.

use std::time::{Duration, Instant};

/// Measures the phases of a run (its steps, its answers) and the runs of a grid.
#[derive(Debug)]
pub struct Clock {
    run: Instant,
    weight: usize,
    phase: Option<Phase>,
    done: Done,
    weight_left: usize,
}

/// A stretch of counted work, which may begin above 0 after a resume.
#[derive(Debug)]
struct Phase {
    begun: Instant,
    from: usize,
    last: usize,
}

/// What the runs before this one took.
#[derive(Debug, Default)]
struct Done {
    time: Duration,
    weight: usize,
}

impl Clock {
    /// A clock before runs of so much weight in all; a run of twice the weight is thought to take twice as long.
    pub fn new(weight: usize) -> Self {
        Self { run: Instant::now(), weight: 0, phase: None, done: Done::default(), weight_left: weight }
    }

    /// A run begins.
    pub fn begin(&mut self, weight: usize) {
        self.run = Instant::now();
        self.phase = None;
        self.weight = weight;
        self.weight_left = self.weight_left.saturating_sub(weight);
    }

    /// The run is over.
    pub fn end(&mut self) {
        self.done.time += self.of_run();
        self.done.weight += self.weight;
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

    /// Time left in the grid, once a run that weighs something is over; `phase` is what is left of the present phase.
    pub fn left_in_grid(&self, phase: Option<Duration>) -> Option<Duration> {
        let weight = Some(self.done.weight).filter(|weight| *weight > 0)?;
        let expected = |of: usize| self.done.time.mul_f64(of as f64 / weight as f64);
        let left_in_run = expected(self.weight).saturating_sub(self.of_run());
        Some(left_in_run.max(phase.unwrap_or_default()) + expected(self.weight_left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_promised_before_it_is_known() {
        let mut clock = Clock::new(30);
        clock.begin(10);
        clock.advance(7);
        assert_eq!(clock.left(7, 10), None);
        assert_eq!(clock.left_in_grid(None), None);
        clock.advance(8);
        assert!(clock.left(8, 10).is_some());
    }

    #[test]
    fn weightless_runs_promise_nothing() {
        let mut clock = Clock::new(10);
        clock.begin(0);
        clock.end();
        assert_eq!(clock.left_in_grid(None), None);
        clock.begin(10);
        clock.end();
        let minute = Some(Duration::from_secs(60));
        assert_eq!(clock.left_in_grid(minute), minute);
    }

    #[test]
    fn a_finished_phase_has_nothing_left() {
        let mut clock = Clock::new(0);
        clock.advance(1);
        clock.advance(10);
        assert_eq!(clock.left(10, 10), Some(Duration::ZERO));
    }

    #[test]
    fn a_smaller_count_begins_a_phase() {
        let mut clock = Clock::new(0);
        clock.advance(1);
        clock.advance(500);
        clock.advance(3);
        assert_eq!(clock.left(3, 10), None);
    }
}
