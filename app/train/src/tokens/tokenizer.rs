//! A model's tokenizer, read from its folder.

use super::pipeline::{self, END, PAD};
use super::words::Words;
use super::{TokensError, sentencepiece};
use crate::t5::Config;
use placebo_experiment::prompt::TokenCounter;
use std::path::{Path, PathBuf};

const JSON: &str = "tokenizer.json";
const SENTENCEPIECE: &str = "spiece.model";

/// Text to token ids and back.
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    path: PathBuf,
    pad: u32,
    end: u32,
    largest: u32,
    /// The ids of words, where they do not depend on the words around them.
    words: Option<Words>,
}

impl Tokenizer {
    /// Reads `tokenizer.json`, or else `spiece.model`, from a model's folder.
    ///
    /// # Errors
    /// When there is neither, or what is there cannot serve T5; the message names the file.
    pub fn load(folder: &Path) -> Result<Self, TokensError> {
        [JSON, SENTENCEPIECE]
            .into_iter()
            .map(|name| folder.join(name))
            .find(|path| path.is_file())
            .map_or_else(|| Err(TokensError::Missing(folder.into())), |path| Self::read(&path))
    }

    /// Reads one file: a SentencePiece model where it is called `.model`, and else a `tokenizer.json`.
    ///
    /// # Errors
    /// When it cannot serve T5.
    pub fn read(path: &Path) -> Result<Self, TokensError> {
        let bytes = fs_err::read(path)?;
        let malformed = |reason: String| TokensError::Malformed { reason, path: path.into() };
        let inner = if path.extension().is_some_and(|extension| extension == "model") {
            let model = sentencepiece::parse(&bytes).map_err(malformed)?;
            pipeline::of_sentencepiece(model).map_err(|e| malformed(e.to_string()))?
        } else {
            tokenizers::Tokenizer::from_bytes(&bytes).map_err(|e| malformed(format!("not a tokenizer: {e}")))?
        };
        Self::of(inner, path)
    }

    /// Wraps a tokenizer; `path` is where messages say it comes from.
    pub(super) fn of(mut inner: tokenizers::Tokenizer, path: &Path) -> Result<Self, TokensError> {
        // Files may ask for cutting and filling up, which is the batch's business here.
        inner.with_truncation(None)?;
        inner.with_padding(None);
        let id = |token| inner.token_to_id(token).ok_or_else(|| TokensError::NoSpecial { token, path: path.into() });
        let (pad, end) = (id(PAD)?, id(END)?);
        let largest = inner.get_vocab(true).into_values().max().expect("there are at least the special tokens");
        let words = pipeline::splits_at_blanks(&inner).then(Words::default);
        Ok(Self { inner, path: path.into(), pad, end, largest, words })
    }

