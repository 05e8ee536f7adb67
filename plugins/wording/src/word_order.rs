//! `wording.word-order`: the same words in another order.

use placebo_plugin_api::text::{Piece, sentence_numbers};
use placebo_plugin_api::{Descriptor, PluginError, Rng, Setting, Settings, Transform, TransformItem, Transformed};

use crate::passage::{part_setting, rewrite};
use crate::{documented, example, random};

/// Puts the words into another order.
pub struct WordOrder;

const DOCUMENTATION: &str = "\
Words change places at random while punctuation and white space stay where they are. `range` says how far: over the whole \
text (`all`), inside each sentence (`sentence`), or by no more than `distance` words (`near`).";

impl Transform for WordOrder {
    fn descriptor(&self) -> Descriptor {
        let shown = |range: &'static str, after: &str| {
            let settings = Settings::from([("range", range.into()), ("distance", 2.into())]);
            example(range, "Read the short text. Then answer yes or not sure.", after).with(settings)
        };
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Sinha et al., Masked Language Modeling and the Distributional Hypothesis: Order Word Matters Pre-training \
                        for Little, EMNLP 2021; `near` as in Lample et al., Unsupervised Machine Translation Using Monolingual \
                        Corpora Only, ICLR 2018"
                .to_string(),
            settings: vec![
                Setting::choice("range", &["all", "sentence", "near"], "within what the words change places"),
                Setting::integer("distance", 1..=100, 3, "how many words a word moves at most, where the range is `near`"),
                part_setting(),
            ],
            examples: vec![
                shown("all", "the text answer Read. short Then yes or not sure."),
                shown("sentence", "the Read short text. or answer yes Then not sure."),
                shown("near", "Read text the short. Then answer yes or not sure."),
            ],
            ..random("wording.word-order", "The same words in another order")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let (range, distance) = (settings.text("range")?, settings.integer("distance")? as f64);
        rewrite(item, settings, |pieces, rng| {
            let words: Vec<usize> = (0..pieces.len()).filter(|place| pieces[*place].is_word()).collect();
            let order = match range {
                "all" => shuffled(words.clone(), rng),
                "sentence" => within_sentences(pieces, &words, rng),
                _ => nearby(&words, distance, rng),
            };
            reordered(pieces, &words, &order)
        })
    }
}

fn shuffled(mut words: Vec<usize>, rng: &mut Rng) -> Vec<usize> {
    rng.shuffle(&mut words);
    words
}

fn within_sentences(pieces: &[Piece<'_>], words: &[usize], rng: &mut Rng) -> Vec<usize> {
    let sentence = sentence_numbers(pieces);
    let sentences = words.chunk_by(|a, b| sentence[*a] == sentence[*b]);
    sentences.flat_map(|words| shuffled(words.to_vec(), rng)).collect()
}

/// Sorts the words by their number plus a random part below `distance` + 1: none can pass another that is further away.
fn nearby(words: &[usize], distance: f64, rng: &mut Rng) -> Vec<usize> {
    let numbered = words.iter().enumerate();
    let mut keyed: Vec<(f64, usize)> =
        numbered.map(|(number, place)| (number as f64 + rng.unit() * (distance + 1.0), *place)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// The text with the words at the places `order` standing where those at the places `words` stood.
fn reordered(pieces: &[Piece<'_>], words: &[usize], order: &[usize]) -> String {
    let mut texts: Vec<&str> = pieces.iter().map(|piece| piece.text).collect();
    for (to, from) in words.iter().zip(order) {
        texts[*to] = pieces[*from].text;
    }
    texts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_plugin_api::text::pieces;

    #[test]
    fn no_word_moves_further_than_the_distance() {
        let words: Vec<usize> = (0..200).collect();
        for distance in [1, 3, 10] {
            let order = nearby(&words, f64::from(distance), &mut Rng::from_seed(5));
            let furthest = order.iter().enumerate().map(|(to, from)| to.abs_diff(*from)).max().unwrap();
            assert!(furthest >= 1 && furthest <= distance as usize, "{furthest} of {distance}");
        }
    }

    #[test]
    fn a_sentence_keeps_its_words() {
        let pieces = pieces("a b c d. E f g h", &[]);
        let words: Vec<usize> = (0..pieces.len()).filter(|place| pieces[*place].is_word()).collect();
        let order = within_sentences(&pieces, &words, &mut Rng::from_seed(2));
        let text = reordered(&pieces, &words, &order);
        let (first, second) = text.split_once(". ").unwrap();
        let sorted = |text: &str| {
            let mut words: Vec<&str> = text.split(' ').collect();
            words.sort_unstable();
            words.concat()
        };
        assert_eq!([sorted(first), sorted(second)], ["abcd", "Efgh"]);
        assert_ne!(text, "a b c d. E f g h");
    }
}
