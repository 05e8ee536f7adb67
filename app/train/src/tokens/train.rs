//! Trains a unigram vocabulary in T5's manner on texts of one's own.

use super::pipeline::{self, SENTINELS};
use super::{Tokenizer, TokensError, unigram};
use rayon::prelude::*;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::LazyLock;
use tokenizers::{NormalizedString, Normalizer, OffsetReferential, OffsetType, PreTokenizedString, PreTokenizer};

/// Texts whose words are counted at a time.
const TEXTS: usize = 4096;
/// Special tokens before the pieces.
const SPECIALS: usize = 3;
/// Share of all characters that the vocabulary spells, as SentencePiece's `character_coverage`; the rarest become
/// `<unk>`, but for ASCII's, which any text may hold.
const COVERAGE: f64 = 0.9995;
/// Digits, other signs, and what is neither: no piece reaches from one into the next, or holds the full stop after a
/// word. Only for learning, as SentencePiece's `split_by_unicode_script` and `split_by_number`.
static RUNS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"▁?(?:\p{N}+|[\p{P}\p{S}]+|[^\p{N}\p{P}\p{S}]+)").expect("the expression is a constant that tests read")
});

/// A text to learn pieces from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// How often it occurs.
    pub times: u64,
}

impl Text {
    /// A text that occurs once.
    pub fn once(text: String) -> Self {
        Self { text, times: 1 }
    }
}

/// Where training stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Words are being counted; so many texts are done.
    Texts(usize),
    /// Candidate pieces are being removed round by round; so many are left of those that will stay.
    Pieces {
        /// Left.
        left: usize,
        /// How many will stay.
        wanted: usize,
    },
}

/// Trains a tokenizer of at most `vocab` tokens, special and sentinel tokens included; fewer where the texts have fewer
/// different pieces. The same texts in any order give the same bytes.
///
/// # Errors
/// When the texts are empty, or `vocab` is too small for their characters.
pub fn train_unigram(
    texts: impl Iterator<Item = Text>,
    vocab: usize,
    progress: &mut dyn FnMut(Stage),
) -> Result<Tokenizer, TokensError> {
    let words = without_rare_characters(count_words(texts, progress)?);
    if words.is_empty() {
        return Err(TokensError::NoText);
    }
    let characters: BTreeSet<char> = words.keys().flat_map(|word| word.chars()).collect();
    let least = characters.len() + SPECIALS + SENTINELS;
    if vocab < least {
        return Err(TokensError::TooSmall { wanted: vocab, least });
    }
    let wanted = vocab - SPECIALS - SENTINELS;
    let pieces = unigram::learn(&words, wanted, &mut |left| progress(Stage::Pieces { left, wanted }));
    Tokenizer::of(pipeline::of_pieces(pieces)?, Path::new("tokenizer.json"))
}

fn count_words(
    texts: impl Iterator<Item = Text>,
    progress: &mut dyn FnMut(Stage),
) -> Result<BTreeMap<String, u64>, TokensError> {
    let (mut texts, mut done, mut counts) = (texts, 0, BTreeMap::new());
    loop {
        let batch: Vec<Text> = texts.by_ref().take(TEXTS).collect();
        if batch.is_empty() {
            return Ok(counts);
        }
        done += batch.len();
        let parts: Vec<_> = batch.par_chunks(TEXTS / 16).map(count_part).collect::<Result<_, _>>()?;
        for (word, count) in parts.into_iter().flatten() {
            *counts.entry(word).or_default() += count;
        }
        progress(Stage::Texts(done));
    }
}

fn count_part(texts: &[Text]) -> Result<HashMap<String, u64>, TokensError> {
    let (normalizer, pre_tokenizer) = (pipeline::normalizer(), pipeline::pre_tokenizer());
    let mut counts = HashMap::new();
    for Text { text, times } in texts {
        let mut text = NormalizedString::from(text.as_str());
        normalizer.normalize(&mut text)?;
        let mut text = PreTokenizedString::from(text);
        pre_tokenizer.pre_tokenize(&mut text)?;
        for (word, _, _) in text.get_splits(OffsetReferential::Original, OffsetType::None) {
            for run in RUNS.find_iter(word) {
                *counts.entry(run.as_str().to_owned()).or_default() += times;
            }
        }
    }
    Ok(counts)
}

