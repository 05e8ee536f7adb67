//! Where plugin libraries are looked for, and which files count as such.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};
use std::{env, io};

use fs_err as fs;

/// The places searched when nobody says otherwise: `plugins/` beside the executable, then the executable's own folder,
/// then what the variable `PLACEBO_PLUGIN_PATH` names, which separates folders or files as `PATH` does.
///
/// In a build folder of Cargo the libraries lie in `deps/`, which is then searched in place of the executable's folder:
/// copies there may be older. An executable that lies in `deps/` itself, as tests do, finds them beside it.
pub fn standard_places() -> Vec<PathBuf> {
    let executable = env::current_exe().ok().and_then(|executable| fs::canonicalize(executable).ok());
    let beside = executable.as_deref().and_then(Path::parent).map(places_beside).unwrap_or_default();
    let named = env::var_os("PLACEBO_PLUGIN_PATH").unwrap_or_default();
    let named = env::split_paths(&named).filter(|place| !place.as_os_str().is_empty()).collect::<Vec<_>>();
    beside.into_iter().chain(named).collect()
}

fn places_beside(folder: &Path) -> Vec<PathBuf> {
    let deps = folder.join("deps");
    let own = if deps.is_dir() { deps } else { folder.to_path_buf() };
    let plugins = folder.join("plugins");
    [plugins].into_iter().filter(|plugins| plugins.is_dir()).chain([own]).collect()
}

/// The libraries at a place, sorted by name: those in a folder that are named as plugins, or the file itself.
///
/// # Errors
/// The place cannot be read.
pub fn libraries_at(place: &Path) -> io::Result<Vec<PathBuf>> {
    if fs::metadata(place)?.is_file() {
        return Ok(vec![place.to_path_buf()]);
    }
    let entries = fs::read_dir(place)?.collect::<io::Result<Vec<_>>>()?;
    let mut libraries: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(|path| is_plugin(path)).collect();
    libraries.sort();
    Ok(libraries)
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
        let found = libraries_at(folder.path()).unwrap();
        assert_eq!(found, [library("placebo_plugin_a"), library("placebo_plugin_b")]);
    }

    #[test]
    fn a_file_stands_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mine.so");
        fs::write(&file, "").unwrap();
        assert_eq!(libraries_at(&file).unwrap(), [file]);
    }

    #[test]
    fn a_missing_place_is_named() {
        let error = libraries_at(Path::new("/no/such/place")).unwrap_err();
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
