//! The golden prompts and what they were made with.

use std::path::{Path, PathBuf};

use placebo_experiment::plan::PromptPlan;
use serde_json::Value;

/// The small collection written for the golden prompts, and the prompts, beside the script that made them.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/prompts")
}

/// Every plan of the golden file with its prompts.
pub fn cases() -> Vec<(PromptPlan, Vec<Value>)> {
    let text =
        std::fs::read_to_string(folder().join("prompts.json")).expect("the golden file is part of the repository");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("the script writes JSON");
    cases.into_iter().map(case).collect()
}

fn case(mut case: Value) -> (PromptPlan, Vec<Value>) {
    let plan = serde_json::from_value(case["plan"].take()).expect("the script's plans are plans");
    let prompts = case["prompts"].as_array().expect("the prompts are a list").clone();
    (plan, prompts)
}

/// The script's `count_tokens`: words between blanks and line ends, and the end token.
pub fn count_tokens(text: &str) -> usize {
    text.split([' ', '\n']).filter(|word| !word.is_empty()).count() + 1
}
