//! Labels and targets: which word stands for which answer, in which order they are listed, and what is learned from which
//! input.

#![forbid(unsafe_code)]

mod naming;
mod neutral;
mod permuted;
mod renaming;
mod shuffled_list;
mod shuffled_targets;

use placebo_plugin_api::{Example, Instruction, TaskKind};

placebo_plugin_api::export_plugin! {
    transforms: [
        neutral::Neutral,
        permuted::Permuted,
        shuffled_list::ShuffledList,
        shuffled_targets::ShuffledTargets,
    ]
}

/// A task with the labels `positive` and `negative` and an example for the first.
fn task(definition: &str, output: &str) -> Instruction {
    Instruction {
        kind: TaskKind::Classification,
        labels: vec!["positive".to_string(), "negative".to_string()],
        definition: definition.to_string(),
        positive_examples: vec![Example::new("A joy.", output)],
        ..Instruction::default()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_are_good_plugins() {
        placebo_plugin_api::testing::check(&super::PLUGINS);
    }
}
