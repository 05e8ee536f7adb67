//! All plugins that are loaded, by their ids.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fs_err as fs;
use placebo_plugin_api::{
    Descriptor, Request, Response, ScoreItem, SettingKind, Settings, TransformItem, Transformed, Value,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::discovery::{libraries_at, standard_places};
use super::library::Library;
use super::{Plugin, PluginError, Refusal};

/// Items per message: enough to make its cost small, few enough to keep all cores busy.
const BATCH: usize = 256;

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
    plugins: Vec<Plugin>,
    refused: Vec<Refusal>,
    ambiguous: BTreeMap<String, (PathBuf, PathBuf)>,
}

impl Registry {
    /// Loads the libraries of the [standard places](standard_places).
    pub fn discover() -> Registry {
        Registry::load(&standard_places())
    }

    /// Loads the libraries at these places, folders or single files, in this order. What cannot be loaded is listed by
    /// [`refused`](Registry::refused). The same library found again is passed over.
    pub fn load(places: &[PathBuf]) -> Registry {
        let mut registry = Registry::default();
        for place in places {
            match libraries_at(place) {
                Ok(libraries) => libraries.iter().for_each(|library| registry.add(library)),
                Err(error) => registry.refuse(place, error.to_string()),
            }
        }
        registry.plugins.sort_by(|a, b| a.id().cmp(b.id()));
        registry
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
        let settings = self.resolve_settings(id, settings)?;
        let batch = if plugin.sees_all_tasks() { items.len().max(1) } else { BATCH };
        let batches: Result<Vec<_>, _> =
            items.par_chunks(batch).map(|items| apply_batch(plugin, &settings, items)).collect();
        Ok(batches?.into_iter().flatten().collect())
    }

    /// Scores generations with a metric, in batches and in parallel; the scores are in the order of the items.
    ///
    /// # Errors
    /// The metric or a setting is unknown, the plugin cannot or panics, or a score is off its scale.
    pub fn score(&self, id: &str, settings: &Settings, items: &[ScoreItem]) -> Result<Vec<f64>, PluginError> {
        let plugin = self.metric(id)?;
        let settings = self.resolve_settings(id, settings)?;
        let batches: Result<Vec<_>, _> =
            items.par_chunks(BATCH).map(|items| score_batch(plugin, &settings, items)).collect();
        Ok(batches?.into_iter().flatten().collect())
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

    fn refuse(&mut self, path: &Path, reason: String) {
        self.refused.push(Refusal { path: path.to_path_buf(), reason });
    }

    fn add(&mut self, path: &Path) {
        match open(path) {
            Ok(plugins) if plugins.is_empty() => self.refuse(path, "it offers no plugins".to_string()),
            Ok(plugins) => plugins.into_iter().for_each(|plugin| self.add_plugin(plugin)),
            Err(reason) => self.refuse(path, reason),
        }
    }

    fn add_plugin(&mut self, plugin: Plugin) {
        let problems = plugin.descriptor.problems();
        if !problems.is_empty() {
            return self.refuse(&plugin.path, format!("{}: plugin `{}`", problems.join("; "), plugin.id()));
        }
        match self.plugins.iter().position(|known| known.id() == plugin.id()) {
            None if !self.ambiguous.contains_key(plugin.id()) => self.plugins.push(plugin),
            None => self.refuse(&plugin.path, format!("other libraries offer it too: plugin `{}`", plugin.id())),
            Some(place) if self.plugins[place].sha256 == plugin.sha256 => {}
            Some(place) => self.refuse_both(place, &plugin),
        }
    }

    /// Which of two plugins of one id a plan means cannot be known, so neither is used.
    fn refuse_both(&mut self, place: usize, second: &Plugin) {
        let first = self.plugins.remove(place);
        for (one, other) in [(&first, second), (second, &first)] {
            self.refuse(
                &one.path,
                format!("`{}` offers it too; remove one: plugin `{}`", other.path.display(), one.id()),
            );
        }
        self.ambiguous.insert(first.id().to_string(), (first.path, second.path.clone()));
    }
}

fn open(path: &Path) -> Result<Vec<Plugin>, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let sha256: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let library = Arc::new(Library::open(path).map_err(|error| error.to_string())?);
    let descriptors = match library.ask(&Request::Describe {}).map_err(|error| error.to_string())? {
        Response::Described(descriptors) => descriptors,
        Response::Failed(cause) => return Err(format!("it cannot describe itself ({cause})")),
        _ => return Err("it answers something else when asked to describe itself".to_string()),
    };
    let plugin =
        |descriptor| Plugin { descriptor, path: path.into(), sha256: sha256.clone(), library: library.clone() };
    Ok(descriptors.into_iter().map(plugin).collect())
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

fn apply_batch(plugin: &Plugin, settings: &Settings, items: &[TransformItem]) -> Result<Vec<Transformed>, PluginError> {
    let request = Request::Transform { id: plugin.id().to_string(), settings: settings.clone(), items: items.to_vec() };
    let Response::Transformed(results) = plugin.ask(&request)? else {
        return Err(plugin.failed("it answered a request to transform with something else".to_string()));
    };
    check_count(plugin, items.len(), results.len())?;
    for (item, result) in items.iter().zip(&results) {
        if let Some(part) = plugin.descriptor.overreach(&item.instruction, &result.instruction) {
            let task = &item.instruction.task;
            return Err(plugin.failed(format!("it changed the {part} of task `{task}`, which it does not announce")));
        }
    }
    Ok(results)
}

fn score_batch(plugin: &Plugin, settings: &Settings, items: &[ScoreItem]) -> Result<Vec<f64>, PluginError> {
    let request = Request::Score { id: plugin.id().to_string(), settings: settings.clone(), items: items.to_vec() };
    let Response::Scored(scores) = plugin.ask(&request)? else {
        return Err(plugin.failed("it answered a request to score with something else".to_string()));
    };
    check_count(plugin, items.len(), scores.len())?;
    for (item, score) in items.iter().zip(&scores) {
        if !plugin.scale().is_some_and(|scale| scale.holds(*score)) {
            let (instance, task) = (&item.instance, &item.task);
            return Err(
                plugin.failed(format!("the score {score} of instance `{instance}` of task `{task}` is off its scale"))
            );
        }
    }
    Ok(scores)
}

fn check_count(plugin: &Plugin, asked: usize, answered: usize) -> Result<(), PluginError> {
    if asked == answered { Ok(()) } else { Err(plugin.failed(format!("it answered {answered} of {asked} items"))) }
}

/// The known name that takes the fewest edits to become `name`; of several, the first.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    known.min_by_key(|known| strsim::damerau_levenshtein(name, known)).map(str::to_string)
}
