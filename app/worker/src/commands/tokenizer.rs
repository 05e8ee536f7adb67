//! `placebo tokenizer train`: a unigram tokenizer in T5's manner from the texts of a task collection.

use crate::outcome::Ending;
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
