//! The files in which a Hugging Face checkpoint keeps its weights.

use super::CheckpointError;
use super::tensor_file::TensorFile;
use candle_core::pickle::PthTensors;
use candle_core::{Device, Tensor};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// All tensors of a checkpoint, wherever they lie.
pub(super) struct WeightFiles {
    files: Vec<WeightFile>,
    /// The file of every tensor.
    places: BTreeMap<String, usize>,
}

/// One file of tensors.
enum WeightFile {
    Safetensors(TensorFile),
    /// What torch saves; older checkpoints, such as `google/t5-large-lm-adapt`, have nothing else.
    Pickled {
        path: PathBuf,
        tensors: PthTensors,
    },
}

/// `model.safetensors.index.json`: the part in which each tensor lies.
#[derive(Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

impl WeightFiles {
    /// Opens the first of what a checkpoint may have: one file, parts with an index, and the same two of torch.
    pub fn open(folder: &Path) -> Result<Option<Self>, CheckpointError> {
        for stem in ["model.safetensors", "pytorch_model.bin"] {
            let (whole, index) = (folder.join(stem), folder.join(format!("{stem}.index.json")));
            if whole.is_file() {
                return Self::of(&[whole]).map(Some);
            }
            if index.is_file() {
                return Self::of(&parts(&index)?).map(Some);
            }
        }
        Ok(None)
    }

    fn of(paths: &[PathBuf]) -> Result<Self, CheckpointError> {
        let files = paths.iter().map(|path| WeightFile::open(path)).collect::<Result<Vec<_>, _>>()?;
        let names = files.iter().enumerate().flat_map(|(i, file)| file.names().into_iter().map(move |name| (name, i)));
        Ok(Self { places: names.collect(), files })
    }

    /// The file to name where a single one has to be: the one that has the tensor, or else the first.
    pub fn path_of(&self, name: &str) -> &Path {
        match &self.files[self.places.get(name).copied().unwrap_or(0)] {
            WeightFile::Safetensors(file) => &file.path,
            WeightFile::Pickled { path, .. } => path,
        }
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.places.keys()
    }

    /// The shape of a tensor, if there is one of this name.
    pub fn shape(&self, name: &str) -> Option<Vec<usize>> {
        match &self.files[*self.places.get(name)?] {
            WeightFile::Safetensors(file) => file.shape(name).map(<[usize]>::to_vec),
            WeightFile::Pickled { tensors, .. } => Some(tensors.tensor_infos().get(name)?.layout.dims().to_vec()),
        }
    }

    /// One tensor in its own type.
    pub fn read(&self, name: &str, device: &Device) -> Result<Tensor, CheckpointError> {
        let missing = || CheckpointError::damaged(self.path_of(name), format!("no tensor `{name}`"));
        match &self.files[*self.places.get(name).ok_or_else(missing)?] {
            WeightFile::Safetensors(file) => file.read(name, device),
            WeightFile::Pickled { path, tensors } => {
                let tensor = tensors
                    .get(name)
                    .map_err(|e| CheckpointError::damaged(path, e.to_string()))?
                    .ok_or_else(missing)?;
                Ok(tensor.contiguous()?.to_device(device)?)
            }
        }
    }
}

impl WeightFile {
    fn open(path: &Path) -> Result<Self, CheckpointError> {
        if path.extension().is_some_and(|extension| extension == "safetensors") {
            return TensorFile::open(path).map(Self::Safetensors);
        }
        fs_err::metadata(path)?;
        let tensors = PthTensors::new(path, None).map_err(|e| CheckpointError::damaged(path, e.to_string()))?;
        Ok(Self::Pickled { path: path.into(), tensors })
    }

    fn names(&self) -> Vec<String> {
        match self {
            Self::Safetensors(file) => file.names(),
            Self::Pickled { tensors, .. } => tensors.tensor_infos().keys().cloned().collect(),
        }
    }
}

/// The parts that an index names, each once.
fn parts(index: &Path) -> Result<Vec<PathBuf>, CheckpointError> {
    let text = fs_err::read_to_string(index)?;
    let parsed: Index = serde_json::from_str(&text).map_err(|e| CheckpointError::damaged(index, e.to_string()))?;
    let names: BTreeSet<String> = parsed.weight_map.into_values().collect();
    Ok(names.into_iter().map(|name| index.with_file_name(name)).collect())
}
