//! `placebo plugin validate`: examines a plugin, each check in a process of its own, and says how to repeat what failed.

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use anyhow::bail;
use placebo_experiment::plugin::{Finding, Source, Validation};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  placebo plugin validate my-plugin
  placebo plugin validate target/release/libplacebo_plugin_mine.so --json
  placebo plugin validate my-plugin --only seeds --seed 7";

/// Examines a plugin; it is run for that, whether it is trusted or not.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A library, or a folder with a plugin.toml.
    path: PathBuf,
    /// The seed of the settings that are drawn.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Make this check only.
    #[arg(long, value_name = "CHECK")]
    only: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Makes the checks; one that fails makes it a failure.
pub fn execute(args: &Args) -> Ending {
    check_name(args.only.as_deref()).or_usage()?;
    let source = Source::locate(&args.path).or_usage()?;
    let host = std::env::current_exe()?;
    let validation = Validation { source, host, seed: args.seed, only: args.only.clone() };
    let mut tell = |finding: &Finding| {
        if !args.json {
            print(finding, args);
        }
    };
    let findings = validation.examine(&mut tell);
    let failed = findings.iter().filter(|finding| finding.fault.is_some()).count();
    if args.json {
        let findings: Vec<_> = findings.iter().map(|finding| to_json(finding, args)).collect();
        output::json(&json!({ "path": validation.source.path, "passed": failed == 0, "findings": findings }))?;
    } else {
        output::line(format!("{} checks, {failed} failed", findings.len()))?;
    }
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Failed })
}

fn check_name(only: Option<&str>) -> anyhow::Result<()> {
    let Some(name) = only.filter(|name| !Validation::checks().any(|check| check == *name)) else { return Ok(()) };
    let all: Vec<_> = Validation::checks().collect();
    bail!("no such check, the checks are {}: `{name}`", all.join(", "))
}

/// A reader that has gone away ends the printing, not the examination.
fn print(finding: &Finding, args: &Args) {
    let place = if finding.plugin.is_empty() { String::new() } else { format!("{}: ", finding.plugin) };
    let lines = match &finding.fault {
        None => format!("ok      {place}{}", finding.claim),
        Some(fault) => {
            let claim = finding.claim;
            format!("FAILED  {place}{claim}\n        {fault}\n        again: {}", reproduction(finding, args))
        }
    };
    let _ = output::line(lines);
}

fn to_json(finding: &Finding, args: &Args) -> Value {
    json!({
        "plugin": finding.plugin,
        "check": finding.check,
        "claim": finding.claim,
        "passed": finding.fault.is_none(),
        "fault": finding.fault,
        "seconds": finding.seconds,
        "command": reproduction(finding, args),
    })
}

/// The command that makes this check again.
fn reproduction(finding: &Finding, args: &Args) -> String {
    let path = quoted(&args.path);
    format!("placebo plugin validate {path} --only {} --seed {}", finding.check, args.seed)
}

/// The path as a shell takes it for one word.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
