//! Plugins at hand: which is shown, what is tried on it, and what an examination found.

use placebo_experiment::plugin::{Finding, Registry};
use placebo_plugin_api::{Case, WorkedExample};
use std::path::PathBuf;
use std::sync::Arc;

/// Everything about plugins.
#[derive(Debug, Default)]
pub struct Workbench {
    /// The folders of strangers that the loaded plugins were looked for in, besides the usual ones.
    pub places: Vec<PathBuf>,
    /// The id of the plugin shown.
    pub shown: Option<String>,
    /// What is tried.
    pub trial: Option<Trial>,
    /// What came of it.
    pub outcome: Option<Result<Case, String>>,
    /// The examination that was asked for last.
    pub examination: Option<Examination>,
}

/// A worked example, as it is or changed, to be put before a plugin.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The plugin's id.
    pub plugin: String,
    /// The place of the example among the plugin's.
    pub place: usize,
    /// The example, perhaps edited.
    pub example: WorkedExample,
}

/// What an examination has found so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Examination {
    /// The library or the script's folder.
    pub path: PathBuf,
    /// In the order of the checks.
    pub findings: Vec<Finding>,
    /// Whether it is over.
    pub done: bool,
    /// Why it could not begin.
    pub error: Option<String>,
}

impl Trial {
    /// An example of a plugin, if it has one at this place.
    pub fn of(registry: &Registry, plugin: &str, place: usize) -> Option<Self> {
        let found = registry.plugins().iter().find(|known| known.id() == plugin)?;
        let example = found.descriptor().examples.get(place)?.clone();
        Some(Self { plugin: plugin.to_owned(), place, example })
    }

    /// Whether the example is as the plugin's author wrote it.
    pub fn is_as_written(&self, registry: &Registry) -> bool {
        Self::of(registry, &self.plugin, self.place).is_some_and(|written| written == *self)
    }
}

impl Workbench {
    /// The plugin shown: the one chosen, or the first transform.
    pub fn plugin<'r>(&self, registry: &'r Registry) -> Option<&'r placebo_experiment::plugin::Plugin> {
        let chosen = self.shown.as_deref().and_then(|id| registry.plugins().iter().find(|plugin| plugin.id() == id));
        let first = || registry.plugins().iter().find(|plugin| !plugin.descriptor().is_metric());
        chosen.or_else(first).or(registry.plugins().first())
    }

    /// The example to try on a plugin that was not shown before.
    pub fn first_trial(&self, registry: &Arc<Registry>) -> Option<Trial> {
        Trial::of(registry, self.plugin(registry)?.id(), 0)
    }
}
