//! `placebo bench`: timings of the engine on token ids from a file, one JSON line each.

use crate::outcome::Ending;
use placebo_train::device::DeviceChoice;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo bench train --model models/small --ids train_ids.json --batch-size 8 --steps 12
  placebo bench generate --model models/small --ids test_ids.json --batch-size 16 --examples 128 --new-tokens 16
  placebo bench loss --model models/small --ids test_ids.json --examples 32 --dtype bf16 --device cuda:0

The ids are a JSON list of {\"input_ids\": […], \"labels\": […]}.";

/// Times training or generation, or prints the loss of each example.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to time.
    #[arg(value_enum)]
    what: What,
    /// Folder of the checkpoint.
    #[arg(long, value_name = "DIR")]
    model: PathBuf,
    /// Token ids to work on.
    #[arg(long, value_name = "FILE.json")]
    ids: PathBuf,
    /// Examples of a step or of a batch.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = at_least_one)]
    batch_size: usize,
    /// Timed optimizer steps; two more warm up.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = at_least_one)]
    steps: usize,
    /// Use the first so many examples.
    #[arg(long, value_name = "N", default_value_t = 128, value_parser = at_least_one)]
    examples: usize,
    /// Tokens generated for each example.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = at_least_one)]
    new_tokens: usize,
    /// Number format of the computation.
    #[arg(long, value_enum, default_value_t = Dtype::F32)]
    dtype: Dtype,
    /// `auto`, `cpu`, `cuda:N` or `metal`.
    #[arg(long, value_name = "D", default_value = "auto")]
    device: DeviceChoice,
    /// Accepted for likeness with the other commands: the line is always JSON.
    #[arg(long)]
    json: bool,
}
