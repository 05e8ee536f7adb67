//! `wording.swapped-letters`: two neighbouring letters exchanged.

use placebo_plugin_api::{Descriptor, PluginError, Rng, Settings, Transform, TransformItem, Transformed};

use crate::letters::{at_one_of, inner};
use crate::passage::part_setting;
use crate::share::{Alteration, alter, share_setting};
use crate::{documented, example, random};

/// Exchanges two letters inside words.
pub struct SwappedLetters;

const DOCUMENTATION: &str = "\
Exchanges two different neighbouring letters inside each of the chosen words; first and last letter stay. A word can be chosen \
if there are two such letters, so it has at least four.";

impl Transform for SwappedLetters {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Belinkov & Bisk, Synthetic and Natural Noise Both Break Neural Machine Translation, ICLR 2018, \"Swap\"; Pruthi et al., Combating Adversarial Misspellings with Robust Word Recognition, ACL 2019".to_string(),
            settings: vec![share_setting(0.1), part_setting()],
            examples: vec![example("Labels stay", "Answer the question with yes or not sure.", "Anwser the question with yes or not sure.")],
            ..random("wording.swapped-letters", "Two letters of a word exchanged")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        alter(item, settings, &ALTERATION)
    }
}

const ALTERATION: Alteration = Alteration {
    fits: |word| !before_another(word).is_empty(),
    alter: |word, rng| {
        at_one_of(word, &before_another(word), rng, |letters, place, _: &mut Rng| letters.swap(place, place + 1))
    },
};

/// The places of inner letters that another inner letter follows.
fn before_another(word: &str) -> Vec<usize> {
    let letters: Vec<char> = word.chars().collect();
    let inner = inner(word);
    let followed = |place: &usize| inner.contains(&(place + 1)) && letters[*place] != letters[*place + 1];
    inner.iter().copied().filter(followed).collect()
}

#[cfg(test)]
mod tests {
    use super::before_another;

    #[test]
    fn the_ends_of_a_word_stay() {
        assert_eq!(before_another("word"), [1]);
        assert_eq!(before_another("the"), [0; 0]);
    }

    #[test]
    fn equal_letters_and_marks_are_no_pair() {
        assert_eq!(before_another("moon"), [0; 0]);
        assert_eq!(before_another("re-do"), [0; 0]);
    }
}
