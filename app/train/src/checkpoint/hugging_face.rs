//! Checkpoints in the layout of Hugging Face: `config.json` and the weights beside it.

use super::matching;
use super::weight_files::WeightFiles;
use super::{CheckpointError, tensor_file};
use crate::initialise;
use crate::t5::{Config, Layout, Weights};
use candle_core::{DType, Device, Tensor};
use serde::Deserialize;
use std::io;
use std::path::Path;

const CONFIG: &str = "config.json";
const WEIGHTS: &str = "model.safetensors";
const HEAD: &str = "lm_head.weight";
const EMBEDDING: &str = "shared.weight";

/// What `config.json` says beside the model's shape.
#[derive(Deserialize)]
struct Extras {
    model_type: Option<String>,
    /// Our own: a folder without weights has those that [`initialise::weights`] draws from this seed.
    placebo_initial_seed: Option<u64>,
}

/// Reads a checkpoint, its weights as f32.
///
/// # Errors
/// When a file is missing or damaged, or a tensor is missing, misshapen or strange; the message names it.
pub fn load(folder: &Path, device: &Device) -> Result<(Config, Weights), CheckpointError> {
    load_as(folder, DType::F32, device)
}

/// Reads a checkpoint, its weights in a type of one's own choice, one tensor at a time.
///
/// # Errors
/// As [`load`].
pub fn load_as(folder: &Path, dtype: DType, device: &Device) -> Result<(Config, Weights), CheckpointError> {
    let (config, extras) = read_both(folder)?;
    match (WeightFiles::open(folder)?, extras.placebo_initial_seed) {
        (Some(files), _) => load_files(config, &files, dtype, device),
        (None, Some(seed)) => {
            let weights = initialise::weights(&Layout::new(&config), seed, device)?;
            let tensors = weights.tensors.iter().map(|t| t.to_dtype(dtype)).collect::<candle_core::Result<_>>()?;
            Ok((config, Weights { tensors }))
        }
        (None, None) => Err(CheckpointError::NoWeights(folder.into())),
    }
}

/// Reads and checks the configuration alone.
///
/// # Errors
/// When there is none, or it describes no T5 that can be built.
pub fn read_config(folder: &Path) -> Result<Config, CheckpointError> {
    read_both(folder).map(|(config, _)| config)
}

fn read_both(folder: &Path) -> Result<(Config, Extras), CheckpointError> {
    let path = folder.join(CONFIG);
    let text = fs_err::read_to_string(&path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => CheckpointError::NoConfig(folder.into()),
        _ => e.into(),
    })?;
    let malformed = |reason: String| CheckpointError::Malformed { reason, path: path.clone() };
    let extras: Extras = serde_json::from_str(&text).map_err(|e| malformed(e.to_string()))?;
    if let Some(other) = extras.model_type.as_deref().filter(|kind| *kind != "t5") {
        return Err(malformed(format!("a model of type `{other}`")));
    }
    let config: Config = serde_json::from_str(&text).map_err(|e| malformed(e.to_string()))?;
    config.check().map_err(|reason| CheckpointError::Config { reason, path: path.clone() })?;
    Ok((config, extras))
}

fn load_files(
    config: Config,
    files: &WeightFiles,
    dtype: DType,
    device: &Device,
) -> Result<(Config, Weights), CheckpointError> {
    let config = untie_where_heads_differ(config, files)?;
    let layout = Layout::new(&config);
    let problems = matching::problems(&layout, files);
    if let Some(first) = problems.first() {
        return Err(CheckpointError::Tensors { path: files.path_of(&first.tensor).into(), problems });
    }
    let read = |name: &str| Ok(files.read(name, device)?.to_dtype(dtype)?);
    let tensors = layout.parameters.iter().map(|parameter| read(&parameter.name));
    Ok((config, Weights { tensors: tensors.collect::<Result<_, CheckpointError>>()? }))
}

/// A head in the file counts even if the configuration says that it is the embedding, unless it is: so does
/// transformers 5, which writes `tie_word_embeddings: true` into every configuration.
fn untie_where_heads_differ(config: Config, files: &WeightFiles) -> Result<Config, CheckpointError> {
    let both = files.shape(HEAD).is_some() && files.shape(EMBEDDING).is_some();
    if !config.tie_word_embeddings || !both || same(files)? {
        return Ok(config);
    }
    let scale_decoder_outputs = Some(config.scales_decoder_outputs());
    Ok(Config { tie_word_embeddings: false, scale_decoder_outputs, ..config })
}

