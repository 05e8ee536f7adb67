//! What can go wrong when a plugin is looked up, set or asked.

use std::path::PathBuf;

use placebo_plugin_api::{Descriptor, SettingError};

use super::LibraryError;
use crate::nearest::{nearest, suggestion};

/// Why a plugin cannot be used, or what it did wrong. Each message is whole: what lies beneath is part of it, not its source.
#[derive(Debug, thiserror::Error)]
pub enum PluginError {
    /// No library offers it.
    #[error("no such {kind} is loaded{}; `placebo plugins` lists what is: {kind} `{id}`", suggestion(nearest.as_deref()))]
    Unknown {
        /// `transform`, `metric` or `plugin`.
        kind: &'static str,
        /// The id asked for.
        id: String,
        /// The id most like it.
        nearest: Option<String>,
    },
    /// Two libraries offer it, and nothing says which is meant.
    #[error("two libraries offer it, `{}` and `{}`; remove one of them: plugin `{id}`", first.display(), second.display())]
    Ambiguous {
        /// The id that both offer.
        id: String,
        /// One library.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// A setting that the plan gives cannot be used.
    #[error("{cause}{} of plugin `{id}`", suggestion(nearest.as_deref()))]
    Setting {
        /// What is wrong with it.
        cause: Box<SettingError>,
        /// The known setting most like an unknown one.
        nearest: Option<String>,
        /// The plugin's id.
        id: String,
    },
    /// A setting names a file that is not there.
    #[error("no such file `{}`: setting `{name}` of plugin `{id}`", path.display())]
    MissingFile {
        /// The path given.
        path: PathBuf,
        /// The setting's name.
        name: String,
        /// The plugin's id.
        id: String,
    },
    /// The plugin answered that it cannot, or panicked.
    #[error("{cause}: plugin `{id}` of `{}`", library.display())]
    Failed {
        /// What it said.
        cause: String,
        /// The plugin's id.
        id: String,
        /// Its library.
        library: PathBuf,
    },
    /// The library answered something that is no answer.
    #[error("{cause}, asked for plugin `{id}`")]
    Library {
        /// What was wrong with the answer.
        cause: LibraryError,
        /// The plugin's id.
        id: String,
    },
}

impl PluginError {
    pub(super) fn setting(cause: SettingError, descriptor: &Descriptor) -> PluginError {
        let nearest = match &cause {
            SettingError::Unknown { name, known } => nearest(name, known.iter().map(String::as_str)),
            _ => None,
        };
        PluginError::Setting { cause: Box::new(cause), nearest, id: descriptor.id.clone() }
    }
}
