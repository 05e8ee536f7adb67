//! The bundled model's configuration and tokenizer fit each other and are laid out as T5's.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::path::Path;

use serde_json::Value;

fn json(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/nano").join(name);
    serde_json::from_str(&fs_err::read_to_string(path).unwrap()).unwrap()
}

fn pieces() -> Vec<String> {
    let tokenizer = json("tokenizer.json");
    let vocabulary = tokenizer["model"]["vocab"].as_array().unwrap();
    vocabulary.iter().map(|entry| entry[0].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_token_has_an_embedding() {
    let rows = json("config.json")["vocab_size"].as_u64().unwrap();
    assert!(pieces().len() as u64 <= rows);
    assert_eq!(rows % 8, 0);
}

#[test]
fn special_tokens_come_first_and_sentinels_last() {
    let pieces = pieces();
    assert_eq!(pieces[..3], ["<pad>", "</s>", "<unk>"]);
    let sentinels: Vec<_> = (0..100).rev().map(|number| format!("<extra_id_{number}>")).collect();
    assert_eq!(pieces[pieces.len() - 100..], sentinels);
    let config = json("config.json");
    assert_eq!((&config["pad_token_id"], &config["eos_token_id"]), (&0.into(), &1.into()));
}

#[test]
fn texts_end_in_the_end_token() {
    let single = &json("tokenizer.json")["post_processor"]["single"];
    assert_eq!(single.as_array().unwrap().last().unwrap()["SpecialToken"]["id"], "</s>");
}
