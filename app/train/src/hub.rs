//! From what a plan calls a checkpoint to the folder that holds it.

use hf_hub::api::sync::{ApiBuilder, ApiError, ApiRepo};
use hf_hub::{Cache, Repo};
use placebo_experiment::resources::{self, ResourceMissing};
use std::env;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

const BUNDLED: &str = "bundled:";
const CONFIG: &str = "config.json";
/// What holds the weights, best first; the indexes name further files.
const WEIGHTS: [&str; 4] =
    ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"];
const TOKENIZERS: [&str; 2] = ["tokenizer.json", "spiece.model"];

/// Why a checkpoint cannot be found.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// A path to nothing.
    #[error(
        "no such folder; `model.checkpoint` is a folder, a hub id like `google/flan-t5-small`, or `bundled:nano`: `{0}`"
    )]
    NoFolder(String),
    /// A bundled model that the program does not have.
    #[error("{reason}: `{reference}`")]
    NotBundled {
        /// Where it was looked for.
        reason: ResourceMissing,
        /// What the plan says.
        reference: String,
    },
    /// Not in the cache, and downloading is switched off.
    #[error(
        "not in the hub cache, and `HF_HUB_OFFLINE` forbids to download it; get it on a machine that is online with \
         `hf download {id}` and copy the cache, or give a folder: `{}`", place.display()
    )]
    Offline {
        /// The model.
        id: String,
        /// Where it would lie.
        place: PathBuf,
    },
    /// The hub does not answer, or does not have it.
    #[error(
        "not in the hub cache `{}`, and it cannot be downloaded ({reason}); check the id and the connection, or get \
         it elsewhere with `hf download {id}` and give the folder: `{id}`", place.display()
    )]
    Unreachable {
        /// The model.
        id: String,
        /// Where it would lie.
        place: PathBuf,
        /// What the hub or the network says.
        reason: Box<ApiError>,
    },
    /// A repository without a model that can be read.
    #[error("the repository has no {what}, so Placebo cannot use it: `{id}`")]
    NotACheckpoint {
        /// The model.
        id: String,
        /// What it lacks.
        what: &'static str,
    },
}

/// The folder of a checkpoint: a folder itself, `bundled:` and a name, or a hub id, which is looked up in the local hub
/// cache and downloaded into it where it is missing.
///
/// # Errors
/// When there is no such folder, or the model is neither in the cache nor to be had from the hub.
pub fn resolve(reference: &str) -> Result<PathBuf, HubError> {
    Hub::from_environment().resolve(reference)
}

/// A hub and its cache on this machine.
struct Hub {
    cache: PathBuf,
    offline: bool,
}

impl Hub {
    /// As Hugging Face's own programs read `HF_HUB_CACHE`, `HF_HOME` and `HF_HUB_OFFLINE`.
    fn from_environment() -> Self {
        let home = || env::home_dir().unwrap_or_default().join(".cache/huggingface");
        let hub = || env::var_os("HF_HOME").map_or_else(home, PathBuf::from).join("hub");
        let cache = env::var_os("HF_HUB_CACHE").map_or_else(hub, PathBuf::from);
        let offline = env::var("HF_HUB_OFFLINE").is_ok_and(|value| !["", "0", "false"].contains(&value.as_str()));
        Self { cache, offline }
    }

    fn resolve(&self, reference: &str) -> Result<PathBuf, HubError> {
        if let Some(name) = reference.strip_prefix(BUNDLED) {
            let found = resources::find(&format!("models/{name}"));
            return found.map_err(|reason| HubError::NotBundled { reason, reference: reference.into() });
        }
        if Path::new(reference).is_dir() {
            return Ok(PathBuf::from(reference));
        }
        if !is_hub_id(reference) {
            return Err(HubError::NoFolder(reference.into()));
        }
        self.cached(reference).map_or_else(|| self.download(reference), Ok)
    }

    /// The snapshot of a model's main branch, if all that is needed is in it.
    fn cached(&self, id: &str) -> Option<PathBuf> {
        let place = self.place(id);
        let commit = fs_err::read_to_string(place.join("refs/main")).ok()?;
        let snapshot = place.join("snapshots").join(commit.trim());
        let has = |name: &str| snapshot.join(name).is_file();
        let whole = has(CONFIG) && TOKENIZERS.into_iter().any(has) && has_weights(&snapshot);
        whole.then_some(snapshot)
    }

    fn place(&self, id: &str) -> PathBuf {
        self.cache.join(Repo::model(id.into()).folder_name())
    }

    fn download(&self, id: &str) -> Result<PathBuf, HubError> {
        if self.offline {
            return Err(HubError::Offline { id: id.into(), place: self.place(id) });
        }
        let unreachable =
            |reason| HubError::Unreachable { id: id.into(), place: self.place(id), reason: Box::new(reason) };
        let repository = self.repository(id).map_err(unreachable)?;
        let info = repository.info().map_err(unreachable)?;
        let files: Vec<&str> = info.siblings.iter().map(|file| file.rfilename.as_str()).collect();
        let wanted = needed(&files).map_err(|what| HubError::NotACheckpoint { id: id.into(), what })?;
        let mut folder = PathBuf::new();
        for file in wanted {
            folder = repository.get(file).map_err(unreachable)?.parent().map(Path::to_path_buf).unwrap_or_default();
        }
        Ok(folder)
    }

    fn repository(&self, id: &str) -> Result<ApiRepo, ApiError> {
        let builder = ApiBuilder::from_cache(Cache::new(self.cache.clone()));
        let builder = builder.with_progress(std::io::stderr().is_terminal());
        let builder = env::var("HF_ENDPOINT").into_iter().fold(builder, ApiBuilder::with_endpoint);
        let builder = env::var("HF_TOKEN").into_iter().fold(builder, |builder, token| builder.with_token(Some(token)));
        Ok(builder.build()?.model(id.into()))
    }
}

