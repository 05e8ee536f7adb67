//! `wording.synonyms`: words replaced by those of a file.

use std::collections::BTreeMap;

use placebo_plugin_api::{Descriptor, PluginError, Setting, Settings, Transform, TransformItem, Transformed};

use crate::passage::{part_setting, rewrite};
use crate::share::{chosen, share_setting};
use crate::{documented, example, random};

/// Replaces words by synonyms.
pub struct Synonyms;

const DOCUMENTATION: &str = "\
Replaces the chosen words by synonyms of your own list, a text file in UTF-8. Each line has a word, a tab, and its synonyms, \
parted by tabs; of several, one is drawn at random each time. Empty lines and lines that begin with `#` are passed over.

Words are found in upper and lower case alike, only as they stand in the file: list inflected forms too. A capital first letter \
stays one.";

impl Transform for Synonyms {
    fn descriptor(&self) -> Descriptor {
        let file = "# word, synonyms\nanswer\treply\trespond\nquestion\tquery\tissue\nyes\tnever used: a label\n";
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Alzantot et al., Generating Natural Language Adversarial Examples, EMNLP 2018; Gu et al., Robustness of \
                        Learning from Task Instructions, Findings of ACL 2023"
                .to_string(),
            settings: vec![
                Setting::file("file", "the list of synonyms: word, tab, synonyms parted by tabs"),
                share_setting(1.0),
                part_setting(),
            ],
            examples: vec![
                example("From a list of two words", "Answer the question with yes or not sure.", "Respond the query with yes or not sure.")
                    .with(Settings::from([("file", "synonyms.tsv".into())]))
                    .with_file("synonyms.tsv", file),
            ],
            ..random("wording.synonyms", "Words replaced by synonyms of your own list")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        replaced(item, settings, &read(settings)?)
    }

    /// Reads the file once for all.
    fn apply_all(&self, items: Vec<TransformItem>, settings: &Settings) -> Result<Vec<Transformed>, PluginError> {
        let synonyms = read(settings)?;
        items.into_iter().map(|item| replaced(item, settings, &synonyms)).collect()
    }
}

/// Words in lower case with their synonyms.
type Synonymy = BTreeMap<String, Vec<String>>;

fn replaced(item: TransformItem, settings: &Settings, synonyms: &Synonymy) -> Result<Transformed, PluginError> {
    let share = settings.float("share")?;
    rewrite(item, settings, |pieces, rng| {
        let chosen = chosen(pieces, share, |word| synonyms.contains_key(&word.to_lowercase()), rng);
        let mut text = String::new();
        for (place, piece) in pieces.iter().enumerate() {
            let of_word = synonyms.get(&piece.text.to_lowercase()).filter(|_| chosen.contains(&place));
            let synonym = of_word.and_then(|synonyms| rng.choose(synonyms));
            text += &synonym.map_or(piece.text.to_string(), |synonym| like(piece.text, synonym));
        }
        text
    })
}

fn read(settings: &Settings) -> Result<Synonymy, PluginError> {
    let path = settings.text("file")?;
    let text = fs_err::read_to_string(path).map_err(|error| PluginError::new(error.to_string()))?;
    parse(&text).map_err(|cause| PluginError::new(format!("{cause} of file `{path}`")))
}

fn parse(text: &str) -> Result<Synonymy, String> {
    let mut synonyms = Synonymy::new();
    let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate();
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut fields = line.split('\t').map(str::trim).filter(|field| !field.is_empty());
        let word = fields.next().unwrap_or_default().to_lowercase();
        let others: Vec<String> = fields.map(str::to_string).collect();
        if others.is_empty() {
            return Err(format!("no synonym after a tab: line {}", number + 1));
        }
        synonyms.entry(word).or_default().extend(others);
    }
    Ok(synonyms)
}

/// The synonym with a capital first letter if the word has one.
fn like(word: &str, synonym: &str) -> String {
    let mut letters = synonym.chars();
    match letters.next().filter(|_| word.starts_with(char::is_uppercase)) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => synonym.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_be_commented_and_name_a_word_twice() {
        let synonyms = parse("\u{FEFF}# mine\r\n\r\nBig\tlarge\t great \r\nbig\thuge\n").unwrap();
        let wanted = ["large", "great", "huge"].map(str::to_string).to_vec();
        assert_eq!(synonyms, Synonymy::from([("big".to_string(), wanted)]));
    }

    #[test]
    fn a_line_without_synonyms_is_named() {
        assert_eq!(parse("big\tlarge\nsmall little").unwrap_err(), "no synonym after a tab: line 2");
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read(&Settings::from([("file", "no/such/list".into())])).unwrap_err().to_string();
        assert!(error.contains("no/such/list"), "{error}");
    }
}
