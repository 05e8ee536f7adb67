//! `placebo compare`: the table of conditions, sizes and baselines.

use super::asked::Asked;
use crate::outcome::{Ending, Failure, OrUsage, Outcome};
use crate::output;
use crate::progress::Share;
use placebo_experiment::plan::{MetricPlan, Plan};
use placebo_experiment::plugin::Search;
use placebo_experiment::report::{self, Comparison, Question, Record, csv, json, markdown, read_records, text};
use placebo_experiment::results::{ResultsError, RunFolder};
use placebo_experiment::run_spec::RunKind;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  placebo compare results/definitions
  placebo compare results/definitions --metric rouge-1 --markdown
  placebo compare results --csv > all.csv
  placebo compare results/definitions --interval t
  placebo compare results/definitions --test wilcoxon --correction holm
  placebo compare results/definitions --baseline Original --test tost --margin 1
  placebo compare results/definitions --test sign-flip --unit seeds

A metric that the plan did not name is computed from the kept generations. Which question wants which test, and how
tests and intervals do on simulated trials, is in app/experiment/STATISTICS.md.";

/// Compares conditions and sizes: mean over tasks, deviation over seeds, counts; on request intervals and tests.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of all results, of a plan's results, or of a run.
    #[arg(value_name = "RESULTS")]
    folder: PathBuf,
    #[command(flatten)]
    asked: Asked,
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
    compare(&args.folder, &args.asked, args.format)
}

/// Prints the table of the results in `folder`.
///
/// # Errors
/// A folder without runs, a metric that is not loaded or fails, or a question that makes no sense for the runs.
pub fn compare(folder: &Path, asked: &Asked, format: Format) -> Ending {
    let answer = Answer::of(folder, &asked.metric, |_| Ok(asked.question()))?;
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
    /// Asks the runs in `folder`; metrics that they were not scored with are computed from the kept generations.
    ///
    /// # Errors
    /// A folder without runs, a metric that is not loaded or fails, or a question that makes no sense for the runs.
    pub fn of(
        folder: &Path,
        metrics: &[String],
        question: impl FnOnce(&[Record]) -> anyhow::Result<Question>,
    ) -> Result<Self, Failure> {
        let (records, problems) = records(folder, metrics)?;
        let question = question(&records).or_usage()?;
        let share = Share::new("resampling");
        let comparison = report::compare(&records, &question, &|done| share.tell(done)).or_usage()?;
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

/// The runs in `folder`, scored with these metrics, and those that cannot be read.
///
/// # Errors
/// A folder without runs, or a metric that is not loaded or fails.
pub fn records(folder: &Path, metrics: &[String]) -> Result<(Vec<Record>, Vec<ResultsError>), Failure> {
    let (mut records, problems) = read_records(folder).or_usage()?;
    if !metrics.is_empty() {
        add_missing(&mut records, metrics).or_usage()?;
    }
    Ok((records, problems))
}

/// Metrics that all runs were scored with need no plugin; for the others, plugins lie where the runs' plans say too.
fn add_missing(records: &mut [Record], metrics: &[String]) -> anyhow::Result<()> {
    let lacks = |record: &Record| {
        let scores = record.scores.as_ref().filter(|_| record.spec.kind != RunKind::RandomGuess);
        scores.is_some_and(|scores| metrics.iter().any(|id| scores.find(id, None).is_none()))
    };
    if !records.iter().any(lacks) {
        return Ok(());
    }
    let registry = Search::standard().also(&places(records)).load();
    let wanted: Vec<_> = metrics.iter().map(|id| MetricPlan::new(id)).collect();
    for metric in metrics {
        registry.metric(metric)?;
    }
    for record in records.iter_mut().filter(|record| lacks(record)) {
        let generations = RunFolder::open(&record.path)?.generations()?;
        if let Some(scores) = &mut record.scores {
            scores.add(&generations, &wanted, &registry)?;
        }
    }
    Ok(())
}

/// Where the plans of some runs look for plugins; a plan that cannot be read any more names no places.
fn places(records: &[Record]) -> Vec<PathBuf> {
    let plans: BTreeSet<PathBuf> = records.iter().filter_map(|record| record.path.parent()).map(Into::into).collect();
    let read = |folder: PathBuf| Plan::read(&folder.join("plan.toml")).ok();
    plans.into_iter().filter_map(read).flat_map(|plan| plan.plugins).collect()
}

fn write(comparison: &Comparison, format: Format) -> String {
    match format {
        Format { json: true, .. } => json::write(comparison),
        Format { csv: true, .. } => csv::write(comparison),
        Format { markdown: true, .. } => markdown::write(comparison),
        _ => text::write(comparison),
    }
}
