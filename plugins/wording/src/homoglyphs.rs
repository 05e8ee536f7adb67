//! `wording.homoglyphs`: letters of other scripts that look the same.

use placebo_plugin_api::{Descriptor, PluginError, Rng, Settings, Transform, TransformItem, Transformed};

use crate::letters::at_one_of;
use crate::passage::part_setting;
use crate::share::{Alteration, alter, share_setting};
use crate::{documented, example, random};

/// Exchanges letters for others that look the same.
pub struct Homoglyphs;

const DOCUMENTATION: &str = "\
Replaces one letter in each of the chosen words by a Cyrillic one that looks the same, such as `а` (U+0430) for `a`: a reader \
sees no change, a tokenizer sees another word. A word can be chosen if it has such a letter.";

impl Transform for Homoglyphs {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Boucher et al., Bad Characters: Imperceptible NLP Attacks, IEEE S&P 2022".to_string(),
            settings: vec![share_setting(0.1), part_setting()],
            examples: vec![example(
                "Labels stay",
                "Answer the question with yes or not sure.",
                "Answer the question wit\u{4BB} yes or not sure.",
            )],
            ..random("wording.homoglyphs", "Letters that only look the same")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        alter(item, settings, &ALTERATION)
    }
}

/// Latin letters and the Cyrillic ones that look the same.
const TWINS: [(char, char); 24] = [
    ('a', '\u{430}'),
    ('c', '\u{441}'),
    ('e', '\u{435}'),
    ('h', '\u{4BB}'),
    ('i', '\u{456}'),
    ('j', '\u{458}'),
    ('o', '\u{43E}'),
    ('p', '\u{440}'),
    ('s', '\u{455}'),
    ('x', '\u{445}'),
    ('y', '\u{443}'),
    ('A', '\u{410}'),
    ('B', '\u{412}'),
    ('C', '\u{421}'),
    ('E', '\u{415}'),
    ('H', '\u{41D}'),
    ('I', '\u{406}'),
    ('K', '\u{41A}'),
    ('M', '\u{41C}'),
    ('O', '\u{41E}'),
    ('P', '\u{420}'),
    ('S', '\u{405}'),
    ('T', '\u{422}'),
    ('X', '\u{425}'),
];

const ALTERATION: Alteration = Alteration {
    fits: |word| word.chars().any(|c| twin(c).is_some()),
    alter: |word, rng| at_one_of(word, &with_twins(word), rng, |letters, place, rng| exchange(letters, place, rng)),
};

fn twin(letter: char) -> Option<char> {
    TWINS.iter().find(|(latin, _)| *latin == letter).map(|(_, twin)| *twin)
}

fn with_twins(word: &str) -> Vec<usize> {
    word.chars().enumerate().filter(|(_, c)| twin(*c).is_some()).map(|(place, _)| place).collect()
}

fn exchange(letters: &mut [char], place: usize, _: &mut Rng) {
    letters[place] = twin(letters[place]).expect("only letters with a twin are chosen");
}

#[cfg(test)]
mod tests {
    use super::TWINS;

    #[test]
    fn twins_are_of_another_script_and_of_the_same_case() {
        for (latin, twin) in TWINS {
            assert!(latin.is_ascii() && ('\u{400}'..='\u{4FF}').contains(&twin), "{latin}");
            assert_eq!(latin.is_uppercase(), twin.is_uppercase(), "{latin}");
        }
    }
}
