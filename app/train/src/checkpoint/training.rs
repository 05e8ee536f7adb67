//! Saves from which an interrupted training goes on as if it had never stopped.
//!
//! A save is a folder `step-00000120` with `state.safetensors` (weights, optimizer state and the caller's notes) and
//! `state.sha256`, which `sha256sum --check` understands. It is written under another name, brought to the disk and
//! renamed, so a save that is there is whole; the checksum finds what a disk has broken since. The two newest are kept.

use super::CheckpointError;
use super::save_folder::{self, UNFINISHED};
use super::tensor_file::{self, TensorFile};
use crate::optimizer::State;
use crate::t5::{Layout, Weights};
use candle_core::{Device, Tensor};
use fs_err::File;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

const STATE: &str = "state.safetensors";
const CHECKSUM: &str = "state.sha256";
const NOTE: &str = "placebo";

/// What a training goes on from.
#[derive(Clone, Debug)]
pub struct Save {
    /// Optimizer steps done.
    pub step: usize,
    /// The model.
    pub weights: Weights,
    /// The optimizer's memory.
    pub optimizer: State,
    /// Whatever else the caller needs: its place in the data, the best evaluation so far.
    pub notes: Value,
}

/// What [`load_newest_valid`] found.
#[derive(Debug, Default)]
pub struct Found {
    /// The newest save that is whole.
    pub save: Option<Save>,
    /// Newer ones that are not, newest first.
    pub skipped: Vec<Skipped>,
}

/// A save that cannot be used.
#[derive(Debug)]
pub struct Skipped {
    /// Its folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: CheckpointError,
}

/// What the header holds beside the tensors.
#[derive(Serialize, Deserialize)]
struct Note {
    step: usize,
    notes: Value,
}

/// Writes a save into the folder of saves, which is made where it is missing, and removes all but it and the one before.
///
/// # Errors
/// When the folder is not writable or the disk is full; older saves are then still there.
pub fn save(folder: &Path, layout: &Layout, save: Save) -> Result<(), CheckpointError> {
    fs_err::create_dir_all(folder)?;
    let unfinished = folder.join(format!("{UNFINISHED}{}", std::process::id()));
    save_folder::remove_if_there(&unfinished)?;
    let step = save.step;
    let place = save_folder::place_of(folder, step);
    let written = write(&unfinished, layout, save).and_then(|()| {
        save_folder::remove_if_there(&place)?;
        Ok(fs_err::rename(&unfinished, &place)?)
    });
    if let Err(error) = written {
        // What failed is to be reported, and not that its remains cannot be removed either.
        let _ = fs_err::remove_dir_all(&unfinished);
        return Err(error);
    }
    save_folder::sync(folder);
    Ok(save_folder::forget_others(folder, step)?)
}

/// Reads the newest save that is whole and belongs to a model of this layout.
///
/// # Errors
/// When the folder cannot be listed or the device is out of memory; a broken save is no error but skipped.
pub fn load_newest_valid(folder: &Path, layout: &Layout, device: &Device) -> Result<Found, CheckpointError> {
    let mut found = Found::default();
    for (step, path) in save_folder::steps(folder)?.into_iter().rev() {
        match read(&path, step, layout, device) {
            Ok(save) => {
                found.save = Some(save);
                break;
            }
            Err(CheckpointError::Tensor(error)) => return Err(error.into()),
            Err(reason) => found.skipped.push(Skipped { path, reason }),
        }
    }
    Ok(found)
}

/// The step of the newest save, whole or not; 0 where there is none.
///
/// # Errors
/// When the folder cannot be listed.
pub fn newest_step(folder: &Path) -> io::Result<usize> {
    Ok(save_folder::steps(folder)?.keys().next_back().copied().unwrap_or(0))
}

