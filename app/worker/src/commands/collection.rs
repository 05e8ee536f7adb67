//! The arguments that choose a split of a task collection.

use placebo_experiment::load::Source;
use placebo_experiment::split::Split;
use std::path::Path;

/// Which track and split of a collection is meant.
#[derive(Debug, clap::Args)]
pub struct Collection {
    /// Folder under `splits/`.
    #[arg(long, value_name = "T", default_value = "default")]
    pub track: String,
    /// `train`, `test` or `excluded`.
    #[arg(long, value_name = "S", default_value = "test")]
    pub split: Split,
}

impl Collection {
    /// The collection at `path`, in the official format.
    pub fn source<'a>(&'a self, path: &'a Path) -> Source<'a> {
        Source { path, format: "natural-instructions", track: &self.track, overrides: &[] }
    }
}
