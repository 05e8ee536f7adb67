//! `placebo run`: the runs of a plan, or one of them.

use crate::grid::{Jobs, Prepared, Work, work_through};
use crate::interrupt::Interrupt;
use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use crate::plugins::PluginOptions;
use anyhow::bail;
use placebo_experiment::results::{PlanFolder, RunFolder};
use placebo_experiment::run_spec::RunSpec;
use placebo_train::device::DeviceChoice;
use serde_json::json;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  placebo run plan.toml                          all runs; again to go on where it stopped
  placebo run plan.toml --list                   the runs' ids, one a line
  placebo run plan.toml --only 1f0c9a7be2d34456  one of them, such as from a job array
  placebo run plan.toml --results /scratch/results --device cuda:0

Ctrl-C saves and ends; a second one ends at once. Several processes may share one results folder.";

/// Performs the runs of a plan that are not finished yet.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The plan, a TOML file.
    #[arg(value_name = "PLAN.toml")]
    plan: PathBuf,
    /// Folder of all results; the plan's lie in a folder of its name there.
    #[arg(long, value_name = "DIR", default_value = "results")]
    results: PathBuf,
    /// Perform this run only: its id or the beginning of it.
    #[arg(long, value_name = "RUN")]
    only: Option<String>,
    /// Print the runs' ids and do nothing.
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    options: Options,
}

/// What `run`, `resume` and `demo` have in common.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// `auto`, `cpu`, `cuda:N` or `metal`.
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    pub device: DeviceChoice,
    /// Runs performed side by side, which share the cores: a number, or `auto` for what this machine makes worthwhile.
    #[arg(long, value_name = "N", default_value = "auto")]
    pub jobs: Jobs,
    /// Keep the checkpoints of finished runs, which are removed otherwise.
    #[arg(long)]
    pub keep_checkpoints: bool,
    /// Print one JSON object per run, and one at the end.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub plugins: PluginOptions,
}

/// Lists or performs the runs.
pub fn execute(args: &Args) -> Ending {
    if args.list {
        let prepared = Prepared::read(&args.plan, args.options.plugins, &Interrupt::default())?;
        return list(&prepared.grid.runs, args.options.json);
    }
    let interrupt = Interrupt::listen()?;
    let prepared = Prepared::read(&args.plan, args.options.plugins, &interrupt)?;
    perform(&prepared, &args.results, args.only.as_deref(), &args.options, &interrupt)
}

/// Works through the plan's runs below `results`, tells of each where JSON is wanted, and of all at the end.
///
/// # Errors
/// A plan that no longer fits its results, a folder that cannot be written to, or an `only` that names no run.
pub fn perform(
    prepared: &Prepared,
    results: &Path,
    only: Option<&str>,
    options: &Options,
    interrupt: &Interrupt,
) -> Ending {
    let folder = PlanFolder::prepare(results, &prepared.plan, &prepared.grid.runs)?;
    let runs = match only {
        Some(id) => vec![find(folder.runs(), id).or_usage()?.clone()],
        None => folder.runs().to_vec(),
    };
    let Options { device, jobs, keep_checkpoints, json, .. } = *options;
    let work = Work { prepared, device, jobs, keep_checkpoints, interrupt };
    let summary = work_through(&work, &runs, |run, end| match json {
        true => output::json(&json!({ "run": run.id(), "condition": run.spec().condition.name, "end": end })),
        false => Ok(()),
    })?;
    match json {
        true => output::json(&json!({ "folder": folder.path(), "summary": summary }))?,
        false => eprintln!("{}, in {}", summary.in_words(), folder.path().display()),
    }
    Ok(summary.outcome(interrupt))
}

fn find<'r>(runs: &'r [RunFolder], id: &str) -> anyhow::Result<&'r RunFolder> {
    let fitting: Vec<_> = runs.iter().filter(|run| run.id().as_str().starts_with(id)).collect();
    match fitting.as_slice() {
        [run] => Ok(run),
        [] => bail!("no run of the plan has this id; `--list` prints all: `{id}`"),
        several => bail!("{} runs of the plan begin with it; give more digits: `{id}`", several.len()),
    }
}

fn list(runs: &[RunSpec], as_json: bool) -> Ending {
    for run in runs {
        match as_json {
            true => output::json(&json!({ "run": run.id(), "spec": run }))?,
            false => output::line(run.id().as_str())?,
        }
    }
    Ok(Outcome::Done)
}
