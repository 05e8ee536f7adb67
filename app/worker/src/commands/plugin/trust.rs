//! `placebo plugin trust`: lets plugins run from now on, as long as not a byte of them changes.

use crate::outcome::{Ending, Outcome};
use crate::output;
use anyhow::bail;
use placebo_experiment::plugin::Search;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo plugin trust my-plugin                       a folder with a plugin.toml
  placebo plugin trust libplacebo_plugin_other.so      a library";

/// Trusts plugins: they may run, until they change.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Libraries, folders of scripts, or folders of both.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

/// Trusts what lies at the paths and names what it offers.
pub fn execute(args: &Args) -> Ending {
    let registry = Search::of_user().also(&args.paths).asking(|_| true).load();
    for plugin in registry.plugins() {
        output::line(format!("trusted: {} {} of {}", plugin.id(), plugin.version(), plugin.library().display()))?;
    }
    for refusal in registry.refused() {
        eprintln!("refused: {}: `{}`", refusal.reason, refusal.path.display());
    }
    match (registry.plugins(), registry.refused()) {
        ([], []) => bail_none(&args.paths),
        (_, []) => Ok(Outcome::Done),
        _ => Ok(Outcome::Failed),
    }
}

fn bail_none(paths: &[PathBuf]) -> Ending {
    let none = || -> anyhow::Result<Outcome> {
        let first = paths.first().cloned().unwrap_or_default();
        bail!(
            "no plugin is there; a library is named `libplacebo_plugin_*`, a script has a plugin.toml: `{}`",
            first.display()
        )
    };
    Ok(none()?)
}
