//! A share of a text's words, chosen at random.

use std::collections::BTreeSet;

use placebo_plugin_api::text::Piece;
use placebo_plugin_api::{PluginError, Rng, Setting, Settings, TransformItem, Transformed};

use crate::passage::rewrite;

/// The setting of how many words are meant.
pub fn share_setting(default: f64) -> Setting {
    Setting::float(
        "share",
        0.0..=1.0,
        default,
        "which share of the words that can be altered is: at least one, if above 0",
    )
}

/// Places of pieces, chosen at random among those that fit: this share of them, rounded, but at least one unless it is 0.
pub fn chosen(pieces: &[Piece<'_>], share: f64, fits: impl Fn(&str) -> bool, rng: &mut Rng) -> BTreeSet<usize> {
    let fitting = pieces.iter().enumerate().filter(|(_, piece)| piece.is_word() && fits(piece.text));
    let mut places: Vec<usize> = fitting.map(|(place, _)| place).collect();
    rng.shuffle(&mut places);
    let count = if share > 0.0 { ((places.len() as f64 * share).round() as usize).max(1) } else { 0 };
    places.into_iter().take(count).collect()
}

/// A way to alter single words.
pub struct Alteration {
    /// Which words it can alter.
    pub fits: fn(&str) -> bool,
    /// Alters a word that fits.
    pub alter: fn(&str, &mut Rng) -> String,
}

/// Alters the share of words that the settings name.
pub fn alter(item: TransformItem, settings: &Settings, with: &Alteration) -> Result<Transformed, PluginError> {
    let share = settings.float("share")?;
    rewrite(item, settings, |pieces, rng| {
        let chosen = chosen(pieces, share, with.fits, rng);
        let mut one = |(place, piece): (usize, &Piece<'_>)| {
            if chosen.contains(&place) { (with.alter)(piece.text, rng) } else { piece.text.to_string() }
        };
        pieces.iter().enumerate().map(&mut one).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_plugin_api::text::pieces;

    fn count(share: f64) -> usize {
        let text = pieces("one two three four five six seven eight nine, ten!", &[]);
        chosen(&text, share, |word| word != "ten", &mut Rng::from_seed(4)).len()
    }

    #[test]
    fn the_share_is_of_the_words_that_fit() {
        assert_eq!([0.0, 0.01, 0.3, 0.5, 1.0].map(count), [0, 1, 3, 5, 9]);
    }

    #[test]
    fn nothing_fits_nothing_is_chosen() {
        assert!(chosen(&pieces("?!", &[]), 1.0, |_| true, &mut Rng::from_seed(1)).is_empty());
    }
}
