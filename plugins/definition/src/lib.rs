//! Definitions: the study's three, which are as the task has it, reduced to its labels, and none; and those that take away
//! or exchange their meaning in other ways.
//!
//! The prompt's own words around a definition, such as `Definition: `, are not the plugins' affair.

#![forbid(unsafe_code)]

mod dropped_sentence;
mod empty;
mod first_sentences;
mod from_file;
mod irrelevant_text;
mod label_list;
mod negated;
mod negation;
mod of_another_task;
mod original;
mod random_words;
mod sentence_order;
mod sentences;
mod shuffled;
mod simplified;

use placebo_plugin_api::{Instruction, TaskKind, TransformItem, Transformed, WorkedExample};

placebo_plugin_api::export_plugin! {
    transforms: [
        original::Original,
        simplified::Simplified,
        empty::Empty,
        label_list::LabelList,
        of_another_task::OfAnotherTask,
        shuffled::Shuffled,
        first_sentences::FirstSentences,
        dropped_sentence::DroppedSentence,
        sentence_order::SentenceOrder,
        irrelevant_text::IrrelevantText,
        random_words::RandomWords,
        negated::Negated,
        from_file::FromFile,
    ]
}

/// Where the study's three come from.
const PRECEDENT: &str =
    "Kung & Peng, Do Models Really Learn to Follow Instructions? An Empirical Study of Instruction Tuning, ACL 2023";

/// A definition of a task with the labels `positive` and `negative`, before and after.
fn shown(title: &str, before: &str, after: &str) -> WorkedExample {
    WorkedExample::transform(title, TransformItem::new(task(before)), Transformed::new(task(after)))
}

/// A task to which no other could lend anything.
fn alone(title: &str, note: &str) -> WorkedExample {
    let task = task("Answer positive or negative.");
    let result = Transformed { instruction: task.clone(), notes: vec![note.to_string()] };
    WorkedExample::transform(title, TransformItem::new(task), result)
}

fn task(definition: &str) -> Instruction {
    Instruction {
        kind: TaskKind::Classification,
        labels: vec!["positive".to_string(), "negative".to_string()],
        definition: definition.to_string(),
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
