//! Journeys: the real executable, from a command line to what it prints, writes and exits with.

#![allow(clippy::unwrap_used, reason = "a test may fail wherever it stands")]

mod bad_checkpoints;
mod bad_input;
mod commands;
mod conditions;
mod display;
mod figures;
mod interruptions;
mod laboratory;
mod natinst;
mod plugins;
mod program;
mod renderers;
mod reports;
mod scores;
mod terminal;
mod window;
