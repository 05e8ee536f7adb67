//! `placebo bundle`: results as one archive that can be verified.

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use placebo_experiment::bundle::Contents;
use placebo_experiment::results::Build;
use serde_json::json;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  placebo bundle results/definitions                     writes definitions.zip
  placebo bundle results --out everything.zip
  placebo bundle results/definitions --report report     with tables, figures and page
  placebo verify definitions.zip                         is it what it was?

The archive holds plans, specs, manifests, journals, answers, scores and the figures that lie in `figures` beside a
plan, no checkpoints. The same results give the same bytes.";

/// Writes results into one archive, with a checksum of every file.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of all results, of a plan's results, or of a run.
    #[arg(value_name = "RESULTS")]
    folder: PathBuf,
    /// The archive; by default named after the folder, in the current one.
    #[arg(long, value_name = "FILE.zip")]
    out: Option<PathBuf>,
    /// This folder as well, such as what `placebo report` wrote; as `report` in the archive.
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Writes the archive; runs that cannot be read make it a failure, though the others are in it.
pub fn execute(args: &Args) -> Ending {
    let mut contents = Contents::of(&args.folder, &build()).or_usage()?;
    if let Some(report) = &args.report {
        contents.add_report(report).or_usage()?;
    }
    let out = match &args.out {
        Some(out) => out.clone(),
        None => default_name(&args.folder)?,
    };
    let written = contents.write(&out)?;
    for problem in &contents.problems {
        eprintln!("left out: {problem}");
    }
    match args.json {
        true => output::json(
            &json!({ "bundle": out, "runs": contents.runs, "unfinished": contents.unfinished, "written": written }),
        )?,
        false => {
            let unfinished =
                if contents.unfinished > 0 { format!(", {} not finished", contents.unfinished) } else { String::new() };
            let size = format!("{} files, {} bytes", written.files, written.bytes);
            output::line(format!(
                "{}: {} runs{unfinished}, {size}\nSHA-256 {}",
                out.display(),
                contents.runs,
                written.sha256
            ))?;
        }
    }
    Ok(if contents.problems.is_empty() { Outcome::Done } else { Outcome::Failed })
}

/// This very program.
pub fn build() -> Build {
    Build { version: env!("CARGO_PKG_VERSION").into(), commit: env!("PLACEBO_COMMIT").into() }
}

fn default_name(folder: &Path) -> std::io::Result<PathBuf> {
    let folder = fs_err::canonicalize(folder)?;
    let name = folder.file_name().map_or_else(|| "results".into(), ToOwned::to_owned);
    Ok(PathBuf::from(format!("{}.zip", name.to_string_lossy())))
}
