//! A record: what is known of one run, read from its folder.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::plan::Plan;
use crate::results::{PlanFolder, ResultsError, RunFolder, RunState, scan};
use crate::run_spec::RunSpec;
use crate::score::Scores;

/// One run and what it scored so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The run's folder.
    pub path: PathBuf,
    /// What the run is.
    pub spec: RunSpec,
    /// Where the run stands.
    pub state: RunState,
    /// Its scores, once it is finished.
    pub scores: Option<Scores>,
    /// The condition's place in the plan, so that tables keep the plan's order.
    pub place: usize,
}

/// Reads all runs at or below `path`, with what could not be read.
///
/// # Errors
/// A folder that cannot be read, or that holds no runs.
pub fn read_records(path: &Path) -> Result<(Vec<Record>, Vec<ResultsError>), ResultsError> {
    let found = scan(path)?;
    if found.runs.is_empty() && found.problems.is_empty() {
        return Err(ResultsError::NoRuns { path: path.to_owned() });
    }
    let mut places = Places::default();
    let placed = found.runs.into_iter().map(|folder| (places.of(&folder), folder)).collect::<Vec<_>>();
    let read: Vec<_> = placed.par_iter().map(|(place, folder)| read(folder, *place)).collect();
    let mut problems = found.problems;
    let keep = |record: Result<Record, _>| record.map_err(|problem| problems.push(problem)).ok();
    Ok((read.into_iter().filter_map(keep).collect(), problems))
}

fn read(folder: &RunFolder, place: usize) -> Result<Record, ResultsError> {
    let state = folder.state()?;
    let scores = (state == RunState::Finished).then(|| folder.scores()).transpose()?;
    Ok(Record { path: folder.path().to_owned(), spec: folder.spec().clone(), state, scores, place })
}

/// The order of conditions in the plan beside a run; runs come sorted by path, so one plan is kept at a time.
#[derive(Default)]
struct Places {
    folder: PathBuf,
    conditions: Vec<String>,
}

impl Places {
    fn of(&mut self, run: &RunFolder) -> usize {
        let folder = run.path().parent().unwrap_or(run.path());
        if folder != self.folder {
            self.folder = folder.to_owned();
            self.conditions = conditions(folder);
        }
        let name = &run.spec().condition.name;
        self.conditions.iter().position(|known| known == name).unwrap_or(self.conditions.len())
    }
}

/// The conditions of the plan in `folder`; results that were copied without it keep the order of the names.
fn conditions(folder: &Path) -> Vec<String> {
    let plan = Plan::read(&PlanFolder::plan_file(folder));
    plan.map(|plan| plan.conditions.into_iter().map(|condition| condition.name).collect()).unwrap_or_default()
}
