//! `placebo score`: scores predictions in the official format against the references of a collection.

use super::collection::Collection;
use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output::{self, Table};
use crate::plugins::{PluginOptions, Plugins};
use placebo_experiment::generation::{Matched, Predictions};
use placebo_experiment::load::load_split;
use placebo_experiment::plan::MetricPlan;
use placebo_experiment::sample::Keep;
use placebo_experiment::score::{AnswerSpace, MetricScores, Scores, score};
use placebo_experiment::task::Task;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo score --predictions answers.jsonl --data natural-instructions --metric exact-match rouge-l
  placebo score --predictions answers.jsonl --data natural-instructions --metric rouge-l --json
  placebo score --predictions answers.jsonl --data natural-instructions --plan plan.toml --metric mine

Each line of the predictions is {\"id\": \"…\", \"prediction\": \"…\"}; a missing one counts as empty.";

/// Scores predictions, overall and per task.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Predictions, one JSON object a line.
    #[arg(long, value_name = "FILE.jsonl")]
    predictions: PathBuf,
    /// Folder of the collection that holds the references.
    #[arg(long, value_name = "DATA")]
    data: PathBuf,
    #[command(flatten)]
    collection: Collection,
    /// Metrics by id; `placebo plugins` lists them.
    #[arg(long, value_name = "ID", required = true, num_args = 1..)]
    metric: Vec<String>,
    /// The first so many instances of each task are scored.
    #[arg(long, value_name = "N", default_value_t = 100)]
    instances_per_task: usize,
    /// The plan whose plugins are used too.
    #[arg(long, value_name = "PLAN.toml")]
    plan: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    plugins: PluginOptions,
}

/// Prints the scores; predictions that are missing or belong to no instance are counted on standard error.
pub fn execute(args: &Args) -> Ending {
    let source = args.collection.source(&args.data);
    let set = load_split(source, args.collection.split, Keep::First(args.instances_per_task)).or_usage()?;
    let predictions = Predictions::read(&args.predictions).or_usage()?;
    let matched = predictions.answer(&set.tasks);
    warn(&predictions, &matched);
    let metrics: Vec<_> = args.metric.iter().map(|id| MetricPlan::new(id)).collect();
    let plugins = Plugins::of_plan(args.plugins, args.plan.as_deref())?;
    let scores = score(&matched.generations, &spaces(&set.tasks), &metrics, plugins.registry()).or_usage()?;
    if args.json {
        output::json(&to_json(&scores, &matched))?;
    } else {
        output::line(to_text(&scores))?;
    }
    Ok(Outcome::Done)
}

fn warn(predictions: &Predictions, matched: &Matched) {
    let faults = [
        (matched.missing, "instances have no prediction; each counts as an empty one"),
        (matched.unknown, "predictions belong to no instance and are left out"),
        (predictions.duplicates.len(), "predictions come a second time; the first one counts"),
    ];
    for (count, what) in faults.iter().filter(|(count, _)| *count > 0) {
        eprintln!("warning: {count} {what}");
    }
}

fn spaces(tasks: &[Task]) -> BTreeMap<String, AnswerSpace> {
    let space = |task: &Task| AnswerSpace {
        kind: task.output_space.kind,
        labels: task.output_space.texts(),
        categories: task.categories.clone(),
    };
    tasks.iter().map(|task| (task.name.clone(), space(task))).collect()
}

fn to_text(scores: &Scores) -> String {
    let mut table = Table::new(&["", "overall", "classification", "generation"]);
    for metric in &scores.metrics {
        let means = [metric.overall, metric.classification, metric.generation];
        table.push(std::iter::once(metric.id.clone()).chain(means.map(shown)).collect());
    }
    let heading: Vec<_> = ["task"].into_iter().chain(scores.metrics.iter().map(|metric| metric.id.as_str())).collect();
    let mut tasks = Table::new(&heading);
    for name in scores.tasks.keys() {
        let mean = |metric: &MetricScores| shown(metric.tasks.get(name).map(|task| task.mean));
        tasks.push(std::iter::once(name.clone()).chain(scores.metrics.iter().map(mean)).collect());
    }
    format!("{}\n\n{}", tasks.render(), table.render())
}

fn to_json(scores: &Scores, matched: &Matched) -> Value {
    json!({
        "instances": matched.generations.len(),
        "missing": matched.missing,
        "unknown": matched.unknown,
        "metrics": scores.metrics.iter().map(metric_to_json).collect::<Vec<_>>(),
    })
}

fn metric_to_json(metric: &MetricScores) -> Value {
    let tasks: BTreeMap<_, _> = metric.tasks.iter().map(|(name, task)| (name, rounded(task.mean))).collect();
    json!({
        "id": metric.id,
        "overall": metric.overall.map(rounded),
        "classification": metric.classification.map(rounded),
        "generation": metric.generation.map(rounded),
        "tasks": tasks,
    })
}

fn shown(score: Option<f64>) -> String {
    score.map_or("-".into(), |score| format!("{score:.4}"))
}

/// To four decimals, as the official evaluation rounds.
fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}
