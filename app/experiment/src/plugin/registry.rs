//! All plugins that are loaded, by their ids.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use placebo_plugin_api::{Descriptor, ScoreItem, SettingKind, Settings, TransformItem, Transformed, Value};

use super::cache::Rewritings;
use super::{Plugin, PluginError, Refusal, Search, batches};
use crate::nearest::nearest;

/// The loaded plugins, sorted by id.
///
/// ```no_run
/// use placebo_experiment::plugin::Registry;
/// let registry = Registry::discover();
/// for plugin in registry.plugins() {
///     println!("{} {}", plugin.id(), plugin.descriptor().summary);
/// }
/// ```
#[derive(Debug, Default)]
pub struct Registry {
    pub(super) plugins: Vec<Plugin>,
    pub(super) refused: Vec<Refusal>,
    pub(super) ambiguous: BTreeMap<String, (PathBuf, PathBuf)>,
    pub(super) searched: Vec<PathBuf>,
    pub(super) cancelled: Arc<AtomicBool>,
    pub(super) rewritings: Rewritings,
}

impl Registry {
    /// What a [standard search](Search::standard) finds, nobody being there to be asked about strangers.
    pub fn discover() -> Registry {
        Search::standard().load()
    }

    /// The libraries at these places, folders or single files, in this order, all of them run in this process. The same
    /// library found again is passed over.
    pub fn load(places: &[PathBuf]) -> Registry {
        Search { shipped: places.to_vec(), ..Search::nowhere() }.load()
    }

    /// The places that were searched.
    pub fn searched(&self) -> &[PathBuf] {
        &self.searched
    }

    /// Raised, it has all questions to plugins in processes of their own given up, now and from now on.
    pub fn cancelled(&self) -> Arc<AtomicBool> {
        self.cancelled.clone()
    }

    /// All plugins that can be used.
    pub fn plugins(&self) -> &[Plugin] {
        &self.plugins
    }

    /// What was found and cannot be used, with the reasons.
    pub fn refused(&self) -> &[Refusal] {
        &self.refused
    }

    /// The transform of this id.
    ///
    /// # Errors
    /// There is none, or there are two.
    pub fn transform(&self, id: &str) -> Result<&Plugin, PluginError> {
        self.find("transform", id, |descriptor| !descriptor.is_metric())
    }

    /// The metric of this id.
    ///
    /// # Errors
    /// There is none, or there are two.
    pub fn metric(&self, id: &str) -> Result<&Plugin, PluginError> {
        self.find("metric", id, Descriptor::is_metric)
    }

    /// The settings given, each in its setting's type, with the defaults of those not given.
    ///
    /// # Errors
    /// The plugin is unknown, or a setting is: unknown, of the wrong type, out of range, needed and missing, or the
    /// path of a file that does not exist.
    pub fn resolve_settings(&self, id: &str, given: &Settings) -> Result<Settings, PluginError> {
        let descriptor = self.find("plugin", id, |_| true)?.descriptor();
        let settings = descriptor.resolve(given).map_err(|error| PluginError::setting(error, descriptor))?;
        check_files(descriptor, &settings)?;
        Ok(settings)
    }

    /// Rewrites instructions with a transform, in batches and in parallel; the results are in the order of the items.
    ///
    /// # Errors
    /// The transform or a setting is unknown, the plugin cannot or panics, or its answer is not what it announces.
    pub fn apply(
        &self,
        id: &str,
        settings: &Settings,
        items: Vec<TransformItem>,
    ) -> Result<Vec<Transformed>, PluginError> {
        let plugin = self.transform(id)?;
        batches::apply(plugin, &self.resolve_settings(id, settings)?, items, &self.rewritings)
    }

    /// Scores generations with a metric, in batches and in parallel; the scores are in the order of the items.
    ///
    /// # Errors
    /// The metric or a setting is unknown, the plugin cannot or panics, or a score is off its scale.
    pub fn score(&self, id: &str, settings: &Settings, items: &[ScoreItem]) -> Result<Vec<f64>, PluginError> {
        let plugin = self.metric(id)?;
        batches::score(plugin, &self.resolve_settings(id, settings)?, items)
    }

    fn find(&self, kind: &'static str, id: &str, fits: fn(&Descriptor) -> bool) -> Result<&Plugin, PluginError> {
        if let Some((first, second)) = self.ambiguous.get(id) {
            return Err(PluginError::Ambiguous { id: id.to_string(), first: first.clone(), second: second.clone() });
        }
        let fitting = || self.plugins.iter().filter(|plugin| fits(plugin.descriptor()));
        fitting().find(|plugin| plugin.id() == id).ok_or_else(|| {
            let nearest = nearest(id, fitting().map(Plugin::id));
            PluginError::Unknown { kind, id: id.to_string(), nearest }
        })
    }
}

fn check_files(descriptor: &Descriptor, settings: &Settings) -> Result<(), PluginError> {
    for setting in descriptor.settings.iter().filter(|setting| setting.kind == SettingKind::File) {
        if let Some(Value::Text(path)) = settings.get(&setting.name)
            && !Path::new(path).is_file()
        {
            let (path, name, id) = (path.into(), setting.name.clone(), descriptor.id.clone());
            return Err(PluginError::MissingFile { path, name, id });
        }
    }
    Ok(())
}
