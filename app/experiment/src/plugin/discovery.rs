//! Where plugins are looked for, and what counts as one.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};
use std::{env, io};

use fs_err as fs;

use super::sidecar;

/// Where the plugins lie that came with the program: `plugins/` beside the executable, then the executable's own folder.
///
/// In a build folder of Cargo the libraries lie in `deps/`, which is then searched in place of the executable's folder:
/// copies there may be older. An executable that lies in `deps/` itself, as tests do, finds them beside it.
pub fn places_beside_executable() -> Vec<PathBuf> {
    let executable = env::current_exe().ok().and_then(|executable| fs::canonicalize(executable).ok());
    executable.as_deref().and_then(Path::parent).map(places_beside).unwrap_or_default()
}

/// The places that the variable `PLACEBO_PLUGIN_PATH` names.
pub fn named_places() -> Vec<PathBuf> {
    let named = env::var_os("PLACEBO_PLUGIN_PATH").unwrap_or_default();
    env::split_paths(&named).filter(|place| !place.as_os_str().is_empty()).collect()
}

fn places_beside(folder: &Path) -> Vec<PathBuf> {
    let deps = folder.join("deps");
    let own = if deps.is_dir() { deps } else { folder.to_path_buf() };
    let plugins = folder.join("plugins");
    [plugins].into_iter().filter(|plugins| plugins.is_dir()).chain([own]).collect()
}

/// The plugins at a place, sorted by name: the file itself; a folder that a `plugin.toml` makes one plugin; or else the
/// libraries in the folder that are named as plugins, and the folders in it that have a `plugin.toml`.
///
/// # Errors
/// The place cannot be read.
pub fn plugins_at(place: &Path) -> io::Result<Vec<PathBuf>> {
    if fs::metadata(place)?.is_file() || has_sidecar(place) {
        return Ok(vec![place.to_path_buf()]);
    }
    let entries = fs::read_dir(place)?.collect::<io::Result<Vec<_>>>()?;
    let is_one = |path: &PathBuf| is_plugin(path) || has_sidecar(path);
    let mut found: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(is_one).collect();
    found.sort();
    Ok(found)
}

fn has_sidecar(folder: &Path) -> bool {
    folder.join(sidecar::NAME).is_file()
}

fn is_plugin(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with(&format!("{DLL_PREFIX}placebo_plugin_")) && name.ends_with(DLL_SUFFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_named_as_plugins_count() {
        let folder = tempfile::tempdir().unwrap();
        let library = |name: &str| folder.path().join(format!("{DLL_PREFIX}{name}{DLL_SUFFIX}"));
        for name in ["placebo_plugin_b", "placebo_plugin_a", "other"] {
            fs::write(library(name), "").unwrap();
        }
        fs::write(folder.path().join("libplacebo_plugin_api.rlib"), "").unwrap();
        let found = plugins_at(folder.path()).unwrap();
        assert_eq!(found, [library("placebo_plugin_a"), library("placebo_plugin_b")]);
    }

    #[test]
    fn a_file_stands_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mine.so");
        fs::write(&file, "").unwrap();
        assert_eq!(plugins_at(&file).unwrap(), [file]);
    }

    #[test]
    fn a_sidecar_makes_a_folder_a_plugin() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let script = folder.path().join("b");
        fs::write(script.join("plugin.toml"), "").unwrap();
        assert_eq!(plugins_at(folder.path()).unwrap(), std::slice::from_ref(&script));
        assert_eq!(plugins_at(&script).unwrap(), [script]);
    }

    #[test]
    fn a_missing_place_is_named() {
        let error = plugins_at(Path::new("/no/such/place")).unwrap_err();
        assert!(error.to_string().contains("/no/such/place"), "{error}");
    }

    #[test]
    fn a_build_folder_is_searched_in_its_deps() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(places_beside(folder.path()), [folder.path()]);
        fs::create_dir(folder.path().join("deps")).unwrap();
        fs::create_dir(folder.path().join("plugins")).unwrap();
        assert_eq!(places_beside(folder.path()), [folder.path().join("plugins"), folder.path().join("deps")]);
    }
}
