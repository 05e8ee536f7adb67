//! Transforms of wording: spelling, typography, words and their order, with the meaning left to be guessed.
//!
//! All rewrite the definition, the inputs of examples, or both. Label words and placeholders stay as they are, and so do
//! the instances' own inputs.

#![forbid(unsafe_code)]

mod case;
mod content_words;
mod contractions;
mod deleted_words;
mod dropped_letters;
mod function_words;
mod gaps;
mod homoglyphs;
mod inserted_letters;
mod letters;
mod masked_content;
mod passage;
mod repetition;
mod share;
mod stop_list;
mod swapped_letters;
mod synonyms;
mod typos;
mod white_space;
mod word_order;

use placebo_plugin_api::{Descriptor, Instruction, Part, TaskKind, TransformItem, Transformed, WorkedExample};

placebo_plugin_api::export_plugin! {
    transforms: [
        typos::Typos,
        swapped_letters::SwappedLetters,
        dropped_letters::DroppedLetters,
        inserted_letters::InsertedLetters,
        homoglyphs::Homoglyphs,
        case::Case,
        white_space::WhiteSpace,
        deleted_words::DeletedWords,
        word_order::WordOrder,
        repetition::Repetition,
        masked_content::MaskedContent,
        content_words::ContentWords,
        function_words::FunctionWords,
        contractions::Contractions,
        synonyms::Synonyms,
    ]
}

/// Said in the documentation of every transform here.
const WHAT_STAYS: &str = "Label words and placeholders (in backticks, braces or angle brackets) stay as they are. \
With `part`, the inputs of examples are rewritten instead or as well; their outputs and the instances' inputs never are.";

/// A description of a transform that draws no random numbers.
fn fixed(id: &str, summary: &str) -> Descriptor {
    Descriptor::transform(id, summary, &[Part::Definition, Part::Examples]).keeping_labels()
}

/// A description of a transform that draws random numbers.
fn random(id: &str, summary: &str) -> Descriptor {
    Descriptor::random_transform(id, summary, &[Part::Definition, Part::Examples]).keeping_labels()
}

/// What it does, and what all transforms here have in common.
fn documented(what: &str) -> String {
    format!("{what}\n\n{WHAT_STAYS}")
}

/// A definition of a task with the labels `yes` and `not sure`, before and after.
fn example(title: &str, before: &str, after: &str) -> WorkedExample {
    WorkedExample::transform(title, TransformItem::new(task(before)), Transformed::new(task(after)))
}

fn task(definition: &str) -> Instruction {
    Instruction {
        kind: TaskKind::Classification,
        labels: vec!["yes".to_string(), "not sure".to_string()],
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
