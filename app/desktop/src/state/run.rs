//! One run as the window shows it: made anew by the watcher whenever its folder changes.

use placebo_experiment::results::RunState;
use placebo_experiment::run_spec::{RunKind, RunSpec};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// Everything to be shown of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunView {
    /// Its folder.
    pub path: PathBuf,
    /// Its id.
    pub id: String,
    /// What it is.
    pub spec: Arc<RunSpec>,
    /// Where it stands.
    pub state: RunState,
    /// Whether it was asked to save and end.
    pub stopping: bool,
    /// Since when somebody wants it before the others that wait.
    pub first: Option<SystemTime>,
    /// How far it is.
    pub progress: Progress,
    /// Its losses and learning rates.
    pub curve: Arc<Curve>,
    /// The end of what it said, the last line last.
    pub log: Arc<[LogLine]>,
    /// Lines of its journal that are no event.
    pub unreadable: usize,
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// Optimizer steps done.
    pub step: usize,
    /// Steps there will be.
    pub steps: usize,
    /// Answers generated.
    pub answered: usize,
    /// Answers there will be.
    pub answers: usize,
    /// Tokens per second, source and target.
    pub tokens_per_s: Option<f64>,
    /// Seconds that the steps left will take at the pace of this start.
    pub seconds_left: Option<f64>,
    /// Seconds that the last start took, once it is finished.
    pub seconds: Option<f64>,
    /// The device in words.
    pub device: String,
}

/// Points of curves, thinned out to what a screen can show.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    /// Step and training loss: the lowest and the highest of every stretch.
    pub loss: Vec<[f64; 2]>,
    /// The loss, smoothed.
    pub smooth: Vec<[f64; 2]>,
    /// Step and learning rate.
    pub learning_rate: Vec<[f64; 2]>,
    /// Step and validation loss.
    pub validation: Vec<[f64; 2]>,
    /// Steps whose loss was no number.
    pub diverged: usize,
}

/// One line of what a run said.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// Seconds since 1970.
    pub time: f64,
    /// What.
    pub text: String,
    /// Whether it is an error or a warning.
    pub grave: bool,
}

impl Progress {
    /// The share of the present phase that is done, and what the phase is called.
    pub fn phase(&self) -> Option<(f32, String)> {
        let share = |done: usize, all: usize| done as f32 / all.max(1) as f32;
        if self.answers > 0 {
            return Some((share(self.answered, self.answers), format!("answers {} / {}", self.answered, self.answers)));
        }
        (self.steps > 0).then(|| (share(self.step, self.steps), format!("step {} / {}", self.step, self.steps)))
    }
}

impl RunView {
    /// What kind of run, size and seed, for lists.
    pub fn details(&self) -> String {
        match self.spec.kind {
            RunKind::FineTune => {
                format!("{} per task · seed {}", self.spec.data.train_instances_per_task, self.spec.seed)
            }
            _ => "baseline".to_owned(),
        }
    }

    /// Condition, size and seed, where runs are chosen from.
    pub fn title(&self) -> String {
        match self.spec.kind {
            RunKind::FineTune => format!("{} · {}", self.spec.condition.name, self.details()),
            _ => self.spec.condition.name.clone(),
        }
    }

    /// The state in a word.
    pub fn word(&self) -> &'static str {
        match self.state {
            RunState::Running if self.stopping => "stopping",
            RunState::Running => "running",
            RunState::Waiting if self.first.is_some() => "next",
            RunState::Waiting => "waiting",
            RunState::Stopped => "stopped",
            RunState::Failed { .. } => "failed",
            RunState::Finished => "finished",
        }
    }
}
