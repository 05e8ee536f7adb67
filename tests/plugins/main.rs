//! Plugins as a host meets them: real libraries, found, loaded, asked, and refused where they must be.

#![allow(clippy::unwrap_used, reason = "all of this is test")]

mod catalogue;
mod delusion;
mod golden;
mod misbehaviour;
mod refusals;
mod settings;
mod shipped;

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::{Instruction, TransformItem};

/// The file of a library that Cargo has built for these tests, which lies beside their executable.
fn library(name: &str) -> PathBuf {
    let executable = std::env::current_exe().unwrap();
    let library = executable.with_file_name(format!("{DLL_PREFIX}{name}{DLL_SUFFIX}"));
    assert!(library.is_file(), "not built: `{}`", library.display());
    library
}

/// A registry of the misbehaving plugins alone.
fn misbehaving() -> Registry {
    let registry = Registry::load(&[library("placebo_misbehaving")]);
    assert_eq!(registry.refused(), []);
    registry
}

/// An instruction of this task, to be rewritten.
fn item(task: &str) -> TransformItem {
    let definition = "Answer yes or no.".to_string();
    TransformItem::new(Instruction { task: task.to_string(), definition, ..Instruction::default() })
}

/// A copy of a library at another place that is another file to the host: one byte longer.
fn altered_copy(of: &Path, to: &Path) {
    let mut bytes = std::fs::read(of).unwrap();
    bytes.push(0);
    std::fs::write(to, bytes).unwrap();
}
