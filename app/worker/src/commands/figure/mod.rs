//! `placebo figure`: a figure for a paper, as a family of files with one stem.

mod looks;
mod numbers;

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use looks::Looks;
use numbers::Numbers;
use placebo_experiment::report::figure::Figure;
use serde_json::json;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo figure results/definitions --kind bars --out figures/bars
  placebo figure results/definitions --study definitions --preset acl-full --out figures/definitions
  placebo figure results/examples --kind scatter --metric rouge-l --tasks overall --size 200 --out figures/tasks
  placebo figure results/definitions --spec figures/bars.json --greyscale --out figures/bars-grey
  placebo figure --spec figures/bars.json --out figures/bars      the numbers of the file, its `spec` edited

Writes STEM.svg, .pdf, .300dpi.png, .600dpi.png, .csv, .json and .tex, all from the same rounded numbers. The .json
holds the spec: names, order, colours, labels and limits can be changed in it.";

/// Draws a figure and writes it as SVG, PDF, PNG, CSV, JSON and for pgfplots.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of all results, of a plan's results, or of a run; the numbers in the spec's file otherwise.
    #[arg(value_name = "RESULTS", required_unless_present = "spec")]
    folder: Option<PathBuf>,
    /// The files to write, without their endings.
    #[arg(long, value_name = "STEM")]
    out: PathBuf,
    #[command(flatten)]
    looks: Looks,
    #[command(flatten)]
    numbers: Numbers,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Writes the files; runs that cannot be read make it a failure, though the others are shown.
pub fn execute(args: &Args) -> Ending {
    let (spec, kept) = args.looks.spec(args.numbers.study)?;
    let found = args.numbers.find(args.folder.as_deref(), kept, spec.kind)?;
    let figure = Figure::draw(spec, found.data).or_usage()?;
    let files = figure.files()?.write(&args.out)?;
    for warning in &figure.page.warnings {
        eprintln!("warning: {warning}");
    }
    for problem in &found.problems {
        eprintln!("problem: {problem}");
    }
    match args.json {
        true => output::json(&json!({
            "files": files,
            "caption": figure.data.caption,
            "notes": figure.data.notes,
            "warnings": figure.page.warnings,
        }))?,
        false => output::line(in_words(&figure, &files))?,
    }
    Ok(if found.problems.is_empty() { Outcome::Done } else { Outcome::Failed })
}

/// The files, then what a caption could say.
fn in_words(figure: &Figure, files: &[PathBuf]) -> String {
    let files = files.iter().map(|file| file.display().to_string());
    let sentences = [&figure.data.caption].into_iter().chain(&figure.data.notes).cloned();
    files.chain([String::new()]).chain(sentences).collect::<Vec<_>>().join("\n")
}
