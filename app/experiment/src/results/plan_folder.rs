//! The folder of a plan: a copy of the plan and the folders of its runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::changes::changes;
use super::{ResultsError, RunFolder, scan, write_atomically};
use crate::plan::Plan;
use crate::run_spec::{RunId, RunSpec};

const PLAN: &str = "plan.toml";

/// A plan on disk: `results/<plan>/`.
#[derive(Debug, Clone)]
pub struct PlanFolder {
    path: PathBuf,
    runs: Vec<RunFolder>,
}

impl PlanFolder {
    /// Lays out a grid: the copy of the plan and a folder with its spec for every run, those of earlier calls kept.
    ///
    /// A grid may grow. Runs that nobody has started yet and that the plan no longer has are withdrawn.
    ///
    /// # Errors
    /// Started runs that the plan no longer has, a folder that cannot be written to, or a full disk.
    pub fn prepare(results: &Path, plan: &Plan, runs: &[RunSpec]) -> Result<Self, ResultsError> {
        let path = results.join(&plan.name);
        fs::create_dir_all(&path).map_err(|cause| ResultsError::writing(&path, cause))?;
        settle_foreign_runs(&path, plan, runs)?;
        let toml = plan.to_toml()?;
        write_atomically(&path.join(PLAN), |file| file.write_all(toml.as_bytes()))?;
        let runs = runs.iter().map(|spec| RunFolder::create(results, spec)).collect::<Result<_, _>>()?;
        Ok(Self { path, runs })
    }

    /// Where the folder lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the copy of the plan lies in the folder of a plan.
    pub fn plan_file(folder: &Path) -> PathBuf {
        folder.join(PLAN)
    }

    /// The runs of the grid, in its order.
    pub fn runs(&self) -> &[RunFolder] {
        &self.runs
    }
}

/// Withdraws waiting runs that are not in the grid, and refuses started ones.
fn settle_foreign_runs(path: &Path, plan: &Plan, runs: &[RunSpec]) -> Result<(), ResultsError> {
    let ids: BTreeSet<RunId> = runs.iter().map(RunSpec::id).collect();
    let found = scan(path)?.runs;
    let mut started = Vec::new();
    for folder in found.into_iter().filter(|folder| !ids.contains(&folder.id())) {
        if folder.state()?.is_started() { started.push(folder) } else { folder.withdraw()? }
    }
    let Some(first) = started.first() else { return Ok(()) };
    let file = path.join(PLAN);
    let changes = changes(Plan::read(&file).ok().as_ref(), plan, first.spec(), runs);
    Err(ResultsError::PlanChanged { started: started.len(), changes, path: file })
}
