//! `placebo report`: tables, figures, methods and a page that shows them, in one folder.

use super::asked::Asked;
use super::bundle::build;
use super::compare::Answer;
use crate::outcome::Ending;
use crate::output;
use placebo_experiment::report::figure::Figure;
use placebo_experiment::report::figure::collect::{Runs, gallery};
use placebo_experiment::report::sheet::{Spread, Style};
use placebo_experiment::report::{INDEX, Report};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo report results/definitions --out report
  placebo report results/definitions --out report --metric rouge-1
  placebo report results/definitions --out report --test t --correction holm

The folder holds index.html, which opens offline, the table as LaTeX and Markdown, the comparison as CSV and JSON, the
methods as LaTeX and Markdown, and the figures. Unless something else is asked, means stand beside their intervals and
differences beside the condition that alters nothing.";

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
    #[command(flatten)]
    asked: Asked,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Writes the report; runs that cannot be read make it a failure, though the others are in it.
pub fn execute(args: &Args) -> Ending {
    let answer = Answer::of(&args.folder, &args.asked, &args.asked.metric, |records| Ok(args.asked.or_usual(records)))?;
    let (figures, undrawn) = figures(&answer);
    let unread = answer.problems.iter().map(ToString::to_string);
    let report = Report {
        title: title(&answer),
        records: &answer.records,
        comparison: &answer.comparison,
        style: &Style::new(Spread::Interval, answer.plugins.registry()),
        figures,
        problems: unread.chain(undrawn).collect(),
        build: build(),
    };
    let files = report.write(&args.out)?;
    match args.json {
        true => output::json(&json!({ "folder": args.out, "files": files }))?,
        false => output::line(format!("{} files, to be read from {}", files.len(), args.out.join(INDEX).display()))?,
    }
    Ok(answer.outcome())
}

/// Every figure that the runs have numbers for, and why some cannot be drawn.
fn figures(answer: &Answer) -> (Vec<(String, Figure)>, Vec<String>) {
    let (mut figures, mut undrawn) = (Vec::new(), Vec::new());
    for (kind, figure) in gallery(Runs { records: &answer.records, comparison: &answer.comparison }) {
        match figure {
            Ok(figure) => figures.push((kind.name().to_owned(), figure)),
            Err(error) => undrawn.push(format!("no figure of kind `{}`: {error}", kind.name())),
        }
    }
    (figures, undrawn)
}

/// The plans' names.
fn title(answer: &Answer) -> String {
    let plans: BTreeSet<_> = answer.records.iter().map(|record| record.spec.plan.as_str()).collect();
    plans.into_iter().collect::<Vec<_>>().join(", ")
}