    /// The ids of a text; the last is that of `</s>`.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        let tokenize = |text: &str| self.tokenize(text);
        let mut ids = self.words.as_ref().map_or_else(|| tokenize(text), |words| words.encode(text, tokenize));
        ids.push(self.end);
        ids
    }

    /// The ids of a text as the pipeline gives them, without an end.
    fn tokenize(&self, text: &str) -> Vec<u32> {
        let encoding = self.inner.encode_fast(text, false).expect("a vocabulary with an unknown token reads any text");
        encoding.get_ids().to_vec()
    }

    /// The ids of a text's beginning, at most `longest` of them; the last is still that of `</s>`.
    pub fn encode_truncated(&self, text: &str, longest: usize) -> Vec<u32> {
        let mut ids = self.encode(text);
        if ids.len() > longest {
            ids.truncate(longest.saturating_sub(1));
            ids.push(self.end);
        }
        ids
    }

    /// The text of ids without special tokens, as transformers gives it with `skip_special_tokens` and no clean-up.
    pub fn decode(&self, ids: &[u32]) -> String {
        self.inner.decode(ids, true).expect("joining pieces cannot fail")
    }

    /// How many embeddings a model needs for all ids.
    pub fn vocab_size(&self) -> usize {
        self.largest as usize + 1
    }

    /// The file it was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Refuses a model that has no embedding for some id, or other ids for the special tokens.
    ///
    /// # Errors
    /// Naming the tokenizer's file and the model's folder.
    pub fn check_against(&self, config: &Config, model: &Path) -> Result<(), TokensError> {
        if self.vocab_size() > config.vocab_size {
            return Err(TokensError::TooLarge {
                largest: self.largest,
                vocab_size: config.vocab_size,
                tokenizer: self.path.clone(),
                model: model.into(),
            });
        }
        let specials = [
            (END, self.end, "eos_token_id", config.eos_token_id),
            (PAD, self.pad, "pad_token_id", config.pad_token_id),
        ];
        match specials.into_iter().find(|(_, found, _, wanted)| found != wanted) {
            None => Ok(()),
            Some((token, found, field, wanted)) => Err(TokensError::OtherSpecial {
                token,
                found,
                field,
                wanted,
                tokenizer: self.path.clone(),
                model: model.into(),
            }),
        }
    }

    /// The content of `tokenizer.json`.
    ///
    /// # Errors
    /// When a part of the pipeline has no form in JSON.
    pub fn to_json(&self) -> Result<String, TokensError> {
        Ok(self.inner.to_string(true)? + "\n")
    }

    /// Writes `tokenizer.json`, and the `tokenizer_config.json` by which transformers knows what to make of it.
    ///
    /// # Errors
    /// When the folder is not writable.
    pub fn save(&self, folder: &Path) -> Result<(), TokensError> {
        fs_err::create_dir_all(folder)?;
        fs_err::write(folder.join(JSON), self.to_json()?)?;
        let config = serde_json::json!({
            "tokenizer_class": "PreTrainedTokenizerFast",
            "eos_token": END,
            "pad_token": PAD,
            "unk_token": pipeline::UNKNOWN,
            "clean_up_tokenization_spaces": false,
        });
        fs_err::write(folder.join("tokenizer_config.json"), format!("{config:#}\n"))?;
        Ok(())
    }
}

impl TokenCounter for Tokenizer {
    fn count(&self, text: &str) -> usize {
        self.encode(text).len()
    }

    fn splits_at_blanks(&self) -> bool {
        self.words.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_plugin_api::Rng;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        ids: Vec<u32>,
        decoded: String,
        first_four: Vec<u32>,
    }

