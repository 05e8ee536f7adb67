//! Reads task collections: whole splits, in parallel, streaming, keeping of each task only what was asked for.
//!
//! One bad file is a [`Problem`] and one bad instance a warning of its task; neither ends an experiment, and both are
//! counted in its record. Another format is another module here and another arm of `Format`.

mod document;
mod error;
mod instances;
mod loose;
mod natural_instructions;
mod shelf;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use error::LoadError;
pub use shelf::Shelf;

use crate::plan::{DataPlan, TaskOverride};
use crate::run_spec::RunData;
use crate::sample::Keep;
use crate::split::Split;
use crate::task::Task;

/// Which collection to read, and how.
#[derive(Debug, Clone, Copy)]
pub struct Source<'p> {
    /// The collection's folder.
    pub path: &'p Path,
    /// The format's name in plans.
    pub format: &'p str,
    /// The track whose splits are meant.
    pub track: &'p str,
    /// The tasks whose kind or labels the plan gives.
    pub overrides: &'p [TaskOverride],
}

impl<'p> From<&'p DataPlan> for Source<'p> {
    fn from(plan: &'p DataPlan) -> Self {
        Source { path: &plan.path, format: &plan.format, track: &plan.track, overrides: &plan.tasks }
    }
}

impl<'s> From<&'s RunData> for Source<'s> {
    fn from(data: &'s RunData) -> Self {
        Source { path: &data.path, format: &data.format, track: &data.track, overrides: &data.tasks }
    }
}

/// The usable tasks of a split, and what was not usable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TaskSet {
    /// In the order of the split's list.
    pub tasks: Vec<Task>,
    /// In the order of the split's list.
    pub problems: Vec<Problem>,
}

/// A file that could not be used, or not as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it, and what to do.
    pub reason: String,
}

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    NaturalInstructions,
}

impl Format {
    const ALL: [Format; 1] = [Format::NaturalInstructions];

    fn name(self) -> &'static str {
        match self {
            Format::NaturalInstructions => "natural-instructions",
        }
    }

    fn named(format: &str) -> Result<Format, LoadError> {
        Format::ALL.into_iter().find(|known| known.name() == format).ok_or_else(|| LoadError::UnknownFormat {
            format: format.to_owned(),
            known: Format::ALL.map(Format::name).join(", "),
        })
    }
}

/// Reads the tasks of `split`, keeping of their instances what `keep` says.
///
/// # Errors
/// Only where nothing at all can be read: an unknown format or track, a missing folder, a missing or empty list.
pub fn load_split<'p>(source: impl Into<Source<'p>>, split: Split, keep: Keep) -> Result<TaskSet, LoadError> {
    let source = source.into();
    match Format::named(source.format)? {
        Format::NaturalInstructions => natural_instructions::load(source, split, keep),
    }
}
