//! `placebo demo`: the bundled experiment from its tasks to its table.

use super::asked::Asked;
use super::compare::{Format, compare};
use super::run::{Options, perform};
use crate::grid::Prepared;
use crate::interrupt::Interrupt;
use crate::outcome::{Ending, Outcome};
use placebo_experiment::resources;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo demo
  placebo demo --results /tmp/results --json";

/// Runs the bundled experiment and prints its comparison: a minute on two cores.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of all results.
    #[arg(long, value_name = "DIR", default_value = "results")]
    results: PathBuf,
    #[command(flatten)]
    options: Options,
}

/// Performs what is unfinished of the experiment; then the table.
pub fn execute(args: &Args) -> Ending {
    let plan = resources::find("experiments/sample.toml")?;
    eprintln!("the experiment {}, its results in {}", plan.display(), args.results.display());
    let interrupt = Interrupt::listen()?;
    let prepared = Prepared::read(&plan, args.options.plugins, &interrupt)?;
    let outcome = perform(&prepared, &args.results, None, &Options { json: false, ..args.options }, &interrupt)?;
    if outcome != Outcome::Stopped {
        let format = Format { json: args.options.json, csv: false, markdown: false };
        compare(&args.results.join(&prepared.plan.name), &Asked::default(), format)?;
    }
    Ok(outcome)
}
