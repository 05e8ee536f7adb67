//! `placebo bench`: timings of the engine on token ids from a file, one JSON line each.

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output::{self, Table};
use anyhow::{Context, anyhow, ensure};
use clap::ValueEnum;
use placebo_experiment::plan::{Precision, Preset, Recipe};
use placebo_train::bench::{self, Ids, Part, Timing};
use placebo_train::checkpoint::hugging_face;
use placebo_train::device::{DeviceChoice, make_ready};
use placebo_train::meter;
use placebo_train::ops::linear::Operands;
use placebo_train::ops::packed::Numbers;
use placebo_train::t5::T5;
use serde::Serialize;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

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
    #[arg(long, value_name = "N", default_value = "8")]
    batch_size: NonZeroUsize,
    /// Timed optimizer steps; two more warm up.
    #[arg(long, value_name = "N", default_value = "12")]
    steps: NonZeroUsize,
    /// Use the first so many examples.
    #[arg(long, value_name = "N", default_value = "128")]
    examples: NonZeroUsize,
    /// Tokens generated for each example.
    #[arg(long, value_name = "N", default_value = "16")]
    new_tokens: NonZeroUsize,
    /// Number format of the computation.
    #[arg(long, value_enum, default_value_t = Dtype::F32)]
    dtype: Dtype,
    /// `auto`, `cpu`, `cuda:N` or `metal`.
    #[arg(long, value_name = "D", default_value = "auto")]
    device: DeviceChoice,
    /// Tells where the time went: each operation's seconds, GFLOP/s beside the machine's peak, and allocated bytes.
    #[arg(long)]
    breakdown: bool,
    /// Accepted for likeness with the other commands: the line is always JSON.
    #[arg(long)]
    json: bool,
}

/// What is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
enum What {
    /// Mean cross-entropy of each example, without dropout.
    Loss,
    /// Optimizer steps: AdamW, learning rate 1e-4, clipped at norm 1, the checkpoint's dropout.
    Train,
    /// Greedy decoding of the same number of tokens for every example.
    Generate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
enum Dtype {
    F32,
    Bf16,
    /// Linear layers in integers of 8 bits, the rest as in bf16; for generation.
    Int8,
}

/// The line that is printed.
#[derive(Debug, Serialize)]
struct Line<'a> {
    what: What,
    model: &'a Path,
    batch_size: NonZeroUsize,
    dtype: Dtype,
    #[serde(flatten)]
    timing: Timing,
    /// Of a large matrix product in the same number format.
    #[serde(skip_serializing_if = "Option::is_none")]
    peak_gflops: Option<f64>,
}

/// Times what is asked for and prints one line.
pub fn execute(args: &Args) -> Ending {
    if args.dtype == Dtype::Int8 && args.what != What::Generate {
        return Err(anyhow!("integers are for generation; choose `f32` or `bf16`: `--dtype int8`")).or_usage();
    }
    let mut rows = read_ids(&args.ids).or_usage()?;
    let mut model = load(args)?;
    check_ids(&rows, model.config.vocab_size, &args.ids).or_usage()?;
    let batch_size = args.batch_size.get();
    if args.what != What::Train {
        rows.truncate(args.examples.get());
    }
    let longest = rows.iter().map(|row| row.input_ids.len() + row.labels.len()).max().unwrap_or_default();
    let peak_gflops = args.breakdown.then(|| bench::peak(operands(args)));
    if args.breakdown {
        meter::begin();
    }
    let mut timing = match args.what {
        What::Loss => bench::losses(&model, &rows, batch_size * longest)?,
        What::Generate => {
            bench::generate(&mut model, &rows, numbers(args), (batch_size * longest, args.new_tokens.get()))?
        }
        What::Train => bench::train(model, &rows, &recipe(args), args.steps.get())?,
    };
    if let Some(peak) = peak_gflops {
        timing.operations = bench::parts(&meter::end(), timing.seconds, peak);
        eprintln!("{}", table(&timing.operations));
    }
    let (what, dtype) = (args.what, args.dtype);
    output::json(&Line { what, model: &args.model, batch_size: args.batch_size, dtype, timing, peak_gflops })?;
    Ok(Outcome::Done)
}

fn read_ids(path: &Path) -> anyhow::Result<Vec<Ids>> {
    let text = fs_err::read_to_string(path)?;
    let rows: Vec<Ids> = serde_json::from_str(&text)
        .with_context(|| format!("not a list of {{\"input_ids\": […], \"labels\": […]}}: `{}`", path.display()))?;
    let usable = !rows.is_empty() && rows.iter().all(|row| !row.input_ids.is_empty() && !row.labels.is_empty());
    ensure!(usable, "there must be examples, and none of them empty: `{}`", path.display());
    Ok(rows)
}

fn check_ids(rows: &[Ids], vocabulary: usize, path: &Path) -> anyhow::Result<()> {
    let largest = rows.iter().flat_map(|row| row.input_ids.iter().chain(&row.labels)).max();
    let fits = largest.is_some_and(|id| (*id as usize) < vocabulary);
    ensure!(fits, "the model has {vocabulary} tokens and knows no id {}: `{}`", largest.unwrap_or(&0), path.display());
    Ok(())
}

fn load(args: &Args) -> anyhow::Result<T5> {
    let device = args.device.open()?;
    if let Err(reason) = make_ready(&device) {
        eprintln!("{reason}");
    }
    let (config, weights) = hugging_face::load(&args.model, &device)?;
    Ok(T5::new(config, weights, operands(args))?)
}

fn operands(args: &Args) -> Operands {
    match args.dtype {
        Dtype::F32 => Operands::F32,
        Dtype::Bf16 | Dtype::Int8 => Operands::Bf16,
    }
}

fn numbers(args: &Args) -> Numbers {
    if args.dtype == Dtype::Int8 { Numbers::Int8 } else { Numbers::AsTrained }
}

/// The parts of a timing for people.
fn table(parts: &[Part]) -> String {
    let mut table = Table::new(&["operation", "calls", "seconds", "share %", "GFLOP/s", "of peak %", "MiB"]);
    for part in parts {
        let name = serde_json::to_value(part.operation).ok();
        let number = |value: Option<f64>, digits: usize| value.map_or("-".into(), |value| format!("{value:.digits$}"));
        table.push(vec![
            name.and_then(|name| name.as_str().map(str::to_string)).unwrap_or_else(|| "between".into()),
            part.calls.to_string(),
            format!("{:.3}", part.seconds),
            format!("{:.1}", 100.0 * part.share),
            number(part.gflops, 0),
            number(part.share_of_peak.map(|share| 100.0 * share), 0),
            (part.allocated_bytes >> 20).to_string(),
        ]);
    }
    table.render()
}

fn recipe(args: &Args) -> Recipe {
    Recipe {
        learning_rate: 1e-4,
        batch_size: args.batch_size.get(),
        compute: if args.dtype == Dtype::Bf16 { Precision::Bf16 } else { Precision::F32 },
        ..Preset::TkInstruct2022.recipe()
    }
}
