//! Reading a task collection for the pages that show tasks and prompts.

use crate::message::Told;
use crate::state::TaskBook;
use placebo_experiment::load::load_split;
use placebo_experiment::plan::DataPlan;
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use std::sync::Arc;

/// Instances kept of each task, to look at.
const INSTANCES: usize = 20;

/// Reads both splits.
///
/// # Errors
/// A collection that cannot be read at all; single bad files are listed in the book.
pub(crate) fn read_tasks(data: &DataPlan, seed: u64) -> Told<Arc<TaskBook>> {
    let read = |split, keep| load_split(data, split, keep).map_err(|error| error.to_string());
    // Of training tasks those that runs draw first under the plan's first seed.
    let drawn = Keep::Sample { seed, count: INSTANCES };
    Ok(Arc::new(TaskBook { train: read(Split::Train, drawn)?, test: read(Split::Test, Keep::First(INSTANCES))? }))
}
