//! `wording.dropped-letters`: letters left out.

use placebo_plugin_api::{Descriptor, PluginError, Rng, Settings, Transform, TransformItem, Transformed};

use crate::letters::{at_one_of, inner};
use crate::passage::part_setting;
use crate::share::{Alteration, alter, share_setting};
use crate::{documented, example, random};

/// Leaves out letters.
pub struct DroppedLetters;

const DOCUMENTATION: &str = "\
Leaves out one letter inside each of the chosen words; first and last letter stay. A word can be chosen if it has at least \
four characters, a letter among the inner ones.";

impl Transform for DroppedLetters {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent:
                "Pruthi et al., Combating Adversarial Misspellings with Robust Word Recognition, ACL 2019, \"drop\""
                    .to_string(),
            settings: vec![share_setting(0.1), part_setting()],
            examples: vec![example(
                "Labels stay",
                "Answer the question with yes or not sure.",
                "Anwer the question with yes or not sure.",
            )],
            ..random("wording.dropped-letters", "A letter of a word left out")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        alter(item, settings, &ALTERATION)
    }
}

const ALTERATION: Alteration = Alteration {
    fits: |word| word.chars().count() >= 4 && !inner(word).is_empty(),
    alter: |word, rng| at_one_of(word, &inner(word), rng, leave_out),
};

fn leave_out(letters: &mut Vec<char>, place: usize, _: &mut Rng) {
    letters.remove(place);
}
