//! `wording.case`: words in other letter cases.

use placebo_plugin_api::{
    Descriptor, PluginError, Setting, Settings, Transform, TransformItem, Transformed, text::Piece,
};

use crate::passage::{part_setting, rewrite};
use crate::{documented, example, fixed};

/// Changes upper and lower case.
pub struct Case;

const DOCUMENTATION: &str = "\
Writes every word in another case: `lower`, `upper`, `title` (the first letter upper, the others lower), `alternating` \
(letters lower and upper in turn, beginning with a lower one in each word) or `swapped` (upper for lower and lower for upper).";

impl Transform for Case {
    fn descriptor(&self) -> Descriptor {
        let cases = ["lower", "upper", "title", "alternating", "swapped"];
        let shown = |case: &'static str, after: &str| {
            let settings = Settings::from([("case", case.into())]);
            example(case, "Does the NYT agree? Answer yes or not sure.", after).with(settings)
        };
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Sclar et al., Quantifying Language Models' Sensitivity to Spurious Features in Prompt Design, ICLR 2024: \
                        casing as a feature of format"
                .to_string(),
            settings: vec![Setting::choice("case", &cases, "how words are written"), part_setting()],
            examples: vec![
                shown("upper", "DOES THE NYT AGREE? ANSWER yes OR not sure."),
                shown("title", "Does The Nyt Agree? Answer yes Or not sure."),
                shown("alternating", "dOeS tHe nYt aGrEe? aNsWeR yes oR not sure."),
            ],
            ..fixed("wording.case", "Words in upper, lower or mixed case")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let case = settings.text("case")?;
        let one = |piece: &Piece<'_>| if piece.is_word() { written(piece.text, case) } else { piece.text.to_string() };
        rewrite(item, settings, |pieces, _| pieces.iter().map(one).collect())
    }
}

fn written(word: &str, case: &str) -> String {
    match case {
        "lower" => word.to_lowercase(),
        "upper" => word.to_uppercase(),
        "title" => by_letter(word, |place, _| place == 0),
        "alternating" => by_letter(word, |place, _| place % 2 == 1),
        _ => by_letter(word, |_, letter| letter.is_lowercase()),
    }
}

/// The word with each letter in upper case where `is_upper` says so of its place and itself, else in lower case.
fn by_letter(word: &str, is_upper: impl Fn(usize, char) -> bool) -> String {
    let mut written = String::new();
    for (place, letter) in word.chars().enumerate() {
        if is_upper(place, letter) {
            written.extend(letter.to_uppercase());
        } else {
            written.extend(letter.to_lowercase());
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn each_case() {
        let of = |case| written("naïve-NYT", case);
        assert_eq!([of("lower"), of("upper"), of("swapped")], ["naïve-nyt", "NAÏVE-NYT", "NAÏVE-nyt"]);
        assert_eq!([of("title"), of("alternating")], ["Naïve-nyt", "nAïVe-nYt"]);
    }
}
