//! What can go wrong when a plugin is looked up, set or asked.

use std::path::PathBuf;

use placebo_plugin_api::{Descriptor, SettingError};

use super::ProcessError;
use super::carrier::CarrierError;
use crate::nearest::{nearest, suggestion};

/// Why a plugin cannot be used, or what it did wrong. Each message is whole: what lies beneath is part of it, not its source.
#[derive(Debug, thiserror::Error)]
pub enum PluginError {
    /// Nothing that is loaded offers it.
    #[error("no such {kind} is loaded{}; `placebo plugins` lists what is: {kind} `{id}`", suggestion(nearest.as_deref()))]
    Unknown {
        /// `transform`, `metric` or `plugin`.
        kind: &'static str,
        /// The id asked for.
        id: String,
        /// The id most like it.
        nearest: Option<String>,
    },
    /// Two libraries or scripts offer it, and nothing says which is meant.
    #[error("two offer it, `{}` and `{}`; remove one of them: plugin `{id}`", first.display(), second.display())]
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
    /// There was no answer, or none that can be read.
    #[error("{cause}, asked for plugin `{id}`")]
    Carrier {
        /// What went wrong on the way.
        cause: Box<CarrierError>,
        /// The plugin's id.
        id: String,
    },
}

impl PluginError {
    /// Whether nobody waited for the answer because this program was asked to stop.
    pub fn is_given_up(&self) -> bool {
        let PluginError::Carrier { cause, .. } = self else { return false };
        matches!(**cause, CarrierError::Process(ProcessError::Cancelled { .. }))
    }

    pub(super) fn setting(cause: SettingError, descriptor: &Descriptor) -> PluginError {
        let nearest = match &cause {
            SettingError::Unknown { name, known } => nearest(name, known.iter().map(String::as_str)),
            _ => None,
        };
        PluginError::Setting { cause: Box::new(cause), nearest, id: descriptor.id.clone() }
    }
}
