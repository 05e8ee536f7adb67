//! `wording.white-space`: other blanks between words.

use placebo_plugin_api::{
    Descriptor, PluginError, Setting, Settings, Transform, TransformItem, Transformed,
    text::{Piece, PieceKind},
};

use crate::passage::{part_setting, rewrite};
use crate::{documented, example, fixed};

/// Changes the blanks between words.
pub struct WhiteSpace;

const DOCUMENTATION: &str = "\
Replaces every run of white space between words: by twice as much of the same (`doubled`), by a tab (`tab`), by a line break \
(`line-break`), by one blank (`single`), or by nothing (`none`).

Some tokenizers, T5's among them, make one blank of every run of white space: to them only `none` makes a difference.";

impl Transform for WhiteSpace {
    fn descriptor(&self) -> Descriptor {
        let ways = ["doubled", "tab", "line-break", "single", "none"];
        let shown = |way: &'static str, after: &str| {
            let settings = Settings::from([("white_space", way.into())]);
            example(way, "Is it?  Answer yes or not sure.", after).with(settings)
        };
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Sclar et al., Quantifying Language Models' Sensitivity to Spurious Features in Prompt Design, ICLR 2024: \
                        spacing as a feature of format"
                .to_string(),
            settings: vec![Setting::choice("white_space", &ways, "what stands where white space stood"), part_setting()],
            examples: vec![
                shown("doubled", "Is  it?    Answer  yes  or  not sure."),
                shown("line-break", "Is\nit?\nAnswer\nyes\nor\nnot sure."),
                shown("none", "Isit?Answeryesornot sure."),
            ],
            ..fixed("wording.white-space", "Other blanks between words")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let way = settings.text("white_space")?;
        let one = |piece: &Piece<'_>| match piece.kind {
            PieceKind::Between => respaced(piece.text, way),
            PieceKind::Word | PieceKind::Protected => piece.text.to_string(),
        };
        rewrite(item, settings, |pieces, _| pieces.iter().map(one).collect())
    }
}

fn respaced(mut gap: &str, way: &str) -> String {
    let mut spaced = String::new();
    while let Some(start) = gap.find(char::is_whitespace) {
        let length = gap[start..].find(|c: char| !c.is_whitespace()).unwrap_or(gap.len() - start);
        let (before, rest) = gap.split_at(start);
        let (run, after) = rest.split_at(length);
        spaced += before;
        match way {
            "doubled" => spaced += &run.repeat(2),
            "tab" => spaced.push('\t'),
            "line-break" => spaced.push('\n'),
            "single" => spaced.push(' '),
            _ => {}
        }
        gap = after;
    }
    spaced + gap
}

#[cfg(test)]
mod tests {
    use super::respaced;

    #[test]
    fn punctuation_stays() {
        assert_eq!(respaced(".\n - (", "tab"), ".\t-\t(");
        assert_eq!(respaced(", \t", "doubled"), ", \t \t");
        assert_eq!(respaced(".\n - (", "none"), ".-(");
        assert_eq!(respaced("-", "single"), "-");
    }
}
