//! Checks of a plugin, for its author's `cargo test`.
//!
//! ```
//! # use placebo_plugin_api::{*, testing::score_item};
//! # struct Length;
//! # impl Metric for Length {
//! #     fn descriptor(&self) -> Descriptor {
//! #         let scale = Scale { unit: "bytes".into(), direction: Direction::Neutral, minimum: 0.0, maximum: None };
//! #         Descriptor {
//! #             documentation: "The length of the answer.".into(),
//! #             examples: vec![WorkedExample::score("Three letters", score_item("abc", &[]), 3.0)],
//! #             ..Descriptor::metric("length", "Length of the answer", scale)
//! #         }
//! #     }
//! #     fn score(&self, item: &ScoreItem, _: &Settings) -> Result<f64, PluginError> {
//! #         Ok(item.prediction.len() as f64)
//! #     }
//! # }
//! placebo_plugin_api::export_plugin! { metrics: [Length] }
//!
//! #[test]
//! fn is_a_good_plugin() {
//!     placebo_plugin_api::testing::check(&PLUGINS);
//! }
//! # fn main() {
//! #     placebo_plugin_api::testing::check(&PLUGINS);
//! # }
//! ```
//!
//! [`check`] runs every one of [`CHECKS`] on every plugin of the library, through the same messages that a host sends.

mod description;
mod large;
mod metric;
mod probes;
mod settings;
mod subject;
#[cfg(test)]
mod tests;
mod threads;
mod transform;

pub use probes::awkward_texts;
pub use subject::Subject;

use crate::{Plugins, Request, Response, ScoreItem, export};

/// One thing that must be true of every plugin.
pub struct Check {
    /// Its name, in lower-case words joined by `-`.
    pub name: &'static str,
    /// What is true of a plugin that passes.
    pub claim: &'static str,
    /// Finds out. An error says what was found instead.
    pub run: fn(&Subject) -> Result<(), String>,
}

/// All checks, the cheap and basic ones first. Those that do not concern a plugin's kind pass.
pub static CHECKS: &[Check] = &[
    Check { name: "description", claim: "it describes itself completely", run: description::is_complete },
    Check { name: "examples", claim: "its worked examples hold", run: description::examples_hold },
    Check { name: "settings-allowed", claim: "it works at the bounds of its settings", run: settings::bounds_work },
    Check { name: "settings-drawn", claim: "it works with any settings in bounds", run: settings::drawn_ones_work },
    Check { name: "settings-refused", claim: "it refuses settings out of bounds", run: settings::beyond_is_refused },
    Check { name: "repeatable", claim: "asked again, it gives the same bytes", run: transform::is_repeatable },
    Check { name: "order", claim: "order and batches do not matter", run: transform::order_does_not_matter },
    Check { name: "seeds", claim: "seeds matter if it is random, and only then", run: transform::seeds_matter },
    Check { name: "touches", claim: "it changes only what it announces", run: transform::keeps_to_its_parts },
    Check { name: "labels", claim: "it keeps the labels if it says so", run: transform::keeps_its_labels },
    Check { name: "scores", claim: "its scores are on its scale, for any text", run: metric::stays_on_its_scale },
    Check { name: "scores-repeatable", claim: "order and batches do not matter", run: metric::order_does_not_matter },
    Check { name: "large", claim: "it bears 100 kB of text", run: large::is_borne },
    Check { name: "perfect", claim: "a right answer scores best", run: metric::perfection_scores_best },
];

/// Runs all checks on all plugins of a library, and asks each from several threads at once, whose answers must agree.
///
/// # Panics
/// If a check fails, with a list of all that failed.
pub fn check(plugins: &Plugins) {
    let mut findings = findings(&|request| answer_in_bytes(plugins, &request));
    if findings.is_empty() {
        findings.extend(threads::disagreements(plugins));
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

/// What the checks find wrong with the plugins behind `answer`, one line each.
pub fn findings(answer: &dyn Fn(Request) -> Response) -> Vec<String> {
    let descriptors = match answer(Request::Describe {}) {
        Response::Described(descriptors) => descriptors,
        other => return vec![format!("asked to describe its plugins, the library answers {other:?}")],
    };
    let mut findings = description::names_are_unique(&descriptors);
    for descriptor in descriptors {
        let subject = Subject::new(answer, descriptor);
        let failed = |check: &Check| {
            let found = (check.run)(&subject).err()?;
            Some(format!("plugin `{}`, check `{}` ({}): {found}", subject.id(), check.name, check.claim))
        };
        findings.extend(CHECKS.iter().filter_map(failed));
    }
    findings
}

/// A generation of no particular task, for worked examples and tests.
pub fn score_item(prediction: &str, references: &[&str]) -> ScoreItem {
    let references = references.iter().map(|reference| reference.to_string()).collect();
    ScoreItem { prediction: prediction.to_string(), references, ..ScoreItem::default() }
}

/// As a host would hear it: through JSON, and with panics caught.
fn answer_in_bytes(plugins: &Plugins, request: &Request) -> Response {
    let request = serde_json::to_vec(request).expect("requests are made of text, numbers and lists");
    let response = export::respond(plugins, &request);
    let garbled =
        |error| Response::Failed(format!("the answer is not understood ({error}); is a number in it infinite?"));
    serde_json::from_slice(&response).unwrap_or_else(garbled)
}
