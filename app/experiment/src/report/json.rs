//! The comparison as JSON, its own shape with all names.

use super::Comparison;

/// Writes the comparison over several lines.
pub fn write(comparison: &Comparison) -> String {
    let mut json = serde_json::to_string_pretty(comparison).expect("a comparison has string keys only");
    json.push('\n');
    json
}
