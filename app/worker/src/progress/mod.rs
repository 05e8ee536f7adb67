//! Progress for the person who waits: a bar for each run on a terminal, an occasional line elsewhere, all on standard error.

mod clock;
mod note;
mod share;
mod words;

use clock::{Active, GridClock, PhaseClock};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use placebo_experiment::event::Event;
use placebo_experiment::run_spec::{RunKind, RunSpec};
use std::io::IsTerminal;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use note::Note;
pub use share::Share;
pub use words::{duration, number, title};

/// Time between two lines where no terminal shows a bar.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// What a grid of runs shows while it goes on.
#[derive(Debug)]
pub struct Progress {
    /// Where a terminal shows bars, one a lane.
    bars: Option<MultiProgress>,
    runs: usize,
    count: Mutex<Count>,
}

#[derive(Debug)]
struct Count {
    begun: usize,
    clock: GridClock,
}

/// What one run of the grid shows.
#[derive(Debug)]
pub struct RunProgress<'p> {
    grid: &'p Progress,
    active: Active,
    clock: PhaseClock,
    title: String,
    display: Display,
}

#[derive(Debug)]
enum Display {
    Bar(ProgressBar),
    Lines { next: Instant },
}

impl Progress {
    /// Progress of these runs in so many lanes.
    pub fn new(runs: &[&RunSpec], lanes: usize) -> Self {
        let target = || MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        let weight = runs.iter().map(|run| weight(run)).sum();
        let count = Count { begun: 0, clock: GridClock::new(weight, lanes) };
        Self { bars: std::io::stderr().is_terminal().then(target), runs: runs.len(), count: Mutex::new(count) }
    }

    /// The next run begins.
    pub fn begin(&self, run: &RunSpec) -> RunProgress<'_> {
        let mut count = self.count();
        count.begun += 1;
        let title = format!("[{}/{}] {}", count.begun, self.runs, title(run));
        let display = match &self.bars {
            Some(bars) => Display::Bar(bars.add(bar(&title))),
            None => Display::Lines { next: Instant::now() + BETWEEN_LINES },
        };
        RunProgress { grid: self, active: count.clock.begin(weight(run)), clock: PhaseClock::default(), title, display }
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RunProgress<'_> {
    /// Something happened in the run.
    pub fn event(&mut self, event: &Event) {
        match event {
            Event::Step { step, steps, .. } => self.advance(*step, *steps, &words::step(event)),
            Event::Generating { done, total } => self.advance(*done, *total, "answers"),
            Event::Warning { message } => self.note(&format!("{}: warning: {message}", self.title)),
            _ => {}
        }
    }

    /// The run is over, in one word, with what there is to say of it.
    pub fn end(self, how: &str, remark: &str) {
        let after = duration(self.grid.count().clock.end(self.active));
        self.note(&format!("{}: {how} after {after}{remark}", self.title));
    }

    /// A line that stays.
    fn note(&self, line: &str) {
        match &self.grid.bars {
            Some(bars) => bars.suspend(|| eprintln!("{line}")),
            None => eprintln!("{line}"),
        }
    }

    fn advance(&mut self, done: usize, total: usize, what: &str) {
        self.clock.advance(done);
        let phase = self.clock.left(done, total);
        let left = words::left(phase, self.grid.count().clock.left(phase));
        match &mut self.display {
            Display::Bar(bar) => {
                bar.set_length(total as u64);
                bar.set_position(done as u64);
                bar.set_message(format!("{what}{left}"));
            }
            Display::Lines { next } if Instant::now() >= *next => {
                *next = Instant::now() + BETWEEN_LINES;
                eprintln!("{}: {done} of {total}, {what}{left}", self.title);
            }
            Display::Lines { .. } => {}
        }
    }
}

impl Drop for RunProgress<'_> {
    fn drop(&mut self) {
        if let Display::Bar(bar) = &self.display {
            bar.finish_and_clear();
        }
    }
}

/// How long a run takes in proportion to others; next to tuning, baselines take no time.
fn weight(run: &RunSpec) -> usize {
    match run.kind {
        RunKind::FineTune => run.data.train_instances_per_task,
        _ => 0,
    }
}

fn bar(title: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix}  {bar:24} {pos}/{len}  {msg}");
    let style = style.expect("the template is well-formed").progress_chars("━╸ ");
    let bar = ProgressBar::new(0).with_style(style).with_prefix(title.to_owned()).with_message("preparing");
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
