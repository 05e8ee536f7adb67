//! `placebo model init`: a randomly initialised T5 v1.1 checkpoint in Hugging Face's layout.

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use anyhow::anyhow;
use placebo_train::checkpoint::hugging_face;
use placebo_train::device::Device;
use placebo_train::initialise;
use placebo_train::shapes::Shape;
use placebo_train::t5::Layout;
use placebo_train::tokens::Tokenizer;
use serde_json::json;
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
    /// Its size: nano, tiny, small, base or large.
    #[arg(long)]
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

/// Writes what is asked for.
pub fn execute(args: &Args) -> Ending {
    match &args.action {
        Action::Init(args) => init(args),
    }
}

/// Writes configuration, weights and tokenizer into a folder that holds no model yet.
fn init(args: &Init) -> Ending {
    if args.folder.join("config.json").exists() {
        let folder = args.folder.display();
        return Err(anyhow!("there is a model already; remove it or choose another folder: `{folder}`")).or_usage();
    }
    let tokenizer = Tokenizer::read(&args.tokenizer).or_usage()?;
    let config = args.shape.config(tokenizer.vocab_size());
    let layout = Layout::new(&config);
    let weights = initialise::weights(&layout, args.seed, &Device::Cpu)?;
    hugging_face::save(&args.folder, &config, &weights)?;
    tokenizer.save(&args.folder)?;
    let (folder, parameters) = (args.folder.display(), layout.element_count());
    if args.json {
        output::json(&json!({ "folder": args.folder, "parameters": parameters, "config": config }))?;
    } else {
        output::line(format!("{folder}: {} of {} tokens, {parameters} parameters", args.shape, config.vocab_size))?;
    }
    Ok(Outcome::Done)
}
