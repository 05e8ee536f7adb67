//! The study's three definitions: as the task has it, reduced to its labels, and none.
//!
//! The prompt's own words around a definition, such as `Definition: `, are not the plugins' affair.

#![forbid(unsafe_code)]

mod empty;
mod original;
mod simplified;

placebo_plugin_api::export_plugin! { transforms: [original::Original, simplified::Simplified, empty::Empty] }

/// Where all three come from.
const PRECEDENT: &str =
    "Kung & Peng, Do Models Really Learn to Follow Instructions? An Empirical Study of Instruction Tuning, ACL 2023";

#[cfg(test)]
mod tests {
    #[test]
    fn all_are_good_plugins() {
        placebo_plugin_api::testing::check(&super::PLUGINS);
    }
}
