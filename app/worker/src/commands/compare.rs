//! `placebo compare`: the table of conditions, sizes and baselines.

use super::asked::Asked;
use crate::outcome::{Ending, Failure, OrUsage, Outcome};
use crate::output::{self, Table};
use crate::plugins::Plugins;
use crate::progress::Share;
use placebo_experiment::plan::MetricPlan;
use placebo_experiment::report::{
    self, Agreement, Comparison, Question, Record, agreement, csv, json, markdown, read_records, text,
};
use placebo_experiment::results::{ResultsError, RunFolder};
use placebo_experiment::run_spec::RunKind;
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
  placebo compare results/definitions --agreement        do seeds and conditions give the same answers?
  placebo compare results/definitions --agreement rouge-l

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
    /// Instead of scores, how far the answers of seeds agree with each other and with those of the condition that alters
    /// nothing: their scores under a metric with the other run's answers as references, exact match unless said otherwise.
    #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "exact-match",
          conflicts_with_all = ["csv", "markdown"])]
    agreement: Option<String>,
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
    match &args.agreement {
        Some(metric) => agree(args, metric),
        None => compare(&args.folder, &args.asked, args.format),
    }
}

/// Prints how far answers agree.
fn agree(args: &Args, metric: &str) -> Ending {
    let (mut records, problems) = read_records(&args.folder).or_usage()?;
    let plugins = Plugins::of_records(args.asked.plugins, &records);
    let wanted = &args.asked.condition;
    // What alters nothing is what the others are held against, also where it is not asked for.
    let is_wanted = |record: &Record| wanted.is_empty() || wanted.contains(&record.spec.condition.name);
    records.retain(|record| is_wanted(record) || record.spec.condition.transforms.is_empty());
    let agreement = agreement(&records, metric, plugins.registry()).or_usage()?;
    match args.format.json {
        true => output::json(&agreement)?,
        false => output::line(agreement_in_words(&agreement))?,
    }
    for problem in &problems {
        eprintln!("problem: {problem}");
    }
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::Failed })
}

fn agreement_in_words(agreement: &Agreement) -> String {
    let mut table = Table::new(&["condition", "per task", "seeds", "between seeds", "with the original"]);
    let shown = |number: Option<f64>| number.map_or("–".to_owned(), |number| format!("{number:.4}"));
    for row in &agreement.rows {
        let counts = [row.train_instances_per_task, row.seeds].map(|count| count.to_string());
        let means = [row.between_seeds, row.with_original].map(shown);
        table.push(std::iter::once(row.condition.clone()).chain(counts).chain(means).collect());
    }
    format!("agreement under {}, mean over tasks\n\n{}", agreement.metric, table.render())
}

/// Prints the table of the results in `folder`.
///
/// # Errors
/// A folder without runs, a metric that is not loaded or fails, or a question that makes no sense for the runs.
pub fn compare(folder: &Path, asked: &Asked, format: Format) -> Ending {
    let answer = Answer::of(folder, asked, &asked.metric, |_| Ok(asked.question()))?;
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
    /// The plugins that their plans would have.
    pub plugins: Plugins,
}

impl Answer {
    /// Asks the runs in `folder`; metrics that they were not scored with are computed from the kept generations.
    ///
    /// # Errors
    /// A folder without runs, a metric that is not loaded or fails, or a question that makes no sense for the runs.
    pub fn of(
        folder: &Path,
        asked: &Asked,
        metrics: &[String],
        question: impl FnOnce(&[Record]) -> anyhow::Result<Question>,
    ) -> Result<Self, Failure> {
        let (records, problems, plugins) = records(folder, asked, metrics)?;
        let question = question(&records).or_usage()?;
        let share = Share::new("resampling");
        let comparison = report::compare(&records, &question, &|done| share.tell(done)).or_usage()?;
        Ok(Self { records, problems, comparison, plugins })
    }

    /// Reports what could not be read, which makes it a failure, though the others were compared.
    pub fn outcome(&self) -> Outcome {
        for problem in &self.problems {
            eprintln!("problem: {problem}");
        }
        if self.problems.is_empty() { Outcome::Done } else { Outcome::Failed }
    }
}

/// The runs in `folder`, scored with these metrics, those that cannot be read, and the plugins of their plans.
///
/// # Errors
/// A folder without runs, or a metric that is not loaded or fails.
pub fn records(
    folder: &Path,
    asked: &Asked,
    metrics: &[String],
) -> Result<(Vec<Record>, Vec<ResultsError>, Plugins), Failure> {
    let (mut records, problems) = read_records(folder).or_usage()?;
    let plugins = Plugins::of_records(asked.plugins, &records);
    if !metrics.is_empty() {
        add_missing(&mut records, metrics, &plugins).or_usage()?;
    }
    Ok((records, problems, plugins))
}

/// Metrics that all runs were scored with need no plugin.
fn add_missing(records: &mut [Record], metrics: &[String], plugins: &Plugins) -> anyhow::Result<()> {
    let lacks = |record: &Record| {
        let scores = record.scores.as_ref().filter(|_| record.spec.kind != RunKind::RandomGuess);
        scores.is_some_and(|scores| metrics.iter().any(|id| scores.find(id, None).is_none()))
    };
    if !records.iter().any(lacks) {
        return Ok(());
    }
    let registry = plugins.registry();
    let wanted: Vec<_> = metrics.iter().map(|id| MetricPlan::new(id)).collect();
    for metric in metrics {
        registry.metric(metric)?;
    }
    for record in records.iter_mut().filter(|record| lacks(record)) {
        let generations = RunFolder::open(&record.path)?.generations()?;
        if let Some(scores) = &mut record.scores {
            scores.add(&generations, &wanted, registry)?;
        }
    }
    Ok(())
}

fn write(comparison: &Comparison, format: Format) -> String {
    match format {
        Format { json: true, .. } => json::write(comparison),
        Format { csv: true, .. } => csv::write(comparison),
        Format { markdown: true, .. } => markdown::write(comparison),
        _ => text::write(comparison),
    }
}
