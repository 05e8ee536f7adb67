//! `placebo window`, or `placebo` alone: what the window is told; it is opened by the program that has one.

use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo                                    as it was left
  placebo window plan.toml                   with a plan
  placebo window results/definitions         with results";

/// Opens the window; `placebo` without a command does the same.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A plan, results, or a task collection to open.
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
}
