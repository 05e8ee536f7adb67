//! Finds what the program is shipped with: sample tasks, the sample experiment, the small model.

use std::path::{Path, PathBuf};

/// Names the folder of resources, where it lies nowhere that the program would look.
pub const VARIABLE: &str = "PLACEBO_RESOURCES";

/// Why a resource cannot be had.
#[derive(Debug, thiserror::Error)]
#[error(
    "not found beside the program, above it, or in {VARIABLE}; set that to the folder `resources` that the program \
     came with: `{0}`"
)]
pub struct ResourceMissing(String);

/// The path of a resource, such as `models/nano`.
///
/// Looks in [`VARIABLE`] and nowhere else where that is set; otherwise in `resources` and `share/placebo` beside the
/// program and in every folder above it, and last in the source tree that the program was built from.
///
/// # Errors
/// When no place has it.
pub fn find(name: &str) -> Result<PathBuf, ResourceMissing> {
    let program = std::env::current_exe().and_then(|path| path.canonicalize()).unwrap_or_default();
    let places = match std::env::var_os(VARIABLE) {
        Some(folder) => vec![PathBuf::from(folder)],
        None => places_around(&program),
    };
    first_with(&places, name).ok_or_else(|| ResourceMissing(name.to_owned()))
}

fn places_around(program: &Path) -> Vec<PathBuf> {
    let above = program.ancestors().skip(1).flat_map(|folder| [folder.join("resources"), folder.join("share/placebo")]);
    above.chain([Path::new(env!("CARGO_MANIFEST_DIR")).join("../../resources")]).collect()
}

fn first_with(places: &[PathBuf], name: &str) -> Option<PathBuf> {
    places.iter().map(|place| place.join(name)).find(|path| path.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_counts() {
        let root = tempfile::tempdir().unwrap();
        let [near, far] = ["bin/resources", "share/placebo"].map(|place| root.path().join(place));
        for place in [&near, &far] {
            std::fs::create_dir_all(place.join("models/nano")).unwrap();
        }
        std::fs::create_dir_all(far.join("experiments")).unwrap();
        let places = places_around(&root.path().join("bin/placebo"));
        assert_eq!(first_with(&places, "models/nano"), Some(near.join("models/nano")));
        assert_eq!(first_with(&places, "experiments"), Some(far.join("experiments")));
    }

    #[test]
    fn the_source_tree_has_the_small_model() {
        assert!(first_with(&places_around(Path::new("")), "models/nano/config.json").is_some());
    }

    #[test]
    fn what_is_nowhere_says_what_to_set() {
        let message = find("no/such/thing").unwrap_err().to_string();
        assert!(message.contains(VARIABLE) && message.ends_with("`no/such/thing`"), "{message}");
    }
}
