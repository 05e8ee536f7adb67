//! How long it still takes, from how long it took: of a phase by its counted steps, of a grid by the weights of its runs.

use std::time::{Duration, Instant};

/// A phase of a run: its steps, its answers. It may begin above 0 after a resume.
#[derive(Debug, Default)]
pub struct PhaseClock {
    phase: Option<Phase>,
}

#[derive(Debug)]
struct Phase {
    begun: Instant,
    from: usize,
    last: usize,
}

impl PhaseClock {
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
}

/// The runs of a grid in their lanes; one of twice the weight is thought to take twice as long.
#[derive(Debug)]
pub struct GridClock {
    lanes: usize,
    /// Of the runs that were not begun yet.
    weight_left: usize,
    active: Vec<Active>,
    done_time: Duration,
    done_weight: usize,
}

/// A run that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Active {
    begun: Instant,
    weight: usize,
}

impl GridClock {
    /// A clock before runs of so much weight in all.
    pub fn new(weight: usize, lanes: usize) -> Self {
        Self { lanes, weight_left: weight, active: Vec::new(), done_time: Duration::ZERO, done_weight: 0 }
    }

    /// A run begins.
    pub fn begin(&mut self, weight: usize) -> Active {
        self.weight_left = self.weight_left.saturating_sub(weight);
        let run = Active { begun: Instant::now(), weight };
        self.active.push(run);
        run
    }

    /// The run is over, after so long.
    pub fn end(&mut self, run: Active) -> Duration {
        if let Some(place) = self.active.iter().position(|active| *active == run) {
            self.active.swap_remove(place);
        }
        let time = run.begun.elapsed();
        self.done_time += time;
        self.done_weight += run.weight;
        time
    }

    /// Time left in the grid, once a run that weighs something is over; `phase` is what is left of one run's phase.
    pub fn left(&self, phase: Option<Duration>) -> Option<Duration> {
        let weight = Some(self.done_weight).filter(|weight| *weight > 0)?;
        let expected = |of: usize| self.done_time.mul_f64(of as f64 / weight as f64);
        let left_in_run = |run: &Active| expected(run.weight).saturating_sub(run.begun.elapsed());
        let active: Duration = self.active.iter().map(left_in_run).sum();
        Some(((active + expected(self.weight_left)) / self.lanes as u32).max(phase.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_promised_before_it_is_known() {
        let mut phase = PhaseClock::default();
        phase.advance(7);
        assert_eq!(phase.left(7, 10), None);
        phase.advance(8);
        assert!(phase.left(8, 10).is_some());
        let mut grid = GridClock::new(30, 2);
        grid.begin(10);
        assert_eq!(grid.left(Some(Duration::from_secs(1))), None);
    }

    #[test]
    fn weightless_runs_promise_nothing() {
        let mut grid = GridClock::new(10, 1);
        let baseline = grid.begin(0);
        grid.end(baseline);
        assert_eq!(grid.left(None), None);
        let tuned = grid.begin(10);
        grid.end(tuned);
        let minute = Some(Duration::from_secs(60));
        assert_eq!(grid.left(minute), minute);
    }

    #[test]
    fn lanes_share_what_is_left() {
        let grid = |lanes| {
            let mut grid = GridClock::new(50, lanes);
            grid.begin(10);
            grid.active[0].begun -= Duration::from_secs(600);
            grid.end(grid.active[0]);
            grid.left(None).unwrap().as_secs_f64()
        };
        assert!((grid(1) - 2400.0).abs() < 5.0 && (grid(2) - 1200.0).abs() < 5.0);
    }

    #[test]
    fn a_finished_phase_has_nothing_left() {
        let mut phase = PhaseClock::default();
        phase.advance(1);
        phase.advance(10);
        assert_eq!(phase.left(10, 10), Some(Duration::ZERO));
    }

    #[test]
    fn a_smaller_count_begins_a_phase() {
        let mut phase = PhaseClock::default();
        phase.advance(1);
        phase.advance(500);
        phase.advance(3);
        assert_eq!(phase.left(3, 10), None);
    }
}
