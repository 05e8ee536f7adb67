//! Places of letters inside a word.

use placebo_plugin_api::Rng;

/// A word's characters with one of those at `places` handed to `change`, chosen at random; no place, no change.
pub fn at_one_of(
    word: &str,
    places: &[usize],
    rng: &mut Rng,
    change: impl Fn(&mut Vec<char>, usize, &mut Rng),
) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if let Some(place) = rng.choose(places) {
        change(&mut letters, *place, rng);
    }
    letters.into_iter().collect()
}

/// The places of letters that are neither the first nor the last of the word.
pub fn inner(word: &str) -> Vec<usize> {
    let letters: Vec<char> = word.chars().collect();
    let last = letters.len().saturating_sub(1);
    (1..last).filter(|place| letters[*place].is_alphabetic()).collect()
}

/// The new letter in the case of the old one.
pub fn in_case_of(old: char, new: char) -> char {
    if old.is_uppercase() { new.to_ascii_uppercase() } else { new }
}
