//! Corrections of p-values for their number: Holm for any error at all, Benjamini–Hochberg for the share of errors.

use serde::{Deserialize, Serialize};

/// Which correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Correction {
    /// The raw values.
    None,
    /// Holm's step-down: the chance of any false positive among all tests stays below the level.
    #[default]
    Holm,
    /// Benjamini and Hochberg's step-up: the expected share of false positives among the positives stays below it.
    BenjaminiHochberg,
}

impl Correction {
    /// All of them.
    pub const ALL: [Correction; 3] = [Correction::None, Correction::Holm, Correction::BenjaminiHochberg];

    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Correction::None => "none",
            Correction::Holm => "holm",
            Correction::BenjaminiHochberg => "benjamini-hochberg",
        }
    }

    /// The corrected values, in the order of the raw ones.
    pub fn apply(self, raw: &[f64]) -> Vec<f64> {
        match self {
            Correction::None => raw.to_vec(),
            Correction::Holm => holm(raw),
            Correction::BenjaminiHochberg => benjamini_hochberg(raw),
        }
    }
}

/// Holm (1979): the k-th smallest of n times n − k + 1, never falling, at most 1.
pub fn holm(raw: &[f64]) -> Vec<f64> {
    let mut corrected = vec![0.0; raw.len()];
    let mut largest = 0.0f64;
    for (rank, at) in ascending(raw).into_iter().enumerate() {
        largest = largest.max((raw[at] * (raw.len() - rank) as f64).min(1.0));
        corrected[at] = largest;
    }
    corrected
}

/// Benjamini & Hochberg (1995): the k-th smallest of n times n / k, never falling, at most 1.
pub fn benjamini_hochberg(raw: &[f64]) -> Vec<f64> {
    let mut corrected = vec![0.0; raw.len()];
    let mut smallest = 1.0f64;
    for (rank, at) in ascending(raw).into_iter().enumerate().rev() {
        smallest = smallest.min(raw[at] * raw.len() as f64 / (rank + 1) as f64);
        corrected[at] = smallest;
    }
    corrected
}

/// Positions from the smallest value to the largest.
fn ascending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    order
}
