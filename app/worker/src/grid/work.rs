//! The loop over a grid: claim a run, perform it, go on with the next, also when one fails.

use super::run::perform;
use super::summary::End;
use super::{Model, Prepared, Summary};
use crate::interrupt::Interrupt;
use crate::outcome::Outcome;
use crate::progress::Progress;
use placebo_experiment::results::{Claims, RunFolder};
use placebo_train::device::DeviceChoice;

/// What one process works with.
#[derive(Debug)]
pub struct Work<'a> {
    /// The plan and its plugins.
    pub prepared: &'a Prepared,
    /// Where the model runs.
    pub device: DeviceChoice,
    /// Whether finished runs keep what they could have resumed from.
    pub keep_checkpoints: bool,
    /// Whether somebody wants this process to save and end.
    pub interrupt: &'a Interrupt,
}

/// Performs every run of `folders` that is unfinished and free, and tells `ended` of each.
///
/// A failing run does not end the grid. A stopped one does: the wish to stop was meant for the process at work on it.
///
/// # Errors
/// Only where a results folder cannot be read or written to at all.
pub fn work_through(
    work: &Work,
    folders: &[RunFolder],
    mut ended: impl FnMut(&RunFolder, &End) -> std::io::Result<()>,
) -> anyhow::Result<Summary> {
    let mut summary = Summary::before(folders);
    let mut progress = Progress::new(folders.iter().filter(|run| !run.is_finished()).map(RunFolder::spec));
    let mut model = Model::new(work.prepared.checkpoint.clone(), work.device);
    let mut claims = Claims::begin(folders.to_vec())?;
    while !work.interrupt.requested()
        && let Some(claimed) = claims.claim_next()?
    {
        progress.begin(claimed.folder.spec());
        let end = perform(work, &claimed, &mut model, &mut progress);
        match &end {
            End::Finished => progress.end("finished", ""),
            End::Stopped { step } => progress.end("stopped", &format!(", {step} steps done")),
            End::Failed { message } => progress.end("failed", &format!(": {message}")),
        }
        summary.count(&end);
        ended(&claimed.folder, &end)?;
        if matches!(end, End::Stopped { .. }) {
            break;
        }
    }
    summary.conclude(folders);
    Ok(summary)
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
