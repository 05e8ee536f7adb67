//! Bundles: a results folder as one archive, and the proof that it is what it was and that its results follow from it.
//!
//! [`Contents`] → archive → [`verify()`] → [`Verdict`]. A bundle holds plans, specs, manifests, journals, answers, scores,
//! figures and the comparison, no checkpoints; it is a ZIP archive, since every system opens one, and its bytes depend on
//! nothing but the results. `SHA256SUMS` inside names every file.

mod answer;
mod check;
mod contents;
mod difference;
mod error;
mod figures;
mod readme;
mod rescore;
mod sums;
#[cfg(test)]
mod tests;
mod unpacked;
mod verdict;
mod verify;
mod write;

pub use contents::Contents;
pub use error::BundleError;
pub use verdict::{Finding, Verdict};
pub use verify::verify;
pub use write::Written;

/// The checksums' file.
const SUMS: &str = "SHA256SUMS";
/// The comparison's file.
const COMPARISON: &str = "comparison.json";
/// The folder that the results lie in.
const RESULTS: &str = "results";
/// Folders of figures, in a plan's folder and in a report.
const FIGURES: &str = "figures";
/// The folder of a report that was bundled as well.
const REPORT: &str = "report";
