//! `placebo model init`: a randomly initialised T5 v1.1 checkpoint in Hugging Face's layout.

use crate::outcome::Ending;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo model init --shape tiny --tokenizer tokenizer.json models/tiny
  placebo model init --shape small --tokenizer t5-small/spiece.model --seed 7 models/small";

/// Makes checkpoints.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Init(Init),
}

/// Writes a T5 v1.1 that knows nothing yet; transformers can load it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
struct Init {
    /// Its size.
    #[arg(long, value_enum)]
    shape: Shape,
    /// `tokenizer.json` or `spiece.model`; copied into the checkpoint, and its size is the vocabulary's.
    #[arg(long, value_name = "FILE")]
    tokenizer: PathBuf,
    /// What the random weights are drawn from.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Folder to make.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}
