//! The study's three sets of examples: as the task has them, delusive, and none; and the first k.

#![forbid(unsafe_code)]

mod delusive;
mod empty;
mod first;
mod original;
mod pairing;

placebo_plugin_api::export_plugin! {
    transforms: [original::Original, delusive::Delusive, empty::Empty, first::First]
}

/// Where the study's three come from.
const PRECEDENT: &str =
    "Kung & Peng, Do Models Really Learn to Follow Instructions? An Empirical Study of Instruction Tuning, ACL 2023";

#[cfg(test)]
mod tests {
    #[test]
    fn all_are_good_plugins() {
        placebo_plugin_api::testing::check(&super::PLUGINS);
    }
}
