//! How a registry fills: library by library, refusing what cannot be used and going on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fs_err as fs;
use placebo_plugin_api::{Request, Response};
use sha2::{Digest, Sha256};

use super::discovery::libraries_at;
use super::library::Library;
use super::{Plugin, Refusal, Registry};

impl Registry {
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
