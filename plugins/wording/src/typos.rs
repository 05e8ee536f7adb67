//! `wording.typos`: letters exchanged for their neighbours on the keyboard.

use placebo_plugin_api::{Descriptor, PluginError, Rng, Settings, Transform, TransformItem, Transformed};

use crate::letters::{at_one_of, in_case_of};
use crate::passage::part_setting;
use crate::share::{Alteration, alter, share_setting};
use crate::{documented, example, random};

/// Strikes the wrong key now and then.
pub struct Typos;

const DOCUMENTATION: &str = "\
Replaces one letter in each of the chosen words by a letter beside it on an English keyboard (QWERTY), in the same case. A word \
can be chosen if it has at least three letters, one of them from a to z.";

impl Transform for Typos {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Belinkov & Bisk, Synthetic and Natural Noise Both Break Neural Machine Translation, ICLR 2018; Zhu et al., PromptBench, 2023".to_string(),
            settings: vec![share_setting(0.1), part_setting()],
            examples: vec![example("Labels stay", "Answer the question with yes or not sure.", "Answer fhe question with yes or not sure.")],
            ..random("wording.typos", "Keys beside the right ones")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        alter(item, settings, &ALTERATION)
    }
}

const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

const ALTERATION: Alteration = Alteration {
    fits: |word| word.chars().count() >= 3 && !on_keyboard(word).is_empty(),
    alter: |word, rng| {
        at_one_of(word, &on_keyboard(word), rng, |letters, place, rng| strike_beside(letters, place, rng))
    },
};

fn on_keyboard(word: &str) -> Vec<usize> {
    word.chars().enumerate().filter(|(_, c)| c.is_ascii_alphabetic()).map(|(place, _)| place).collect()
}

fn strike_beside(letters: &mut [char], place: usize, rng: &mut Rng) {
    let beside = neighbours(letters[place].to_ascii_lowercase());
    let struck = rng.choose(&beside).expect("every letter has neighbours");
    letters[place] = in_case_of(letters[place], *struck);
}

/// The keys that touch a letter's: two in its row, two in the row above, which is set off to the left, two below.
fn neighbours(letter: char) -> Vec<char> {
    let at = |row: usize, column: usize| ROWS.get(row).and_then(|keys| keys.chars().nth(column));
    let place = |(row, keys): (usize, &&str)| keys.find(letter).map(|column| (row, column));
    let (row, column) = ROWS.iter().enumerate().find_map(place).expect("a letter is on the keyboard");
    let (left, above) = (column.wrapping_sub(1), row.wrapping_sub(1));
    let places =
        [(row, left), (row, column + 1), (above, column), (above, column + 1), (row + 1, left), (row + 1, column)];
    places.into_iter().filter_map(|(row, column)| at(row, column)).collect()
}

#[cfg(test)]
mod tests {
    use super::neighbours;

    #[test]
    fn neighbours_touch() {
        let sorted = |letter: char| {
            let mut found = neighbours(letter);
            found.sort_unstable();
            found.into_iter().collect::<String>()
        };
        assert_eq!([sorted('g'), sorted('q'), sorted('p'), sorted('m')], ["bfhtvy", "aw", "lo", "jkn"]);
    }

    #[test]
    fn neighbourhood_is_mutual() {
        for letter in 'a'..='z' {
            assert!(neighbours(letter).into_iter().all(|other| neighbours(other).contains(&letter)), "{letter}");
        }
    }
}
