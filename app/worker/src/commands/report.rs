//! `placebo report`: tables, figures, methods and a page that shows them, in one folder.

use super::bundle::build;
use super::compare::Answer;
use crate::outcome::Ending;
use crate::output;
use placebo_experiment::plugin::Registry;
use placebo_experiment::report::sheet::{Spread, Style};
use placebo_experiment::report::{INDEX, Report};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo report results/definitions --out report
  placebo report results/definitions --out report --metric rouge-1

The folder holds index.html, which opens offline, the table as LaTeX and Markdown, the comparison as CSV and JSON, the
methods as LaTeX and Markdown, and the figures.";

/// Writes everything about some results into a folder, with a page that opens offline.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of all results, of a plan's results, or of a run.
    #[arg(value_name = "RESULTS")]
    folder: PathBuf,
    /// The folder to write to; files of the same names are replaced.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Metrics by id; the study's columns otherwise.
    #[arg(long, value_name = "ID", num_args = 1..)]
    metric: Vec<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Writes the report; runs that cannot be read make it a failure, though the others are in it.
pub fn execute(args: &Args) -> Ending {
    let answer = Answer::of(&args.folder, &args.metric)?;
    let report = Report {
        title: title(&answer),
        records: &answer.records,
        comparison: &answer.comparison,
        style: &Style::new(Spread::Deviation, &Registry::discover()),
        figures: Vec::new(),
        problems: answer.problems.iter().map(ToString::to_string).collect(),
        build: build(),
    };
    let files = report.write(&args.out)?;
    match args.json {
        true => output::json(&json!({ "folder": args.out, "files": files }))?,
        false => output::line(format!("{} files, to be read from {}", files.len(), args.out.join(INDEX).display()))?,
    }
    Ok(answer.outcome())
}

/// The plans' names.
fn title(answer: &Answer) -> String {
    let plans: BTreeSet<_> = answer.records.iter().map(|record| record.spec.plan.as_str()).collect();
    plans.into_iter().collect::<Vec<_>>().join(", ")
}
