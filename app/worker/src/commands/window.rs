//! `placebo window`, or `placebo` alone: what the window is told; it is opened by the program that has one.

use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo                                    as it was left
  placebo window plan.toml                   with a plan
  placebo window results/definitions         with results
  placebo window --renderer software         where the graphics driver makes trouble";

/// Opens the window; `placebo` without a command does the same.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A plan, results, or a task collection to open.
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Who draws: `auto`, `opengl`, or `software`, which needs no driver.
    #[arg(long, value_name = "RENDERER", value_enum, default_value_t)]
    pub renderer: Renderer,
    /// Tell at the end how long the first frame and the others took.
    #[arg(long)]
    pub timings: bool,
}

/// Who draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Renderer {
    /// OpenGL, and in software where it has no driver.
    #[default]
    Auto,
    /// OpenGL, or nothing.
    Opengl,
    /// OpenGL in software.
    Software,
}