/// `name` or `owner/name`, of the characters that the hub allows; what looks like a path is none.
fn is_hub_id(reference: &str) -> bool {
    let parts: Vec<&str> = reference.split('/').collect();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    parts.len() <= 2 && parts.iter().all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(allowed))
}

/// Whether weights lie there, all their parts included.
fn has_weights(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).is_file();
    has(WEIGHTS[0])
        || has(WEIGHTS[2])
        || [WEIGHTS[1], WEIGHTS[3]].into_iter().any(|index| has_parts(&folder.join(index)))
}

fn has_parts(index: &Path) -> bool {
    let text = fs_err::read_to_string(index).unwrap_or_default();
    let index_json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let parts = index_json.get("weight_map").and_then(serde_json::Value::as_object);
    parts.is_some_and(|map| {
        map.values().all(|part| part.as_str().is_some_and(|name| index.with_file_name(name).is_file()))
    })
}

/// The files of a repository to download: configuration, tokenizer, and the best form of the weights; or what is
/// missing.
fn needed<'a>(files: &[&'a str]) -> Result<Vec<&'a str>, &'static str> {
    let first_of = |names: &[&str]| names.iter().find_map(|name| files.iter().copied().find(|file| file == name));
    let config = first_of(&[CONFIG]).ok_or("`config.json`")?;
    let tokenizer = first_of(&TOKENIZERS).ok_or("`tokenizer.json` or `spiece.model`")?;
    let weights = first_of(&WEIGHTS).ok_or("`model.safetensors` or `pytorch_model.bin`")?;
    let mut needed = vec![tokenizer, weights];
    if let Some(whole) = weights.strip_suffix(".index.json") {
        let (stem, extension) = whole.rsplit_once('.').expect("the names of weights have extensions");
        let part = |file: &&str| file.starts_with(&format!("{stem}-")) && file.ends_with(extension);
        needed.extend(files.iter().copied().filter(part));
    }
    // The configuration comes last, so that an interrupted download does not look finished.
    needed.push(config);
    Ok(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hub() -> (tempfile::TempDir, Hub) {
        let folder = tempfile::tempdir().unwrap();
        let hub = Hub { cache: folder.path().into(), offline: true };
        (folder, hub)
    }

    fn cache(hub: &Hub, files: &[&str]) -> PathBuf {
        let place = hub.cache.join("models--google--flan-t5-small");
        let snapshot = place.join("snapshots/0123abc");
        fs_err::create_dir_all(&snapshot).unwrap();
        fs_err::create_dir_all(place.join("refs")).unwrap();
        fs_err::write(place.join("refs/main"), "0123abc").unwrap();
        for file in files {
            fs_err::write(snapshot.join(file), r#"{"weight_map": {"a": "part-1"}}"#).unwrap();
        }
        snapshot
    }

    #[test]
    fn folders_and_bundled_models_are_themselves() {
        let (folder, hub) = hub();
        let path = folder.path().to_str().unwrap();
        assert_eq!(hub.resolve(path).unwrap(), folder.path());
        assert!(hub.resolve("bundled:nano").unwrap().join(CONFIG).is_file());
        let message = hub.resolve("bundled:giant").unwrap_err().to_string();
        assert!(message.ends_with("`bundled:giant`"), "{message}");
    }

    #[test]
    fn whole_models_are_taken_from_the_cache() {
        let (_folder, hub) = hub();
        let snapshot = cache(&hub, &["config.json", "spiece.model", "pytorch_model.bin"]);
        assert_eq!(hub.resolve("google/flan-t5-small").unwrap(), snapshot);
    }

    #[test]
    fn models_in_parts_need_every_part() {
        let (_folder, hub) = hub();
        let snapshot = cache(&hub, &["config.json", "tokenizer.json", "model.safetensors.index.json"]);
        assert!(matches!(hub.resolve("google/flan-t5-small"), Err(HubError::Offline { .. })));
        fs_err::write(snapshot.join("part-1"), "").unwrap();
        assert_eq!(hub.resolve("google/flan-t5-small").unwrap(), snapshot);
    }

    #[test]
    fn offline_the_message_says_where_and_what_to_do() {
        let (folder, hub) = hub();
        let message = hub.resolve("google/flan-t5-small").unwrap_err().to_string();
        assert!(message.contains("`hf download google/flan-t5-small`"), "{message}");
        assert!(message.contains(folder.path().to_str().unwrap()), "{message}");
    }

    #[test]
    fn paths_are_not_asked_for_at_the_hub() {
        let (_folder, hub) = hub();
        for path in ["./model", "/no/such/folder", "a/b/c", "~/model", "google/", "..x"] {
            assert!(matches!(hub.resolve(path), Err(HubError::NoFolder(_))), "{path}");
        }
    }

    #[test]
    fn the_best_weights_are_downloaded_and_the_configuration_last() {
        let both =
            ["README.md", "config.json", "model.safetensors", "pytorch_model.bin", "spiece.model", "tf_model.h5"];
        assert_eq!(needed(&both).unwrap(), ["spiece.model", "model.safetensors", "config.json"]);
        let parts = [
            "config.json",
            "tokenizer.json",
            "pytorch_model-00001-of-00002.bin",
            "pytorch_model-00002-of-00002.bin",
            "pytorch_model.bin.index.json",
        ];
        assert_eq!(needed(&parts).unwrap().len(), 5);
        assert_eq!(
            needed(&["config.json", "spiece.model", "flax_model.msgpack"]).unwrap_err(),
            "`model.safetensors` or `pytorch_model.bin`"
        );
    }
}