fn same(files: &WeightFiles) -> Result<bool, CheckpointError> {
    if files.shape(HEAD) != files.shape(EMBEDDING) {
        return Ok(false);
    }
    let read = |name| -> Result<Vec<f32>, CheckpointError> {
        Ok(files.read(name, &Device::Cpu)?.to_dtype(DType::F32)?.flatten_all()?.to_vec1()?)
    };
    Ok(read(HEAD)? == read(EMBEDDING)?)
}

/// Writes a checkpoint that transformers loads; the folder is made where it is missing.
///
/// # Errors
/// When the folder is not writable or the disk is full; the message names the file.
pub fn save(folder: &Path, config: &Config, weights: &Weights) -> Result<(), CheckpointError> {
    fs_err::create_dir_all(folder)?;
    let mut text = serde_json::to_string_pretty(config).expect("a configuration has string keys only");
    text.push('\n');
    fs_err::write(folder.join(CONFIG), text)?;
    let names = Layout::new(config).parameters.into_iter().map(|parameter| parameter.name);
    let tensors: Vec<(String, Tensor)> = names.zip(weights.tensors.iter().cloned()).collect();
    // transformers reads only files that say which program's tensors they are.
    tensor_file::write(&folder.join(WEIGHTS), ("format", "pt"), &tensors).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use safetensors::View;
    use std::path::PathBuf;

    fn golden(model: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(model)
    }

    fn bytes(weights: &Weights) -> Vec<Vec<u8>> {
        weights.tensors.iter().map(|tensor| tensor.data().into_owned()).collect()
    }

    fn load_golden(model: &str) -> (Config, Weights) {
        load(&golden(model), &Device::Cpu).unwrap()
    }

    /// A copy of a golden checkpoint whose tensors went through `change`.
    fn changed(model: &str, change: impl FnOnce(&mut Vec<(String, Tensor)>)) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let (config, weights) = load_golden(model);
        let names = Layout::new(&config).parameters.into_iter().map(|p| p.name);
        let mut tensors = names.zip(weights.tensors).collect();
        change(&mut tensors);
        tensor_file::write(&folder.path().join(WEIGHTS), ("format", "pt"), &tensors).unwrap();
        fs_err::copy(golden(model).join(CONFIG), folder.path().join(CONFIG)).unwrap();
        folder
    }

    fn refusal(folder: &tempfile::TempDir) -> String {
        load(folder.path(), &Device::Cpu).unwrap_err().to_string()
    }

    #[test]
    fn every_kind_of_model_survives_saving() {
        for model in ["v1_0", "v1_1", "v1_1_tied"] {
            let (config, weights) = load_golden(model);
            let folder = tempfile::tempdir().unwrap();
            save(folder.path(), &config, &weights).unwrap();
            let (again, read) = load(folder.path(), &Device::Cpu).unwrap();
            assert_eq!((again, bytes(&read)), (config, bytes(&weights)));
        }
    }

    #[test]
    fn what_torch_saved_is_read_too() {
        let (config, weights) = load_golden("pickled");
        let (again, read) = load_golden("pickled/safetensors");
        assert_eq!((again, bytes(&read)), (config, bytes(&weights)));
    }

    #[test]
    fn parts_are_put_together() {
        let folder = tempfile::tempdir().unwrap();
        let (config, weights) = load_golden("v1_0");
        let names = Layout::new(&config).parameters.into_iter().map(|p| p.name);
        let (even, odd): (Vec<_>, Vec<_>) =
            names.zip(weights.tensors.clone()).enumerate().partition(|(i, _)| i % 2 == 0);
        let mut map = serde_json::Map::new();
        for (file, part) in [("model-00001-of-00002.safetensors", even), ("model-00002-of-00002.safetensors", odd)] {
            let part: Vec<_> = part.into_iter().map(|(_, tensor)| tensor).collect();
            map.extend(part.iter().map(|(name, _)| (name.clone(), file.into())));
            tensor_file::write(&folder.path().join(file), ("format", "pt"), &part).unwrap();
        }
        let index = serde_json::json!({"metadata": {}, "weight_map": map});
        fs_err::write(folder.path().join("model.safetensors.index.json"), index.to_string()).unwrap();
        fs_err::copy(golden("v1_0").join(CONFIG), folder.path().join(CONFIG)).unwrap();
        assert_eq!(bytes(&load(folder.path(), &Device::Cpu).unwrap().1), bytes(&weights));
        fs_err::remove_file(folder.path().join("model-00002-of-00002.safetensors")).unwrap();
        assert!(refusal(&folder).contains("model-00002-of-00002.safetensors"));
    }

    #[test]
    fn copies_of_the_embedding_are_no_matter() {
        let folder = changed("v1_0", |tensors| {
            let embedding = tensors.iter().find(|(name, _)| name == EMBEDDING).unwrap().1.clone();
            for copy in ["encoder.embed_tokens.weight", "decoder.embed_tokens.weight", HEAD] {
                tensors.push((copy.into(), embedding.clone()));
            }
        });
        let (config, weights) = load(folder.path(), &Device::Cpu).unwrap();
        assert!(config.tie_word_embeddings);
        assert_eq!(bytes(&weights), bytes(&load_golden("v1_0").1));
    }

    #[test]
    fn a_head_that_differs_counts_whatever_the_configuration_says() {
        let head = |tensors: &mut Vec<(String, Tensor)>| {
            let embedding = tensors.iter().find(|(name, _)| name == EMBEDDING).unwrap().1.clone();
            tensors.push((HEAD.into(), (embedding * 2.0).unwrap()));
        };
        let scaled = load(changed("v1_0", head).path(), &Device::Cpu).unwrap().0;
        assert!(!scaled.tie_word_embeddings && scaled.scales_decoder_outputs());
        let unscaled = load(changed("v1_1_tied", head).path(), &Device::Cpu).unwrap().0;
        assert!(!unscaled.tie_word_embeddings && !unscaled.scales_decoder_outputs());
    }

    #[test]
    fn half_precision_is_widened() {
        for dtype in [DType::F16, DType::BF16] {
            let folder = changed("v1_0", |tensors| {
                tensors.iter_mut().for_each(|(_, tensor)| *tensor = tensor.to_dtype(dtype).unwrap());
            });
            let (_, weights) = load(folder.path(), &Device::Cpu).unwrap();
            let (_, exact) = load_golden("v1_0");
            let rounded = exact.tensors[0].to_dtype(dtype).unwrap().to_dtype(DType::F32).unwrap();
            assert_eq!(weights.tensors[0].data(), rounded.data());
            let (_, kept) = load_as(folder.path(), dtype, &Device::Cpu).unwrap();
            assert_eq!(kept.tensors[0].dtype(), dtype);
        }
    }

    #[test]
    fn missing_misshapen_and_strange_tensors_are_named_together() {
        let folder = changed("v1_1", |tensors| {
            tensors.retain(|(name, _)| name != HEAD);
            tensors.push(("extra.weight".into(), Tensor::zeros(3, DType::F32, &Device::Cpu).unwrap()));
            let norm = tensors.iter_mut().find(|(name, _)| name == "decoder.final_layer_norm.weight").unwrap();
            norm.1 = Tensor::zeros(31, DType::F32, &Device::Cpu).unwrap();
        });
        let message = refusal(&folder);
        assert!(message.contains("`decoder.final_layer_norm.weight` has the shape [31], not [32]"), "{message}");
        assert!(message.contains("`lm_head.weight` of the shape [112, 32] is missing"), "{message}");
        assert!(message.contains("`extra.weight` is not part of the model"), "{message}");
        assert!(message.ends_with("model.safetensors`"), "{message}");
    }

    #[test]
    fn folders_that_are_no_checkpoints_say_what_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(refusal(&folder).starts_with("no `config.json`"));
        fs_err::write(folder.path().join(CONFIG), r#"{"model_type": "bart"}"#).unwrap();
        assert!(refusal(&folder).starts_with("a model of type `bart`"));
        fs_err::write(folder.path().join(CONFIG), r#"{"d_model": 0}"#).unwrap();
        assert!(refusal(&folder).starts_with("must be at least 1: `d_model`: `/"), "{}", refusal(&folder));
        fs_err::write(folder.path().join(CONFIG), "{}").unwrap();
        assert!(refusal(&folder).starts_with("no weights; `model.safetensors`"));
    }

    #[test]
    fn a_seed_stands_for_weights() {
        let folder = tempfile::tempdir().unwrap();
        let text = r#"{"d_model": 8, "d_kv": 4, "d_ff": 8, "num_layers": 1, "num_heads": 2, "vocab_size": 20, "placebo_initial_seed": 5}"#;
        fs_err::write(folder.path().join(CONFIG), text).unwrap();
        let (config, weights) = load(folder.path(), &Device::Cpu).unwrap();
        let drawn = initialise::weights(&Layout::new(&config), 5, &Device::Cpu).unwrap();
        assert_eq!(bytes(&weights), bytes(&drawn));
    }
}
