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
    /// Who draws: `glow` (OpenGL), `wgpu` (Vulkan, Metal or Direct3D), `software` (without the graphics driver), or
    /// `auto`, which is the first of them that can.
    #[arg(long, value_name = "RENDERER", value_enum, default_value_t)]
    pub renderer: Renderer,
    /// Tell at the end how long the first frame and the others took.
    #[arg(long)]
    pub timings: bool,
}

/// Who draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Renderer {
    /// The first that can.
    #[default]
    Auto,
    /// OpenGL.
    Glow,
    /// Vulkan, Metal or Direct3D.
    Wgpu,
    /// OpenGL in software.
    Software,
}
