//! `placebo tokenizer train`: a unigram tokenizer in T5's manner from the texts of a task collection.

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use crate::progress::{Note, number};
use placebo_experiment::load::{Source, load_split};
use placebo_experiment::plan::PromptPlan;
use placebo_experiment::prompt::Template;
use placebo_experiment::results::write_atomically;
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_experiment::task::Task;
use placebo_plugin_api::Example;
use placebo_train::tokens::{Stage, Text, Tokenizer, train_unigram};
use serde_json::json;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo tokenizer train --data natural-instructions --vocab 8000 tokenizer.json
  placebo tokenizer train --data tasks-a tasks-b --vocab 4000 tokenizer.json";

/// Makes tokenizers.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Train(Train),
}

/// Trains a unigram tokenizer on the training tasks of collections.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
struct Train {
    /// Folders of collections; only their training splits are read.
    #[arg(long, value_name = "DATA", required = true, num_args = 1..)]
    data: Vec<PathBuf>,
    /// Folder under `splits/`.
    #[arg(long, value_name = "T", default_value = "default")]
    track: String,
    /// Instances drawn from each task.
    #[arg(long, value_name = "N", default_value_t = 500)]
    instances_per_task: usize,
    /// Tokens in all, the special ones and the 100 sentinels included.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(200..=1_000_000))]
    vocab: u32,
    /// File to write, such as `tokenizer.json`.
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Writes what is asked for.
pub fn execute(args: &Args) -> Ending {
    match &args.action {
        Action::Train(args) => train(args),
    }
}

fn train(args: &Train) -> Ending {
    let mut tasks = Vec::new();
    for path in &args.data {
        let source = Source { path, format: "natural-instructions", track: &args.track, overrides: &[] };
        let keep = Keep::Sample { seed: 0, count: args.instances_per_task };
        tasks.extend(load_split(source, Split::Train, keep).or_usage()?.tasks);
    }
    let mut note = Note::default();
    let texts = tasks.into_iter().flat_map(texts);
    let tokenizer = train_unigram(texts, args.vocab as usize, &mut |stage| note.tell(&in_words(stage)))?;
    let json = tokenizer.to_json()?;
    write_atomically(&args.out, |file| file.write_all(json.as_bytes()))?;
    report(args, &tokenizer)?;
    Ok(Outcome::Done)
}

fn in_words(stage: Stage) -> String {
    let count = |count: usize| number(count as f64);
    match stage {
        Stage::Texts(texts) => format!("{} texts read", count(texts)),
        Stage::Pieces { left, wanted } => format!("{} pieces left, {} will stay", count(left), count(wanted)),
    }
}

/// What prompts and targets are made of, as often as they are: what the prompts of a task share counts with every
/// instance, and whatever else other plans may show counts once.
fn texts(task: Task) -> impl Iterator<Item = Text> {
    let instruction = task.instruction();
    let unlimited = |_: &str| 0;
    let shared = Template::new(&PromptPlan::default(), &instruction, &unlimited).prompt("").text;
    let shared = Text { text: shared, times: task.instances.len() as u64 };
    let of_example = |example: Example| [example.input, example.output, example.explanation];
    let examples = task.positive_examples.into_iter().chain(task.negative_examples).flat_map(of_example);
    let of_instance = task.instances.into_iter().flat_map(|instance| [vec![instance.input], instance.outputs].concat());
    std::iter::once(shared).chain(examples.chain(of_instance).map(Text::once))
}

fn report(args: &Train, tokenizer: &Tokenizer) -> std::io::Result<()> {
    let tokens = tokenizer.vocab_size();
    match args.json {
        true => output::json(&json!({ "file": args.out, "tokens": tokens })),
        false => output::line(format!("{}: {tokens} tokens", args.out.display())),
    }
}
