//! Placebo's commands, thin over the libraries: arguments in, results to standard output, progress to standard error.

mod cli;
pub mod commands;
mod grid;
mod interrupt;
pub mod outcome;
mod output;
mod plugins;
mod progress;

pub use cli::{Cli, Command};
