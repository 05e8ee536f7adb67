//! The loop over a grid: claim a run, perform it, go on with the next, also when one fails; one run at a time, or several
//! side by side that share the cores.

use super::jobs::Jobs;
use super::run::perform;
use super::summary::End;
use super::{Model, Prepared, Summary};
use crate::interrupt::Interrupt;
use crate::outcome::Outcome;
use crate::progress::Progress;
use placebo_experiment::results::{Claimed, Claims, RunFolder};
use placebo_train::device::DeviceChoice;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What one process works with.
#[derive(Debug)]
pub struct Work<'a> {
    /// The plan and its plugins.
    pub prepared: &'a Prepared,
    /// Where the model runs.
    pub device: DeviceChoice,
    /// How many runs go on side by side.
    pub jobs: Jobs,
    /// Whether finished runs keep what they could have resumed from.
    pub keep_checkpoints: bool,
    /// Whether somebody wants this process to save and end.
    pub interrupt: &'a Interrupt,
}

/// Performs every run of `folders` that is unfinished and free, and tells `ended` of each.
///
/// A failing run does not end the grid. A stopped one ends the lane that it was in, with one lane thus the grid: the
/// wish to stop was meant for whoever was at work on it.
///
/// # Errors
/// Only where a results folder cannot be read or written to at all.
pub fn work_through(
    work: &Work,
    folders: &[RunFolder],
    ended: impl FnMut(&RunFolder, &End) -> std::io::Result<()> + Send,
) -> anyhow::Result<Summary> {
    let model = Model::new(work.prepared.checkpoint.clone(), work.device);
    let open: Vec<_> = folders.iter().filter(|run| !run.is_finished()).map(RunFolder::spec).collect();
    let pools = pools(work.jobs.count(&open, &model))?;
    let progress = Progress::new(&open, pools.len());
    let claims = Claims::begin(folders.to_vec())?;
    let books = Mutex::new(Books { claims, summary: Summary::before(folders), ended, fault: None });
    let lane = Lane { work, model: &model, progress: &progress, books: &books };
    std::thread::scope(|scope| pools.iter().for_each(|pool| drop(scope.spawn(|| pool.install(|| lane.run())))));
    let Books { mut summary, fault, .. } = books.into_inner().unwrap_or_else(PoisonError::into_inner);
    summary.conclude(folders);
    fault.map_or(Ok(summary), Err)
}

/// The threads, shared out among so many lanes.
fn pools(lanes: usize) -> anyhow::Result<Vec<ThreadPool>> {
    let threads = rayon::current_num_threads();
    let share = |lane: usize| (threads * (lane + 1) / lanes - threads * lane / lanes).max(1);
    let pool = |lane| Ok(ThreadPoolBuilder::new().num_threads(share(lane)).build()?);
    (0..lanes).map(pool).collect()
}

/// One run after another, beside other lanes.
struct Lane<'a, F> {
    work: &'a Work<'a>,
    model: &'a Model,
    progress: &'a Progress,
    books: &'a Mutex<Books<F>>,
}

/// What the lanes keep together.
struct Books<F> {
    claims: Claims,
    summary: Summary,
    ended: F,
    /// Why nothing more is begun.
    fault: Option<anyhow::Error>,
}

impl<F: FnMut(&RunFolder, &End) -> std::io::Result<()>> Lane<'_, F> {
    fn run(&self) {
        while let Some(claimed) = self.claim() {
            let mut progress = self.progress.begin(claimed.folder.spec());
            let end = perform(self.work, &claimed, self.model, &mut progress);
            match &end {
                End::Finished => progress.end("finished", ""),
                End::Stopped { step } => progress.end("stopped", &format!(", {step} steps done")),
                End::Failed { message } => progress.end("failed", &format!(": {message}")),
            }
            self.note(&claimed.folder, &end);
            if matches!(end, End::Stopped { .. }) {
                break;
            }
        }
    }

    fn claim(&self) -> Option<Claimed> {
        let mut books = self.books();
        if self.work.interrupt.requested() || books.fault.is_some() {
            return None;
        }
        match books.claims.claim_next() {
            Ok(claimed) => claimed,
            Err(fault) => {
                books.fault = Some(fault.into());
                None
            }
        }
    }

    fn note(&self, folder: &RunFolder, end: &End) {
        let mut books = self.books();
        books.summary.count(end);
        if let Err(fault) = (books.ended)(folder, end) {
            books.fault = Some(fault.into());
        }
    }

    fn books(&self) -> MutexGuard<'_, Books<F>> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Summary {
    /// The command's outcome, whatever `interrupt` says of runs that were not begun.
    pub fn outcome(&self, interrupt: &Interrupt) -> Outcome {
        match self {
            Summary { stopped: 1.., .. } => Outcome::Stopped,
            Summary { open: 1.., .. } if interrupt.requested() => Outcome::Stopped,
            Summary { failed: 1.., .. } => Outcome::Failed,
            _ => Outcome::Done,
        }
    }
}
