//! One run from its claim to its end: journalled, watched for a wish to stop, and unable to take the grid down.

use super::attempt::Attempt;
use super::log::Log;
use super::model::Model;
use super::summary::End;
use super::work::Work;
use crate::outcome::{describe, panic_message};
use crate::progress::RunProgress;
use anyhow::anyhow;
use placebo_experiment::event::Event;
use placebo_experiment::results::{Claimed, ResultsError};
use placebo_train::checkpoint::CheckpointError;
use placebo_train::run::RunError;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// Performs a claimed run from wherever it stands; whatever goes wrong is its end, journalled where that is possible.
pub fn perform(work: &Work, claimed: &Claimed, model: &Model, progress: &mut RunProgress) -> End {
    perform_journalled(work, claimed, model, progress).unwrap_or_else(|error| failed(&error.into()))
}

fn perform_journalled(
    work: &Work,
    claimed: &Claimed,
    model: &Model,
    progress: &mut RunProgress,
) -> Result<End, ResultsError> {
    let begun = Instant::now();
    let log = Log::new(claimed.folder.journal(&claimed.lock)?, progress);
    let attempt = AssertUnwindSafe(|| Attempt { work, folder: &claimed.folder, log: &log }.run(model));
    let ended = catch_unwind(attempt).unwrap_or_else(|panic| Err(anyhow!("{}", panic_message(&*panic))));
    let end = ended.unwrap_or_else(|error| failed(&error));
    log.tell(match &end {
        End::Finished => Event::Finished { seconds: begun.elapsed().as_secs_f64() },
        End::Stopped { step } => Event::Stopped { step: *step },
        End::Failed { message } => Event::Failed { message: message.clone() },
    });
    match (end, log.into_fault()) {
        // Nobody asked: it stopped because its journal could not be written.
        (End::Stopped { .. }, Some(fault)) => Err(fault),
        (end, _) => Ok(end),
    }
}

fn failed(error: &anyhow::Error) -> End {
    let remedy = if is_full_disk(error) { FULL_DISK } else { "" };
    End::Failed { message: format!("{remedy}{}", describe(error)) }
}

/// The engine names the file; what is to be done depends on where it lies, which the worker knows.
const FULL_DISK: &str = "the disk is full: free some space and run again, what is finished is kept: ";

fn is_full_disk(error: &anyhow::Error) -> bool {
    match error.downcast_ref() {
        Some(RunError::Checkpoint(CheckpointError::File(cause)) | RunError::File { cause, .. }) => {
            matches!(cause.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
        }
        _ => false,
    }
}
