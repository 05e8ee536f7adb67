//! `placebo plugin-host`: the process that a plugin has for itself; the program starts it, people seldom do.

use crate::outcome::{Ending, Outcome};
use placebo_experiment::plugin::host::{Confinement, serve};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  echo '{\"describe\":{}}' | placebo plugin-host target/release/libplacebo_plugin_mine.so";

/// Hosts one plugin: requests on standard input, answers on standard output, both JSON, one a line.
#[derive(Debug, clap::Args)]
#[command(hide = true, after_help = EXAMPLES)]
pub struct Args {
    /// The library, or the script's folder.
    path: PathBuf,
    /// Address space in MiB; 0 for no limit.
    #[arg(long, value_name = "MB", default_value_t = 0)]
    memory_mb: u64,
    /// Ask a library everything from so many threads at once, and fail where their answers differ.
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: usize,
}

/// Serves until standard input ends.
pub fn execute(args: &Args) -> Ending {
    serve(&args.path, Confinement { memory_mb: args.memory_mb, threads: args.threads })?;
    Ok(Outcome::Done)
}
