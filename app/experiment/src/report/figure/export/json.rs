//! The figure as JSON: its spec, which can be edited and drawn again, and its numbers with their sources.

use serde::Serialize;

use crate::report::figure::{FigureData, FigureSpec};

#[derive(Serialize)]
struct Saved<'f> {
    placebo: &'static str,
    spec: &'f FigureSpec,
    data: &'f FigureData,
    warnings: &'f [String],
}

/// Writes spec and data over several lines.
pub fn write(spec: &FigureSpec, data: &FigureData, warnings: &[String]) -> String {
    let saved = Saved { placebo: env!("CARGO_PKG_VERSION"), spec, data, warnings };
    let mut json = serde_json::to_string_pretty(&saved).expect("a figure has string keys only");
    json.push('\n');
    json
}
