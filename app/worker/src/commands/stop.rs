//! `placebo stop`: asks running runs to save and end.

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use anyhow::bail;
use placebo_experiment::results::{RunFolder, scan};
use serde_json::json;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo stop results/definitions/1f0c9a7be2d34456     one run
  placebo stop results/definitions                      whatever runs of a plan";

/// Asks a run to save and end; `placebo resume` goes on.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of a run, or of a plan's results.
    #[arg(value_name = "RUN")]
    folder: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Writes the stop files; the runs end by themselves, each after the step it is at.
pub fn execute(args: &Args) -> Ending {
    let running = running(args).or_usage()?;
    for run in &running {
        run.request_stop()?;
    }
    if args.json {
        let ids: Vec<_> = running.iter().map(RunFolder::id).collect();
        output::json(&json!({ "asked": ids }))?;
    } else {
        for run in &running {
            output::line(format!("asked to save and end: {}", run.path().display()))?;
        }
    }
    Ok(Outcome::Done)
}

fn running(args: &Args) -> anyhow::Result<Vec<RunFolder>> {
    let runs = scan(&args.folder)?.runs;
    let running: Vec<_> = runs.into_iter().filter(|run| run.holder().is_some()).collect();
    if running.is_empty() {
        bail!("nothing is running in it, so there is nothing to stop: `{}`", args.folder.display());
    }
    Ok(running)
}
