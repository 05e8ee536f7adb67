//! `wording.contractions`: "do not" as "don't", or the other way round.

use placebo_plugin_api::text::Piece;
use placebo_plugin_api::{Descriptor, PluginError, Setting, Settings, Transform, TransformItem, Transformed};

use crate::passage::{part_setting, rewrite};
use crate::{documented, example, fixed};

/// Contracts or expands.
pub struct Contractions;

const DOCUMENTATION: &str = "\
Writes the usual English contractions short (`contract`: \"do not\" becomes \"don't\", \"it is\" \"it's\") or in full (`expand`), \
by a fixed list. A pronoun and its verb are contracted only where another word follows, as \"what it is.\" has no short form.";

/// The words in full, and the short form.
const FORMS: [(&str, &str, &str); 33] = [
    ("do", "not", "don't"),
    ("does", "not", "doesn't"),
    ("did", "not", "didn't"),
    ("is", "not", "isn't"),
    ("are", "not", "aren't"),
    ("was", "not", "wasn't"),
    ("were", "not", "weren't"),
    ("can", "not", "can't"),
    ("could", "not", "couldn't"),
    ("will", "not", "won't"),
    ("would", "not", "wouldn't"),
    ("should", "not", "shouldn't"),
    ("must", "not", "mustn't"),
    ("need", "not", "needn't"),
    ("have", "not", "haven't"),
    ("has", "not", "hasn't"),
    ("had", "not", "hadn't"),
    ("I", "am", "I'm"),
    ("you", "are", "you're"),
    ("we", "are", "we're"),
    ("they", "are", "they're"),
    ("it", "is", "it's"),
    ("he", "is", "he's"),
    ("she", "is", "she's"),
    ("what", "is", "what's"),
    ("who", "is", "who's"),
    ("there", "is", "there's"),
    ("I", "will", "I'll"),
    ("you", "will", "you'll"),
    ("we", "will", "we'll"),
    ("they", "will", "they'll"),
    ("it", "will", "it'll"),
    ("let", "us", "let's"),
];

impl Transform for Contractions {
    fn descriptor(&self) -> Descriptor {
        let shown = |form: &'static str, before: &str, after: &str| {
            example(form, before, after).with(Settings::from([("form", form.into())]))
        };
        let (full, short) = (
            "Do not guess what it is. You cannot be wrong if it is so.",
            "Don't guess what it is. You can't be wrong if it's so.",
        );
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Ribeiro et al., Beyond Accuracy: Behavioral Testing of NLP Models with CheckList, ACL 2020"
                .to_string(),
            settings: vec![Setting::choice("form", &["contract", "expand"], "which form is written"), part_setting()],
            examples: vec![
                shown("contract", full, short),
                shown("expand", "Don't answer yes if you’re not sure.", "Do not answer yes if you are not sure."),
            ],
            ..fixed("wording.contractions", "Contractions written short or in full")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let contracts = settings.text("form")? == "contract";
        rewrite(item, settings, |pieces, _| if contracts { contracted(pieces) } else { expanded(pieces) })
    }
}

fn contracted(pieces: &[Piece<'_>]) -> String {
    let mut text = String::new();
    let mut rest = pieces;
    while let [first, after @ ..] = rest {
        if let Some(form) = short(rest) {
            text += &form;
            rest = &rest[3..];
        } else {
            text += &if is(first, "cannot") { like(first.text, "can't") } else { first.text.to_string() };
            rest = after;
        }
    }
    text
}

/// The short form of the two words with which these pieces begin, if they have one here.
fn short(pieces: &[Piece<'_>]) -> Option<String> {
    let [first, gap, second, after @ ..] = pieces else { return None };
    let (.., form) = FORMS.iter().find(|(a, b, _)| gap.text == " " && is(first, a) && is(second, b))?;
    let goes_on = matches!(after, [gap, _, ..] if gap.text == " ");
    (goes_on || is(second, "not")).then(|| like(first.text, form))
}

fn expanded(pieces: &[Piece<'_>]) -> String {
    let one = |piece: &Piece<'_>| {
        let plain = piece.text.replace('’', "'");
        let form = FORMS.iter().find(|(.., short)| piece.is_word() && short.eq_ignore_ascii_case(&plain));
        match form {
            Some(("can", ..)) => like(piece.text, "cannot"),
            Some((first, second, _)) => format!("{} {second}", like(piece.text, first)),
            None => piece.text.to_string(),
        }
    };
    pieces.iter().map(one).collect()
}

fn is(piece: &Piece<'_>, word: &str) -> bool {
    piece.is_word() && piece.text.eq_ignore_ascii_case(word)
}

/// The word with its first letter in upper case if the model has it so.
fn like(model: &str, word: &str) -> String {
    let mut letters = word.chars();
    let upper = model.starts_with(char::is_uppercase);
    let first = letters.next().map(|first| if upper { first.to_ascii_uppercase() } else { first });
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_plugin_api::text::pieces;

    fn both(text: &str) -> [String; 2] {
        let pieces = pieces(text, &[]);
        [contracted(&pieces), expanded(&pieces)]
    }

    #[test]
    fn every_form_goes_there_and_back() {
        for (first, second, short) in FORMS {
            let full = if first == "can" { "cannot".to_string() } else { format!("{first} {second}") };
            assert_eq!(both(&format!("x {full} y"))[0], format!("x {short} y"));
            assert_eq!(both(&format!("x {short} y"))[1], format!("x {full} y"));
        }
    }

    #[test]
    fn a_verb_at_the_end_stays() {
        assert_eq!(both("Say who it is. Or is it not?")[0], "Say who it is. Or is it not?");
        assert_eq!(both("you are, I think")[0], "you are, I think");
    }
}