fn write(folder: &Path, layout: &Layout, save: Save) -> Result<(), CheckpointError> {
    fs_err::create_dir(folder)?;
    let note =
        serde_json::to_string(&Note { step: save.step, notes: save.notes }).expect("notes have string keys only");
    let weights = layout.parameters.iter().zip(&save.weights.tensors);
    let weights = weights.map(|(parameter, tensor)| (format!("weight.{}", parameter.name), tensor.clone()));
    let moments = save.optimizer.into_iter().map(|(name, tensor)| (format!("optimizer.{name}"), tensor));
    let mut tensors: Vec<(String, Tensor)> = weights.chain(moments).collect();
    tensors.sort_by_key(|(_, tensor)| std::cmp::Reverse(tensor.dtype().size_in_bytes()));
    let checksum = tensor_file::write(&folder.join(STATE), (NOTE, &note), &tensors)?;
    let mut file = File::create(folder.join(CHECKSUM))?;
    writeln!(file, "{checksum}  {STATE}")?;
    file.sync_all()?;
    save_folder::sync(folder);
    Ok(())
}

fn read(folder: &Path, step: usize, layout: &Layout, device: &Device) -> Result<Save, CheckpointError> {
    let path = folder.join(STATE);
    let wanted = fs_err::read_to_string(folder.join(CHECKSUM))?;
    if wanted.split_whitespace().next() != Some(&checksum(&path)?) {
        return Err(CheckpointError::damaged(&path, format!("the checksum is not that of `{CHECKSUM}`")));
    }
    let file = TensorFile::open(&path)?;
    let note = file.note(NOTE).and_then(|note| serde_json::from_str::<Note>(note).ok());
    let note = note.filter(|note| note.step == step);
    let note = note.ok_or_else(|| CheckpointError::damaged(&path, format!("not the save of step {step}")))?;
    let weight = |name: &str| file.read(&format!("weight.{name}"), device);
    let tensors = layout.parameters.iter().map(|parameter| match weight(&parameter.name)? {
        tensor if tensor.dims() == parameter.shape => Ok(tensor),
        _ => Err(CheckpointError::damaged(&path, format!("another model's shape of `{}`", parameter.name))),
    });
    let weights = Weights { tensors: tensors.collect::<Result<_, CheckpointError>>()? };
    Ok(Save { step, weights, optimizer: optimizer_state(&file)?, notes: note.notes })
}

/// The optimizer's tensors, on the CPU; [`restore`](crate::optimizer::Optimizer::restore) takes them where they belong.
fn optimizer_state(file: &TensorFile) -> Result<State, CheckpointError> {
    let names = file.names();
    let names = names.iter().filter_map(|name| Some((name, name.strip_prefix("optimizer.")?)));
    names.map(|(name, short)| Ok((short.to_owned(), file.read(name, &Device::Cpu)?))).collect()
}

