//! What a run's journal says, summed up event by event.

use super::curve::Steps;
use super::log::sentence;
use crate::state::{LogLine, Progress, RunView};
use placebo_experiment::event::Event;
use placebo_experiment::results::{Entry, RunFolder, RunState};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::SystemTime;

/// Lines of the log that are kept.
const LINES: usize = 200;

/// Where a run stands, whatever its journal says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stand {
    pub(super) state: RunState,
    pub(super) stopping: bool,
    pub(super) first: Option<SystemTime>,
}

/// The account of one run.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// The last start, stop or failure.
    pub(super) turn: Option<Event>,
    /// Lines that are no event.
    pub(super) unreadable: usize,
    steps: Steps,
    progress: Progress,
    /// When the present start took its first step, and which.
    pace: Option<(f64, usize)>,
    log: VecDeque<LogLine>,
}

impl Account {
    /// Takes an event into account.
    pub(super) fn add(&mut self, entry: Entry) {
        if let Some((text, grave)) = sentence(&entry.event) {
            self.log.push_back(LogLine { time: entry.time, text, grave });
            self.log.drain(..self.log.len().saturating_sub(LINES));
        }
        match &entry.event {
            Event::Started { device, .. } => {
                self.pace = None;
                self.progress.device.clone_from(device);
            }
            Event::Step { .. } => self.step(&entry),
            Event::Evaluated { step, loss, .. } => self.steps.validate(*step, *loss),
            Event::Generating { done, total } => {
                (self.progress.answered, self.progress.answers) = (*done, *total);
                self.progress.seconds_left = None;
            }
            Event::Finished { seconds } => self.progress.seconds = Some(*seconds),
            _ => {}
        }
        if entry.event.is_turn() {
            self.progress.seconds_left = None;
            self.progress.tokens_per_s = None;
            self.turn = Some(entry.event);
        }
    }

    fn step(&mut self, entry: &Entry) {
        let Event::Step { step, steps, loss, learning_rate, tokens_per_s, .. } = &entry.event else { return };
        self.steps.add(*step, *loss, *learning_rate);
        let (since, first) = *self.pace.get_or_insert((entry.time, *step));
        let per_step = (*step > first).then(|| (entry.time - since) / (step - first) as f64);
        self.progress.seconds_left = per_step.map(|seconds| seconds * steps.saturating_sub(*step) as f64);
        (self.progress.step, self.progress.steps) = (*step, *steps);
        (self.progress.answered, self.progress.answers) = (0, 0);
        self.progress.tokens_per_s = Some(*tokens_per_s);
    }

    /// The run as the window shows it.
    pub(super) fn view(&self, folder: &RunFolder, stand: Stand) -> RunView {
        let Stand { state, stopping, first } = stand;
        RunView {
            path: folder.path().to_owned(),
            id: folder.id().to_string(),
            spec: Arc::new(folder.spec().clone()),
            state,
            stopping,
            first,
            progress: self.progress.clone(),
            curve: Arc::new(self.steps.curve()),
            log: self.log.iter().cloned().collect(),
            unreadable: self.unreadable,
        }
    }
}
