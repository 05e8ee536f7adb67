//! Checkpoints that are no T5, or not this tokenizer's: refused with the tensor's or file's name.

use crate::laboratory::Laboratory;
use crate::program::{placebo, text};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const TENSOR: &str = "encoder.block.0.layer.0.SelfAttention.q.weight";

/// A laboratory whose plan starts from a checkpoint of its own.
fn with_checkpoint() -> (Laboratory, PathBuf) {
    let laboratory = Laboratory::new();
    let (tokenizer, model) = (laboratory.path("tokenizer.json"), laboratory.path("model"));
    let data = laboratory.path("tasks-folder");
    placebo(&["tokenizer", "train", "--data", text(&data), "--vocab", "300", text(&tokenizer)]).done();
    placebo(&["model", "init", "--shape", "nano", "--tokenizer", text(&tokenizer), text(&model)]).done();
    laboratory.change_plan("bundled:nano", text(&model));
    (laboratory, model)
}

/// Rewrites the header of a safetensors file: eight bytes of length, then JSON.
fn change_header(model: &Path, change: impl FnOnce(&mut Value)) {
    let path = model.join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    let length = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let mut header = serde_json::from_slice(&bytes[8..8 + length]).unwrap();
    change(&mut header);
    let header = serde_json::to_vec(&header).unwrap();
    let parts = [&(header.len() as u64).to_le_bytes(), header.as_slice(), &bytes[8 + length..]];
    fs::write(&path, parts.concat()).unwrap();
}

#[test]
fn a_fresh_checkpoint_is_run() {
    let (laboratory, _) = with_checkpoint();
    laboratory.change_plan("epochs = 40", "epochs = 1");
    placebo(&laboratory.run_arguments()).done();
}

#[test]
fn a_missing_tensor() {
    let (laboratory, model) = with_checkpoint();
    change_header(&model, |header| {
        let tensor = header.as_object_mut().unwrap().remove(TENSOR).unwrap();
        header["another.weight"] = tensor;
    });
    placebo(&laboratory.run_arguments()).refused(1, &[TENSOR, "model.safetensors"]);
}

#[test]
fn a_misshapen_tensor() {
    let (laboratory, model) = with_checkpoint();
    change_header(&model, |header| {
        let elements: u64 = header[TENSOR]["shape"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).product();
        header[TENSOR]["shape"] = json!([1, elements]);
    });
    placebo(&laboratory.run_arguments()).refused(1, &[TENSOR, "model.safetensors"]);
}

#[test]
fn weights_that_are_cut_off() {
    let (laboratory, model) = with_checkpoint();
    let path = model.join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    placebo(&laboratory.run_arguments()).refused(1, &["model.safetensors"]);
}

#[test]
fn a_tokenizer_that_does_not_fit() {
    let (laboratory, model) = with_checkpoint();
    let larger = Path::new(env!("CARGO_MANIFEST_DIR")).join("../resources/models/nano/tokenizer.json");
    fs::copy(larger, model.join("tokenizer.json")).unwrap();
    placebo(&laboratory.run_arguments()).refused(1, &["tokenizer", text(&model)]);
}

#[test]
fn a_folder_without_weights_or_tokenizer() {
    for missing in ["model.safetensors", "config.json", "tokenizer.json"] {
        let (laboratory, model) = with_checkpoint();
        fs::remove_file(model.join(missing)).unwrap();
        placebo(&laboratory.run_arguments()).refused(1, &[missing, text(&model)]);
    }
}
