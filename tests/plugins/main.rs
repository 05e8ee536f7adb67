//! Plugins as a host meets them: real libraries, found, loaded, asked, and refused where they must be.

#![allow(clippy::unwrap_used, reason = "all of this is test")]

mod beyond_the_prompt;
mod catalogue;
mod children;
mod delusion;
mod golden;
mod misbehaviour;
mod native;
mod overhead;
mod refusals;
mod scripts;
mod settings;
mod shipped;
mod trust;
mod validation;

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use placebo_experiment::plugin::{Registry, Search};
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

/// What is found at a place, each plugin in a process of its own and trusted.
fn hosted(place: &Path) -> Registry {
    search().also(&[place.to_path_buf()]).asking(|_| true).load()
}

/// A search with the executable under test as host, and without anything of the user's.
fn search() -> Search<'static> {
    Search::nowhere().hosted_by(env!("CARGO_BIN_EXE_placebo").into())
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
