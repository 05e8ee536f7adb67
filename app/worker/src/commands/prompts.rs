//! `placebo prompts`: the exact prompts and targets that a model would read under a condition.

use crate::grid::{Model, Prepared};
use crate::interrupt::Interrupt;
use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use crate::plugins::PluginOptions;
use anyhow::{Context, bail};
use placebo_experiment::corpus::{Alteration, Corpus, build};
use placebo_experiment::run_spec::{RunKind, RunSpec};
use placebo_plugin_api::Stage;
use placebo_train::device::DeviceChoice;
use serde::Serialize;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo prompts plan.toml --condition Simplified
  placebo prompts plan.toml --condition Delusive --stage train --task task843_financial_phrasebank_classification
  placebo prompts plan.toml --condition Original --limit 0 --json > prompts.jsonl";

/// Prints the prompts of a condition, byte for byte, with their targets.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The plan, a TOML file.
    #[arg(value_name = "PLAN.toml")]
    plan: PathBuf,
    /// The condition's name.
    #[arg(long, value_name = "NAME")]
    condition: String,
    /// Only prompts of this task.
    #[arg(long, value_name = "T")]
    task: Option<String>,
    /// At most so many; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// `train` or `test`.
    #[arg(long, value_name = "STAGE", default_value = "test", value_parser = stage)]
    stage: Stage,
    /// Print one JSON object per prompt.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    plugins: PluginOptions,
}

#[derive(Debug, Serialize)]
struct Shown {
    task: String,
    instance: String,
    prompt: String,
    targets: Vec<String>,
    /// Tokens of the whole prompt, with the end token.
    tokens: usize,
    /// Whether the model reads its beginning only.
    truncated: bool,
}

/// Builds the corpus of the condition's first run, the smallest size under the first seed, and prints from it.
pub fn execute(args: &Args) -> Ending {
    let prepared = Prepared::read(&args.plan, args.plugins, &Interrupt::default())?;
    let spec = first_run(&prepared, &args.condition).or_usage()?;
    let model = Model::new(prepared.checkpoint.clone(), DeviceChoice::Cpu);
    let tokenizer = &model.open()?.tokenizer;
    let corpus = build(&spec, prepared.materials(tokenizer))?;
    let alteration = corpus.report.alterations.of(args.stage).clone();
    let mut shown = prompts(corpus, args.stage);
    if let Some(task) = &args.task {
        shown.retain(|prompt| prompt.task == *task);
    }
    if shown.is_empty() {
        return Err(anyhow::anyhow!("no prompt of this task; `placebo tasks` lists all: {:?}", args.task)).or_usage();
    }
    let limit = if args.limit == 0 { shown.len() } else { args.limit };
    shown.truncate(limit);
    for prompt in &mut shown {
        prompt.tokens = tokenizer.encode(&prompt.prompt).len();
        prompt.truncated = prompt.tokens > spec.prompt.max_source_tokens;
    }
    for prompt in &shown {
        if args.json { output::json(prompt)? } else { output::line(in_words(prompt))? }
    }
    eprintln!("{}", altered(&args.condition, &alteration));
    Ok(Outcome::Done)
}

/// What the condition did to all tasks of the stage, of which the prompts shown are a part.
fn altered(condition: &str, alteration: &Alteration) -> String {
    let sentences = alteration.sentences();
    if sentences.is_empty() {
        format!("{condition}: nothing altered")
    } else {
        format!("{condition}: {}", sentences.join("; "))
    }
}

fn first_run(prepared: &Prepared, condition: &str) -> anyhow::Result<RunSpec> {
    let named = |spec: &&RunSpec| spec.kind == RunKind::FineTune && spec.condition.name == condition;
    let runs = prepared.grid.runs.iter().filter(named);
    let seeds = &prepared.plan.seeds;
    let first =
        runs.min_by_key(|spec| (seeds.iter().position(|seed| *seed == spec.seed), spec.data.train_instances_per_task));
    first.cloned().with_context(|| {
        let names: Vec<_> = prepared.plan.conditions.iter().map(|condition| condition.name.as_str()).collect();
        format!("the plan has no such condition, only {}: `{condition}`", names.join(", "))
    })
}

fn prompts(corpus: Corpus, stage: Stage) -> Vec<Shown> {
    match stage {
        Stage::Train => {
            let shown = corpus.train.into_iter().map(|pair| Shown {
                task: pair.task,
                instance: pair.instance,
                prompt: pair.source,
                targets: pair.targets,
                tokens: 0,
                truncated: false,
            });
            shown.collect()
        }
        Stage::Test => {
            let shown = corpus.test.into_iter().map(|question| Shown {
                task: question.task,
                instance: question.instance,
                prompt: question.source,
                targets: question.references,
                tokens: 0,
                truncated: false,
            });
            shown.collect()
        }
    }
}

fn in_words(shown: &Shown) -> String {
    let targets: Vec<_> = shown.targets.iter().map(|target| format!("{target:?}")).collect();
    format!("--- {} {}\n{}\n--- targets: {}\n", shown.task, shown.instance, shown.prompt, targets.join(" | "))
}

fn stage(text: &str) -> anyhow::Result<Stage> {
    match text {
        "train" => Ok(Stage::Train),
        "test" => Ok(Stage::Test),
        _ => bail!("neither `train` nor `test`"),
    }
}
