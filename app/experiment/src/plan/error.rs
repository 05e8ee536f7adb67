//! What can be wrong with a plan.

use std::io;
use std::path::{Path, PathBuf};

use crate::plugin::PluginError;

/// Why a plan cannot be read, is not usable, or does not unfold into runs.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The file is missing or unreadable.
    #[error("{0}; give the path of a plan, a TOML file")]
    Unreadable(#[from] io::Error),
    /// The file is no plan.
    #[error("{fault}, in plan `{}`, line {line}", path.display())]
    Malformed {
        /// What is wrong and what to write instead.
        fault: String,
        /// The plan's file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// A plan that TOML cannot hold.
    #[error("{0}, so the plan cannot be written; seeds and sizes end at 9223372036854775807")]
    Unwritable(#[from] toml::ser::Error),
    /// A value that no run can have.
    #[error("{field} {fault}")]
    Value {
        /// The field's name as in the file, with its tables: `training.learning_rate`.
        field: String,
        /// What is wrong and what is allowed.
        fault: String,
    },
    /// Any of the other faults of a plan that came from a file.
    #[error("{cause}, in plan `{}`", path.display())]
    InFile {
        /// What is wrong.
        cause: Box<PlanError>,
        /// The plan's file.
        path: PathBuf,
    },
    /// A transform or metric that is not loaded or does not take the settings.
    #[error("{cause}, in {place}")]
    Plugin {
        /// What is wrong and what is allowed.
        cause: PluginError,
        /// The condition or metric that uses the plugin.
        place: String,
    },
    /// A plan asks for a version of a plugin that is not the loaded one.
    #[error(
        "version {wanted} is wanted but {found} is loaded; install the former or leave `version` out: plugin `{id}`"
    )]
    PluginVersion {
        /// The plugin.
        id: String,
        /// The version in the plan.
        wanted: String,
        /// The version loaded.
        found: String,
    },
}

impl PlanError {
    /// The same error, naming the file that the plan came from.
    pub fn in_file(self, path: &Path) -> Self {
        match self {
            named @ (PlanError::Unreadable(_) | PlanError::Malformed { .. } | PlanError::InFile { .. }) => named,
            cause => PlanError::InFile { cause: Box::new(cause), path: path.to_owned() },
        }
    }
}
