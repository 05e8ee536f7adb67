//! Placebo's commands, thin over the libraries: arguments in, results to standard output, progress to standard error.

pub mod commands;
mod interrupt;
pub mod outcome;
mod output;
mod progress;
