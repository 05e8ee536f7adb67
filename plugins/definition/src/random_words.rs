//! `definition.random-words`: a random word in the place of each word.

use placebo_plugin_api::text::pieces;
use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Setting, Settings, Transform, TransformItem, Transformed,
};

use crate::shown;

/// Replaces every word of the definition by a random one.
pub struct RandomWords;

const DOCUMENTATION: &str = "\
Replaces every word of the definition by an English word drawn from a fixed list, each as likely; a capital first letter stays one. \
Punctuation and white space stay, and so do, unless `keep_labels` is off, label words and placeholders: length and form of the \
definition are the same, its meaning is gone.";

impl Transform for RandomWords {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Min et al., Rethinking the Role of Demonstrations, EMNLP 2022, random English words in place of labels; \
                        Yin et al., Did You Read the Instructions?, ACL 2023"
                .to_string(),
            settings: vec![Setting::bool("keep_labels", true, "whether label words and placeholders stay")],
            examples: vec![shown("The labels stay", "Is the author pleased? Answer positive or negative.", "Huge queen bell tall? Coffee positive meadow negative.")],
            ..Descriptor::random_transform("definition.random-words", "A random word for each word", &[Part::Definition])
                .keeping_labels()
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let task = item.instruction;
        let protected = if settings.bool("keep_labels")? { task.protected(&task.definition) } else { Vec::new() };
        let (words, mut rng) = (words(), Rng::from_seed(item.seed));
        let mut definition = String::new();
        for piece in pieces(&task.definition, &protected) {
            definition +=
                &if piece.is_word() { any_like(piece.text, &words, &mut rng) } else { piece.text.to_string() };
        }
        Ok(Transformed::new(Instruction { definition, ..task }))
    }
}

fn words() -> Vec<&'static str> {
    include_str!("words.txt").split_whitespace().collect()
}

fn any_like(word: &str, words: &[&str], rng: &mut Rng) -> String {
    let drawn = *rng.choose(words).expect("the list has words");
    let (first, rest) = drawn.split_at(1);
    if word.starts_with(char::is_uppercase) { first.to_uppercase() + rest } else { drawn.to_string() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_long_and_plain() {
        let words = super::words();
        assert!(words.len() > 400 && words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
