//! Whether a plugin bears a long text in a reasonable time.

use super::{Subject, probes};
use crate::{Example, Instruction, ScoreItem, TransformItem};

/// A hundred thousand bytes of words.
fn text() -> String {
    "a word and another, ".repeat(5000)
}

pub fn is_borne(subject: &Subject) -> Result<(), String> {
    let settings = subject.settings()?;
    if subject.is_transform() {
        let example = Example::new(text(), "yes");
        let targets = Vec::new();
        let instruction =
            Instruction { definition: text(), positive_examples: vec![example], targets, ..probes::plain() };
        subject.transform(&settings, vec![TransformItem::new(instruction)]).map(drop)
    } else {
        let short = || vec!["a word".to_string()];
        let long = ScoreItem { prediction: text(), references: short(), ..ScoreItem::default() };
        let of_long = ScoreItem { prediction: "a word".to_string(), references: vec![text()], ..ScoreItem::default() };
        subject.score(&settings, vec![long, of_long]).map(drop)
    }
}
