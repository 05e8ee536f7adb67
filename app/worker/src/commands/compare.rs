//! `placebo compare`: the table of conditions, sizes and baselines.

use crate::outcome::{Ending, Failure, OrUsage, Outcome};
use crate::output;
use placebo_experiment::plan::MetricPlan;
use placebo_experiment::plugin::Registry;
use placebo_experiment::report::{Column, Comparison, Record, csv, json, markdown, read_records, text};
use placebo_experiment::results::{ResultsError, RunFolder};
use placebo_experiment::run_spec::RunKind;
use placebo_experiment::score::Scores;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  placebo compare results/definitions
  placebo compare results/definitions --metric rouge-1 --markdown
  placebo compare results --csv > all.csv

A metric that the plan did not name is computed from the kept generations.";

/// Compares conditions and sizes: mean over tasks, deviation over seeds, counts.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of all results, of a plan's results, or of a run.
    #[arg(value_name = "RESULTS")]
    folder: PathBuf,
    /// Metrics by id; the study's columns otherwise.
    #[arg(long, value_name = "ID", num_args = 1..)]
    metric: Vec<String>,
    #[command(flatten)]
    format: Format,
}

/// How the table is written.
#[derive(Clone, Copy, Debug, clap::Args)]
#[group(multiple = false)]
pub struct Format {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Print comma-separated values, a cell a line.
    #[arg(long)]
    pub csv: bool,
    /// Print a Markdown table.
    #[arg(long)]
    pub markdown: bool,
}

/// Prints the table; folders that cannot be read make it a failure, though the others are compared.
pub fn execute(args: &Args) -> Ending {
    compare(&args.folder, &args.metric, args.format)
}

/// Prints the table of the results in `folder`.
///
/// # Errors
/// A folder without runs, or a metric that is not loaded or fails.
pub fn compare(folder: &Path, metrics: &[String], format: Format) -> Ending {
    let answer = Answer::of(folder, metrics)?;
    output::line(write(&answer.comparison, format).trim_end())?;
    Ok(answer.outcome())
}

/// What the results in a folder say under some metrics.
pub struct Answer {
    /// The runs.
    pub records: Vec<Record>,
    /// Runs that cannot be read.
    pub problems: Vec<ResultsError>,
    /// The runs side by side.
    pub comparison: Comparison,
}

impl Answer {
    /// Compares the runs in `folder`; metrics that they were not scored with are computed from the kept generations.
    ///
    /// # Errors
    /// A folder without runs, or a metric that is not loaded or fails.
    pub fn of(folder: &Path, metrics: &[String]) -> Result<Self, Failure> {
        let (mut records, problems) = read_records(folder).or_usage()?;
        if !metrics.is_empty() {
            add_missing(&mut records, metrics).or_usage()?;
        }
        let comparison = Comparison::of(&records, columns(&records, metrics));
        Ok(Self { records, problems, comparison })
    }

    /// Reports what could not be read, which makes it a failure, though the others were compared.
    pub fn outcome(&self) -> Outcome {
        for problem in &self.problems {
            eprintln!("problem: {problem}");
        }
        if self.problems.is_empty() { Outcome::Done } else { Outcome::Failed }
    }
}

fn add_missing(records: &mut [Record], metrics: &[String]) -> anyhow::Result<()> {
    let registry = Registry::discover();
    let wanted: Vec<_> = metrics.iter().map(|id| MetricPlan::new(id)).collect();
    for metric in metrics {
        registry.metric(metric)?;
    }
    for record in records.iter_mut().filter(|record| record.spec.kind != RunKind::RandomGuess) {
        let lacks = |scores: &Scores| metrics.iter().any(|id| scores.find(id, None).is_none());
        if let Some(scores) = record.scores.as_mut().filter(|scores| lacks(scores)) {
            let generations = RunFolder::open(&record.path)?.generations()?;
            scores.add(&generations, &wanted, &registry)?;
        }
    }
    Ok(())
}

fn columns(records: &[Record], metrics: &[String]) -> Vec<Column> {
    if !metrics.is_empty() {
        return metrics.iter().flat_map(|id| Column::of_metric(id)).collect();
    }
    let scored = records.iter().filter_map(|record| record.scores.as_ref()).flat_map(|scores| &scores.metrics);
    let ids: BTreeSet<_> = scored.map(|metric| metric.id.as_str()).collect();
    let study: Vec<_> =
        Column::of_the_study().into_iter().filter(|column| ids.contains(column.metric.as_str())).collect();
    if study.is_empty() { ids.into_iter().flat_map(Column::of_metric).collect() } else { study }
}

fn write(comparison: &Comparison, format: Format) -> String {
    match format {
        Format { json: true, .. } => json::write(comparison),
        Format { csv: true, .. } => csv::write(comparison),
        Format { markdown: true, .. } => markdown::write(comparison),
        _ => text::write(comparison),
    }
}
