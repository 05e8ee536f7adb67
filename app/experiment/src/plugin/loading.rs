//! How a registry fills: plugin by plugin, refusing what cannot be used and going on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use placebo_plugin_api::{Descriptor, Request, Response};

use super::carrier::Carrier;
use super::crashes::CrashNotes;
use super::discovery::plugins_at;
use super::library::Library;
use super::process::{Processes, Start};
use super::source::Source;
use super::{Plugin, Refusal, Registry, Search, Stranger};

/// Performs a search.
pub fn load(mut search: Search<'_>) -> Registry {
    let mut registry = Registry { cancelled: search.cancelled.clone(), ..Registry::default() };
    registry.searched = search.places().cloned().collect();
    let (shipped, foreign) = (std::mem::take(&mut search.shipped), std::mem::take(&mut search.foreign));
    registry.add_all(&shipped, &mut |_, path| in_process(path));
    registry.add_all(&foreign, &mut |registry, path| out_of_process(registry, path, &mut search));
    registry.plugins.sort_by(|a, b| a.id().cmp(b.id()));
    registry
}

/// How what is found at a path becomes plugins.
type Open<'o> = dyn FnMut(&Registry, &Path) -> Result<Vec<Plugin>, Unusable> + 'o;

impl Registry {
    fn add_all(&mut self, places: &[PathBuf], open: &mut Open<'_>) {
        for place in places {
            match plugins_at(place) {
                Ok(found) => found.iter().for_each(|path| self.add(path, open(self, path))),
                Err(error) => self.refuse(place, error.to_string()),
            }
        }
    }

    fn refuse(&mut self, path: &Path, reason: String) {
        self.refused.push(Refusal { path: path.to_path_buf(), reason });
    }

    fn add(&mut self, path: &Path, opened: Result<Vec<Plugin>, Unusable>) {
        match opened {
            Ok(plugins) if plugins.is_empty() => self.refuse(path, "it offers no plugins".to_string()),
            Ok(plugins) => plugins.into_iter().for_each(|plugin| self.add_plugin(plugin)),
            Err(Unusable::FoundBefore) => {}
            Err(Unusable::Because(reason)) => self.refuse(path, reason),
        }
    }

    fn add_plugin(&mut self, plugin: Plugin) {
        let problems = plugin.descriptor.problems();
        if !problems.is_empty() {
            return self.refuse(&plugin.path, format!("{}: plugin `{}`", problems.join("; "), plugin.id()));
        }
        match self.plugins.iter().position(|known| known.id() == plugin.id()) {
            None if !self.ambiguous.contains_key(plugin.id()) => self.plugins.push(plugin),
            None => self.refuse(&plugin.path, format!("others offer it too: plugin `{}`", plugin.id())),
            Some(place) if self.plugins[place].path == plugin.path => {
                self.refuse(
                    &plugin.path,
                    format!("it offers two of this id, the first is used: plugin `{}`", plugin.id()),
                );
            }
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

/// Why something found gives no plugins.
enum Unusable {
    /// The same bytes were found at an earlier place.
    FoundBefore,
    /// For this reason.
    Because(String),
}

impl<E: std::error::Error> From<E> for Unusable {
    fn from(error: E) -> Self {
        Unusable::Because(error.to_string())
    }
}

/// The plugins of a library that came with the program.
fn in_process(path: &Path) -> Result<Vec<Plugin>, Unusable> {
    let source = Source::locate(path)?;
    let library = Arc::new(Library::open(path)?);
    let described = describe(&*library)?;
    Ok(Opened { path: path.into(), sha256: source.sha256()?, carrier: library, crashes: None }.plugins(described))
}

/// The plugins of a stranger, if it is trusted.
fn out_of_process(registry: &Registry, path: &Path, search: &mut Search<'_>) -> Result<Vec<Plugin>, Unusable> {
    let source = Source::locate(path)?;
    let sha256 = source.sha256()?;
    if registry.plugins.iter().any(|known| known.sha256 == sha256) {
        return Err(Unusable::FoundBefore);
    }
    admit(&source, &sha256, search)?;
    let start = Start { host: search.host.clone(), path: source.path.clone(), limits: source.limits(), threads: 1 };
    let processes = Arc::new(Processes::new(start, search.cancelled.clone()));
    let described = match search.trust.descriptions(&sha256) {
        Some(described) => described,
        None => ask_anew(&source, &sha256, &*processes, search)?,
    };
    let crashes = Some(search.crashes.clone());
    Ok(Opened { path: source.path, sha256, carrier: processes, crashes }.plugins(described))
}

/// Lets a plugin in that was trusted before, or is now.
fn admit(source: &Source, sha256: &str, search: &mut Search<'_>) -> Result<(), Unusable> {
    if search.trust.trusts(sha256) {
        return Ok(());
    }
    let has_changed = search.trust.trusted_before(&source.path);
    let stranger = Stranger::new(source, sha256.to_string(), has_changed);
    if !(search.ask)(&stranger) {
        return Err(Unusable::Because(stranger.refusal()));
    }
    Ok(search.trust.trust(sha256, &source.path)?)
}

/// Has a plugin describe itself, holds that against what its `plugin.toml` says, and remembers it.
fn ask_anew(
    source: &Source,
    sha256: &str,
    carrier: &dyn Carrier,
    search: &Search<'_>,
) -> Result<Vec<Descriptor>, Unusable> {
    let described = match describe(carrier) {
        Err(Refused { crash: Some(cause), reason }) => {
            let name = source.path.file_name().unwrap_or_default().to_string_lossy();
            search.crashes.add(&name, &source.path, cause);
            return Err(Unusable::Because(reason));
        }
        described => described?,
    };
    if let Some(difference) = source.sidecar.as_ref().and_then(|sidecar| sidecar.difference(&described)) {
        return Err(Unusable::Because(difference));
    }
    // Whoever cannot be remembered is asked again the next time.
    let _ = search.trust.remember(sha256, &source.path, &described);
    Ok(described)
}

/// Why a plugin does not describe itself.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
struct Refused {
    crash: Option<String>,
    reason: String,
}

fn describe(carrier: &dyn Carrier) -> Result<Vec<Descriptor>, Refused> {
    let refused = |reason: String| Refused { crash: None, reason };
    match carrier.ask(&Request::Describe {}) {
        Ok(Response::Described(descriptors)) => Ok(descriptors),
        Ok(Response::Failed(cause)) => Err(refused(format!("it cannot describe itself ({cause})"))),
        Ok(_) => Err(refused("it answers something else when asked to describe itself".to_string())),
        Err(error) => Err(Refused { crash: error.crash(), reason: error.to_string() }),
    }
}

/// What all plugins of a library or script have in common.
struct Opened {
    path: PathBuf,
    sha256: String,
    carrier: Arc<dyn Carrier>,
    crashes: Option<CrashNotes>,
}

impl Opened {
    fn plugins(&self, described: Vec<Descriptor>) -> Vec<Plugin> {
        let plugin = |descriptor| Plugin {
            descriptor,
            path: self.path.clone(),
            sha256: self.sha256.clone(),
            carrier: self.carrier.clone(),
            crashes: self.crashes.clone(),
        };
        described.into_iter().map(plugin).collect()
    }
}
