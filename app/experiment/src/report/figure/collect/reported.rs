//! The numbers that Kung and Peng (ACL 2023) report, to be drawn beside one's own.

use super::study::Role;

/// What the numbers are called where they stand at sizes.
pub(super) const NAME: &str = "Reported (Kung & Peng, 2023)";

/// A number under a role and a size.
pub(super) struct Reported {
    /// The condition's part in the study.
    pub(super) role: Role,
    /// Training instances per task.
    pub(super) size: f64,
    /// ROUGE-L over all instances.
    pub(super) overall: f64,
}

const fn reported(role: Role, size: f64, overall: f64) -> Reported {
    Reported { role, size, overall }
}

/// The experiment on examples, overall ROUGE-L.
pub(super) const EXAMPLES: [Reported; 11] = [
    reported(Role::Original, 10.0, 43.96),
    reported(Role::Original, 20.0, 45.37),
    reported(Role::Original, 50.0, 45.86),
    reported(Role::Original, 200.0, 50.63),
    reported(Role::Altered("examples.delusive"), 10.0, 44.54),
    reported(Role::Altered("examples.delusive"), 20.0, 45.04),
    reported(Role::Altered("examples.delusive"), 50.0, 46.18),
    reported(Role::Altered("examples.delusive"), 200.0, 49.01),
    reported(Role::AlteredAtTestOnly("examples.delusive"), 50.0, 42.77),
    reported(Role::AlteredAtTestOnly("examples.delusive"), 200.0, 47.74),
    reported(Role::AlteredAtTestOnly("examples.delusive"), 800.0, 50.09),
];

/// Exact match on classification tasks, without a size.
pub(super) const LEVELS: [(&str, f64); 3] =
    [("Tuned with few instances, reported", 43.0), ("Random guess, reported", 42.6), ("Untuned T5, reported", 12.78)];
