//! `wording.inserted-letters`: letters put in.

use placebo_plugin_api::{Descriptor, PluginError, Rng, Settings, Transform, TransformItem, Transformed};

use crate::letters::{at_one_of, inner};
use crate::passage::part_setting;
use crate::share::{Alteration, alter, share_setting};
use crate::{documented, example, random};

/// Puts letters in.
pub struct InsertedLetters;

const DOCUMENTATION: &str = "\
Puts a random letter from a to z before an inner letter of each of the chosen words. A word can be chosen if it has at least \
three characters, a letter among the inner ones.";

impl Transform for InsertedLetters {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent:
                "Pruthi et al., Combating Adversarial Misspellings with Robust Word Recognition, ACL 2019, \"add\""
                    .to_string(),
            settings: vec![share_setting(0.1), part_setting()],
            examples: vec![example(
                "Labels stay",
                "Answer the question with yes or not sure.",
                "Answer trhe question with yes or not sure.",
            )],
            ..random("wording.inserted-letters", "A letter too many in a word")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        alter(item, settings, &ALTERATION)
    }
}

const ALTERATION: Alteration =
    Alteration { fits: |word| !inner(word).is_empty(), alter: |word, rng| at_one_of(word, &inner(word), rng, insert) };

fn insert(letters: &mut Vec<char>, place: usize, rng: &mut Rng) {
    let letter = char::from(b'a' + u8::try_from(rng.below(26)).expect("26 letters fit a byte"));
    letters.insert(place, letter);
}
