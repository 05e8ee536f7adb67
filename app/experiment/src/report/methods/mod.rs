//! The methods paragraph: what was run, told from specs and manifests alone, to be edited into a paper.
//!
//! Nothing is said that is not in a record. [`Study::read`] gathers one plan's facts, each topic has a file that puts
//! them into sentences, and [`markdown`] and [`latex`] write them.

mod baselines;
mod conditions;
mod cuts;
mod data;
mod prompts;
mod prose;
mod scores;
mod software;
mod study;
#[cfg(test)]
mod tests;
mod training;

pub use prose::{Paragraph, latex, markdown};
pub use study::Study;

use super::Comparison;

/// The methods of a study, a paragraph per topic. `comparison` tells which intervals and tests belong to the results.
pub fn paragraphs(study: &Study, comparison: &Comparison) -> Vec<Paragraph> {
    let topics = [
        ("Data", data::sentences(study)),
        ("Conditions", conditions::sentences(study).into_iter().chain(baselines::sentence(study)).collect()),
        ("Prompts", [prompts::sentences(study), cuts::sentences(study)].concat()),
        ("Model and training", training::sentences(study)),
        ("Scores", scores::sentences(study, comparison)),
        ("Software", software::sentences(study)),
    ];
    let paragraph = |(title, sentences): (&'static str, Vec<String>)| Paragraph { title, text: sentences.join(" ") };
    topics.into_iter().map(paragraph).filter(|paragraph| !paragraph.text.is_empty()).collect()
}