    fn golden() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/tokenizer")
    }

    fn cases() -> Vec<Case> {
        serde_json::from_str(&fs_err::read_to_string(golden().join("cases.json")).unwrap()).unwrap()
    }

    #[track_caller]
    fn assert_golden(tokenizer: &Tokenizer) {
        for case in cases() {
            assert_eq!(tokenizer.encode(&case.text), case.ids, "{:?}", case.text);
            assert_eq!(tokenizer.decode(&case.ids), case.decoded, "{:?}", case.text);
            assert_eq!(tokenizer.encode_truncated(&case.text, 4), case.first_four, "{:?}", case.text);
            assert_eq!(tokenizer.count(&case.text), case.ids.len());
        }
    }

    #[test]
    fn ids_and_texts_are_those_of_transformers() {
        let tokenizer = Tokenizer::load(&golden()).unwrap();
        assert_eq!(tokenizer.vocab_size(), 400);
        assert_golden(&tokenizer);
    }

    /// Texts of whatever a tokenizer may stumble over, blanks of all kinds among it.
    fn strange_texts() -> impl Iterator<Item = String> {
        const PARTS: [&str; 28] = [
            " ",
            " ",
            "\n\n",
            "\t",
            "\r\n",
            "\u{a0}",
            "\u{3000}",
            "\u{200b}",
            "\u{0}",
            "The",
            "number ",
            "a",
            ".",
            "é",
            "e\u{301}",
            "\u{308}",
            "\u{600}",
            "\u{200d}",
            "क",
            "ि",
            "中文",
            "ｱ\u{ff9e}",
            "ﬁ",
            "½",
            "¨",
            "▁",
            "</s>",
            "<extra_id_0>",
        ];
        let mut random = Rng::from_seed(6);
        (0..3_000).map(move |length| (0..length % 12).map(|_| PARTS[random.below(PARTS.len())]).collect())
    }

    #[test]
    fn texts_are_their_words_one_after_another() {
        let pieces = pipeline::of_pieces("▁The ▁ e number a".split(' ').map(|piece| (piece.into(), -1.0)).collect());
        for tokenizer in
            [Tokenizer::load(&golden()).unwrap(), Tokenizer::of(pieces.unwrap(), Path::new("ours")).unwrap()]
        {
            assert!(tokenizer.splits_at_blanks());
            for text in strange_texts() {
                let whole = [tokenizer.tokenize(&text), vec![tokenizer.end]].concat();
                assert_eq!(tokenizer.encode(&text), whole, "{text:?}");
            }
        }
    }

    #[test]
    fn where_words_depend_on_their_place_texts_are_read_whole() {
        let json = Tokenizer::load(&golden()).unwrap().to_json().unwrap();
        let changed = |path: &str, value: serde_json::Value| {
            let mut json: serde_json::Value = serde_json::from_str(&json).unwrap();
            *json.pointer_mut(path).unwrap() = value;
            let inner = tokenizers::Tokenizer::from_bytes(json.to_string()).unwrap();
            Tokenizer::of(inner, Path::new("tokenizer.json")).unwrap().splits_at_blanks()
        };
        assert!(changed("/pre_tokenizer/pretokenizers/1/prepend_scheme", "always".into()));
        assert!(!changed("/pre_tokenizer/pretokenizers/1/prepend_scheme", "first".into()));
        assert!(!changed("/added_tokens/0/rstrip", true.into()));
        assert!(!changed("/added_tokens/9/content", "a gap".into()));
    }

    #[test]
    fn tokenizer_json_keeps_them() {
        let folder = tempfile::tempdir().unwrap();
        Tokenizer::load(&golden()).unwrap().save(folder.path()).unwrap();
        let again = Tokenizer::load(folder.path()).unwrap();
        assert!(again.path().ends_with("tokenizer.json"));
        assert_golden(&again);
    }

    #[test]
    fn cutting_and_filling_up_asked_for_by_a_file_are_not_done() {
        let mut json: serde_json::Value =
            serde_json::from_str(&Tokenizer::load(&golden()).unwrap().to_json().unwrap()).unwrap();
        json["truncation"] =
            serde_json::json!({"direction": "Right", "max_length": 3, "strategy": "LongestFirst", "stride": 0});
        let inner = tokenizers::Tokenizer::from_bytes(json.to_string()).unwrap();
        assert_golden(&Tokenizer::of(inner, Path::new("tokenizer.json")).unwrap());
    }

    #[test]
    fn a_model_that_does_not_fit_is_refused_with_both_names() {
        let tokenizer = Tokenizer::load(&golden()).unwrap();
        let refusal =
            |config: &Config| tokenizer.check_against(config, Path::new("/models/a")).unwrap_err().to_string();
        let fitting = Config { vocab_size: 400, ..Config::default() };
        tokenizer.check_against(&fitting, Path::new("/models/a")).unwrap();
        let message = refusal(&Config { vocab_size: 399, ..fitting.clone() });
        assert!(message.starts_with("the tokenizer does not fit the model: it has ids up to 399"), "{message}");
        assert!(message.ends_with("spiece.model` and `/models/a`"), "{message}");
        let message = refusal(&Config { eos_token_id: 2, ..fitting });
        assert!(message.contains("`</s>` is 1 and the model's `eos_token_id` is 2"), "{message}");
    }

    #[test]
    fn missing_and_broken_files_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = || Tokenizer::load(folder.path()).err().unwrap().to_string();
        assert!(refusal().starts_with("neither `tokenizer.json` nor `spiece.model`"), "{}", refusal());
        fs_err::write(folder.path().join(SENTENCEPIECE), "no model").unwrap();
        assert!(refusal().contains("not a SentencePiece model") && refusal().ends_with("spiece.model`"));
        fs_err::write(folder.path().join(JSON), "{}").unwrap();
        assert!(refusal().starts_with("not a tokenizer") && refusal().ends_with("tokenizer.json`"), "{}", refusal());
    }
}
