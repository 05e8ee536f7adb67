//! Progress for the person who waits: a bar on a terminal, an occasional line elsewhere, all on standard error.

mod clock;
mod note;
mod share;
mod words;

use clock::Clock;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use placebo_experiment::event::Event;
use placebo_experiment::run_spec::{RunKind, RunSpec};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

pub use note::Note;
pub use share::Share;
pub use words::{duration, number, title};

/// Time between two lines where no terminal shows a bar.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// What a grid of runs shows while it goes on.
#[derive(Debug)]
pub struct Progress {
    display: Display,
    runs: usize,
    begun: usize,
    clock: Clock,
    title: String,
}

#[derive(Debug)]
enum Display {
    Bar(ProgressBar),
    Lines { next: Instant },
}

impl Progress {
    /// Progress of these runs.
    pub fn new<'s>(runs: impl Iterator<Item = &'s RunSpec>) -> Self {
        let weights: Vec<_> = runs.map(weight).collect();
        let display = match std::io::stderr().is_terminal() {
            true => Display::Bar(bar()),
            false => Display::Lines { next: Instant::now() },
        };
        let clock = Clock::new(weights.iter().sum());
        Self { display, runs: weights.len(), begun: 0, clock, title: String::new() }
    }

    /// The next run begins.
    pub fn begin(&mut self, run: &RunSpec) {
        self.begun += 1;
        self.title = format!("[{}/{}] {}", self.begun, self.runs, title(run));
        self.clock.begin(weight(run));
        match &mut self.display {
            Display::Bar(bar) => {
                bar.reset();
                bar.set_prefix(self.title.clone());
                bar.set_message("preparing");
                bar.enable_steady_tick(Duration::from_millis(200));
            }
            Display::Lines { next } => *next = Instant::now() + BETWEEN_LINES,
        }
    }

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
    pub fn end(&mut self, how: &str, remark: &str) {
        self.clock.end();
        let after = duration(self.clock.of_run());
        self.note(&format!("{}: {how} after {after}{remark}", self.title));
    }

    /// A line that stays.
    fn note(&self, line: &str) {
        match &self.display {
            Display::Bar(bar) => bar.suspend(|| eprintln!("{line}")),
            Display::Lines { .. } => eprintln!("{line}"),
        }
    }

    fn advance(&mut self, done: usize, total: usize, what: &str) {
        self.clock.advance(done);
        let phase = self.clock.left(done, total);
        let left = words::left(phase, self.clock.left_in_grid(phase));
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

impl Drop for Progress {
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

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix}  {bar:24} {pos}/{len}  {msg}");
    let style = style.expect("the template is well-formed").progress_chars("━╸ ");
    ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(8)).with_style(style)
}
