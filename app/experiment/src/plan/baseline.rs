//! The baseline part of a plan.

use serde::{Deserialize, Serialize};

use crate::run_spec::RunKind;

/// Something to compare the conditions with that learns nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Any kind but `fine-tune`.
    pub kind: RunKind,
}
