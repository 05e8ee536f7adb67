//! `placebo resume`: goes on with the plan that a results folder belongs to.

use super::run::{self, Options};
use crate::grid::Prepared;
use crate::interrupt::Interrupt;
use crate::outcome::{Ending, OrUsage, Outcome};
use anyhow::{Context, bail};
use placebo_experiment::results::RunFolder;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  placebo resume results/definitions                    a plan's unfinished runs
  placebo resume results                                those of all plans
  placebo resume results/definitions/1f0c9a7be2d34456   one run, or several";

/// Goes on with runs that were stopped, killed or have failed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folders of all results, of a plan's results, or of runs.
    #[arg(value_name = "RESULTS", required = true)]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// A plan to go on with, or one run of it.
struct Continuation {
    plan: PathBuf,
    only: Option<String>,
}

/// Performs what is unfinished; plans follow each other, and the worst outcome counts.
pub fn execute(args: &Args) -> Ending {
    let interrupt = Interrupt::listen()?;
    let mut worst = Outcome::Done;
    let found: Vec<_> = args.folders.iter().map(|folder| find(folder)).collect::<Result<_, _>>().or_usage()?;
    for continuation in found.iter().flatten() {
        match go_on(continuation, &args.options, &interrupt)? {
            Outcome::Stopped => return Ok(Outcome::Stopped),
            Outcome::Failed => worst = Outcome::Failed,
            Outcome::Done => {}
        }
    }
    Ok(worst)
}

fn go_on(continuation: &Continuation, options: &Options, interrupt: &Interrupt) -> Ending {
    let prepared = Prepared::read(&continuation.plan, options.plugins, interrupt)?;
    let results = continuation.plan.parent().and_then(Path::parent).context("the plan lies in a results folder")?;
    run::perform(&prepared, results, continuation.only.as_deref(), options, interrupt)
}

fn find(folder: &Path) -> anyhow::Result<Vec<Continuation>> {
    let folder = fs_err::canonicalize(folder)?;
    if let Some(plan) = plan_in(&folder) {
        return Ok(vec![Continuation { plan, only: None }]);
    }
    if let Ok(run) = RunFolder::open(&folder) {
        let plan = folder.parent().and_then(plan_in).context("its plan was not beside it; copy `plan.toml` there")?;
        return Ok(vec![Continuation { plan, only: Some(run.id().to_string()) }]);
    }
    let entries = fs_err::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut plans: Vec<_> = entries.iter().filter_map(|entry| plan_in(&entry.path())).collect();
    plans.sort();
    if plans.is_empty() {
        bail!("no plan's results in it; give the folder that `placebo run` wrote to: `{}`", folder.display());
    }
    Ok(plans.into_iter().map(|plan| Continuation { plan, only: None }).collect())
}

fn plan_in(folder: &Path) -> Option<PathBuf> {
    let plan = folder.join("plan.toml");
    plan.is_file().then_some(plan)
}
