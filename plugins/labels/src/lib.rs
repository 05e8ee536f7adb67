//! Labels in what a prompt says: which word stands for which answer, and in which order they are listed.
//!
//! The instances' targets and references are not in a transform's reach, so they stay what the task has.

#![forbid(unsafe_code)]

mod naming;
mod permuted;
mod shuffled_list;

use placebo_plugin_api::{Example, Instruction, TaskKind};

placebo_plugin_api::export_plugin! { transforms: [permuted::Permuted, shuffled_list::ShuffledList] }

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