fn checksum(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            count => hash.update(&block[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initialise;
    use crate::t5::Config;
    use safetensors::View;

    fn layout() -> Layout {
        let tiny =
            Config { vocab_size: 20, d_model: 8, d_kv: 4, d_ff: 8, num_layers: 1, num_heads: 2, ..Config::default() };
        Layout::new(&tiny)
    }

    fn state(step: usize) -> Save {
        let weights = initialise::weights(&layout(), step as u64, &Device::Cpu).unwrap();
        let moment = weights.tensors[0].sqr().unwrap();
        let optimizer = State::from([
            ("second_moment.a".to_owned(), moment.to_dtype(candle_core::DType::BF16).unwrap()),
            ("steps".to_owned(), Tensor::new(&[step as u32], &Device::Cpu).unwrap()),
        ]);
        Save { step, weights, optimizer, notes: serde_json::json!({"best": {"step": 3, "loss": 0.1}}) }
    }

    fn saved(upto: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        (1..=upto).for_each(|step| save(folder.path(), &layout(), state(step * 10)).unwrap());
        folder
    }

    fn load(folder: &tempfile::TempDir) -> Found {
        load_newest_valid(folder.path(), &layout(), &Device::Cpu).unwrap()
    }

    fn names(folder: &tempfile::TempDir) -> Vec<String> {
        let entries = std::fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn flip_a_bit(path: &Path) {
        let mut bytes = std::fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(path, bytes).unwrap();
    }

    #[test]
    fn a_save_comes_back_bit_for_bit() {
        let found = load(&saved(1));
        let (read, wanted) = (found.save.unwrap(), state(10));
        for (read, wanted) in read.weights.tensors.iter().zip(&wanted.weights.tensors) {
            assert_eq!(read.data(), wanted.data());
        }
        assert_eq!(read.optimizer.keys().collect::<Vec<_>>(), wanted.optimizer.keys().collect::<Vec<_>>());
        for (name, tensor) in &read.optimizer {
            assert_eq!(tensor.data(), wanted.optimizer[name].data(), "{name}");
        }
        assert_eq!((read.step, read.notes), (10, wanted.notes));
        assert!(found.skipped.is_empty());
    }

    #[test]
    fn the_two_newest_are_kept_and_leftovers_removed() {
        let folder = saved(1);
        std::fs::create_dir(folder.path().join(format!("{UNFINISHED}1"))).unwrap();
        (2..=4).for_each(|step| save(folder.path(), &layout(), state(step * 10)).unwrap());
        assert_eq!(names(&folder), ["step-00000030", "step-00000040"]);
        save(folder.path(), &layout(), state(40)).unwrap();
        assert_eq!(load(&folder).save.unwrap().step, 40);
    }

    #[test]
    fn the_previous_save_serves_where_the_newest_is_corrupt() {
        let folder = saved(2);
        flip_a_bit(&folder.path().join("step-00000020").join(STATE));
        let found = load(&folder);
        assert_eq!(found.save.unwrap().step, 10);
        assert!(found.skipped[0].path.ends_with("step-00000020"));
        assert!(found.skipped[0].reason.to_string().contains("the checksum is not that of `state.sha256`"));
    }

    #[test]
    fn a_broken_save_of_a_later_step_does_not_push_out_a_good_one() {
        let folder = saved(2);
        flip_a_bit(&folder.path().join("step-00000020").join(STATE));
        save(folder.path(), &layout(), state(15)).unwrap();
        assert_eq!(names(&folder), ["step-00000010", "step-00000015"]);
    }

    #[test]
    fn every_kind_of_damage_is_found() {
        let break_it: [fn(&Path); 4] = [
            |save| std::fs::remove_file(save.join(STATE)).unwrap(),
            |save| std::fs::remove_file(save.join(CHECKSUM)).unwrap(),
            |save| std::fs::write(save.join(STATE), []).unwrap(),
            |save| std::fs::rename(save, save.with_file_name("step-00000099")).unwrap(),
        ];
        for damage in break_it {
            let folder = saved(1);
            damage(&folder.path().join("step-00000010"));
            let found = load(&folder);
            assert!(found.save.is_none());
            assert_eq!(found.skipped.len(), 1);
        }
    }

    #[test]
    fn another_models_save_is_not_used() {
        let folder = saved(1);
        let other = Layout::new(&Config {
            vocab_size: 21,
            d_model: 8,
            d_kv: 4,
            d_ff: 8,
            num_layers: 1,
            num_heads: 2,
            ..Config::default()
        });
        let found = load_newest_valid(folder.path(), &other, &Device::Cpu).unwrap();
        assert!(found.save.is_none());
        assert!(found.skipped[0].reason.to_string().contains("another model's shape of `shared.weight`"));
    }

    #[test]
    fn no_folder_is_no_save() {
        let found = load_newest_valid(Path::new("/nowhere/at/all"), &layout(), &Device::Cpu).unwrap();
        assert!(found.save.is_none() && found.skipped.is_empty());
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, []).unwrap();
        let message = save(&file.join("saves"), &layout(), state(1)).unwrap_err().to_string();
        assert!(message.contains("/file/saves"), "{message}");
    }
}