/// Leaves out words with characters beyond the coverage.
fn without_rare_characters(words: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::<char, u64>::new();
    for (word, count) in &words {
        word.chars().for_each(|character| *counts.entry(character).or_default() += *count);
    }
    let mut counts: Vec<(char, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut missing = (counts.iter().map(|(_, count)| count).sum::<u64>() as f64 * (1.0 - COVERAGE)) as u64;
    let mut rare = BTreeSet::new();
    while let Some((character, count)) = counts.pop().filter(|(_, count)| *count <= missing) {
        missing -= count;
        rare.extend(Some(character).filter(|character| !character.is_ascii()));
    }
    words.into_iter().filter(|(word, _)| !word.chars().any(|character| rare.contains(&character))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_plugin_api::Rng;

    /// Sentences of made-up words, among them rare characters.
    fn texts() -> Vec<Text> {
        let syllables = ["ba", "ko", "ri", "sto", "tra", "ing", "ed", "tion", "un", "re", "é", "ß", "x", "q", "2"];
        let mut rng = Rng::from_seed(1);
        let words: Vec<String> =
            (0..300).map(|_| (0..=rng.below(4)).map(|_| *rng.choose(&syllables).unwrap()).collect()).collect();
        let sentence =
            |rng: &mut Rng| (0..8).map(|_| rng.choose(&words).unwrap().as_str()).collect::<Vec<_>>().join(" ");
        let sentences = (0..2000).map(|_| sentence(&mut rng));
        sentences.chain(["a single 字 here, z".into()]).map(Text::once).collect()
    }

    fn train(texts: Vec<Text>, vocab: usize) -> Result<Tokenizer, TokensError> {
        train_unigram(texts.into_iter(), vocab, &mut |_| {})
    }

    #[test]
    fn same_texts_give_the_same_bytes_whatever_the_order_and_threads() {
        let with_threads = |threads: usize, texts| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| train(texts, 250).unwrap().to_json().unwrap())
        };
        let one = with_threads(1, texts());
        assert_eq!(one, with_threads(4, texts().into_iter().rev().collect()));
    }

    #[test]
    fn the_vocabulary_is_laid_out_as_t5s() {
        let tokenizer = train(texts(), 250).unwrap();
        assert_eq!(tokenizer.vocab_size(), 250);
        let ids = tokenizer.encode("<pad> <unk> <extra_id_99> <extra_id_0>");
        assert_eq!(ids, [0, 2, 150, 249, 1]);
        let text = "bako storiing unreß";
        assert_eq!(tokenizer.decode(&tokenizer.encode(text)), text);
        assert_eq!(tokenizer.encode("ﬁx"), tokenizer.encode("fix"));
    }

    #[test]
    fn common_words_become_one_piece() {
        let texts = (0..500).map(|i| Text::once(format!("positive negative. label{i}"))).collect();
        assert_eq!(train(texts, 150).unwrap().encode("positive negative").len(), 3);
    }

    #[test]
    fn a_text_counts_as_often_as_it_occurs() {
        let once = vec![Text { text: "positive negative".into(), times: 300 }, Text::once("po ne".into())];
        let often = (0..300).map(|_| "positive negative").chain(["po ne"]).map(|text| Text::once(text.into()));
        let json = |texts| train(texts, 125).unwrap().to_json().unwrap();
        assert_eq!(json(once), json(often.collect()));
    }

    #[test]
    fn pieces_end_where_letters_digits_and_signs_meet() {
        let runs = |word| RUNS.find_iter(word).map(|run| run.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(runs("▁school."), ["▁school", "."]);
        assert_eq!(runs("▁(b2b)’s"), ["▁(", "b", "2", "b", ")’", "s"]);
        assert_eq!(runs("▁42"), ["▁42"]);
        assert_eq!(runs("▁"), ["▁"]);
    }

    #[test]
    fn rare_letters_of_ascii_can_be_spelled() {
        let tokenizer = train(texts(), 250).unwrap();
        assert_eq!(tokenizer.decode(&tokenizer.encode("zz")), "zz");
        assert_eq!(tokenizer.decode(&tokenizer.encode("字")), "");
    }

    #[test]
    fn sizes_without_room_and_texts_without_words_are_refused() {
        let message = train(texts(), 110).err().unwrap().to_string();
        assert!(message.starts_with("110 tokens are too few: 12"), "{message}");
        assert!(matches!(train(vec![Text::once(" \n".into())], 300), Err(TokensError::NoText)));
    }

    #[test]
    fn progress_counts_texts_and_then_pieces() {
        let mut stages = Vec::new();
        train_unigram(texts().into_iter(), 250, &mut |stage| stages.push(stage)).unwrap();
        assert_eq!(stages[0], Stage::Texts(2001));
        assert!(matches!(stages[1], Stage::Pieces { left, wanted: 147 } if left > 147), "{stages:?}");
    }
}
