//! `placebo verify`: is a bundle what it was, and do its results follow from its answers?

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use crate::plugins::{PluginOptions, Plugins};
use placebo_experiment::bundle::{Verdict, verify};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo verify definitions.zip
  placebo verify definitions/                            the folder that it was unpacked to
  placebo verify definitions.zip --json | jq .findings

Exit code 0 means that everything is the same; 1 that something differs, each thing named.";

/// Checks a bundle's files and computes scores, comparison and figures anew.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What `placebo bundle` wrote, or the folder that it was unpacked to.
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// The plan whose plugins are used too. What the bundle's own plans name is not looked for: it came from elsewhere.
    #[arg(long, value_name = "PLAN.toml")]
    plan: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    plugins: PluginOptions,
}

/// Prints the verdict; anything that is not as it was makes it a failure.
pub fn execute(args: &Args) -> Ending {
    let plugins = Plugins::of_plan(args.plugins, args.plan.as_deref())?;
    let verdict = verify(&args.bundle, plugins.registry(), &mut |_, _| {}).or_usage()?;
    match args.json {
        true => output::json(&verdict)?,
        false => output::line(in_words(&verdict))?,
    }
    Ok(if verdict.is_same() { Outcome::Done } else { Outcome::Failed })
}

fn in_words(verdict: &Verdict) -> String {
    let mut lines: Vec<String> = verdict.findings.iter().map(ToString::to_string).collect();
    lines.extend(verdict.unchecked.iter().map(|what| format!("not checked: {what}")));
    lines.push(format!("{}: {}", if verdict.is_same() { "the same" } else { "NOT the same" }, extent(verdict)));
    lines.join("\n")
}

fn extent(verdict: &Verdict) -> String {
    let mut parts = vec![format!("{} files compared with their checksums", verdict.files)];
    if verdict.runs > 0 {
        parts.push(format!("{} scores of {} runs computed anew", verdict.scores, verdict.runs));
    }
    if verdict.comparison {
        parts.push("the comparison computed anew".to_owned());
    }
    if verdict.figures > 0 {
        parts.push(format!("{} figures drawn anew", verdict.figures));
    }
    parts.join(", ")
}
