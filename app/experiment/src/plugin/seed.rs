//! The seed that a transform receives with an instruction.

use placebo_plugin_api::{Settings, seed_of};

/// The seed for one task under one transform: a hash of the experiment's seed, the plugin's id, its settings and the
/// task, so that a rewriting depends on neither order, batch nor thread, and is the same in training and testing.
///
/// Hand in resolved settings: a default that is written out then gives the same seed as one that is left out.
pub fn item_seed(seed: u64, id: &str, settings: &Settings, task: &str) -> u64 {
    let settings = serde_json::to_string(settings).expect("settings are made of text, numbers and lists");
    seed_of(&[&seed.to_string(), id, &settings, task])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_ingredient_counts() {
        let (none, two) = (Settings::default(), Settings::from([("k", 2.into())]));
        let seeds = [
            item_seed(1, "a", &none, "t"),
            item_seed(2, "a", &none, "t"),
            item_seed(1, "b", &none, "t"),
            item_seed(1, "a", &two, "t"),
            item_seed(1, "a", &none, "u"),
        ];
        let distinct: std::collections::BTreeSet<u64> = seeds.into_iter().collect();
        assert_eq!(distinct.len(), seeds.len());
    }
}
