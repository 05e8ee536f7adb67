//! `wording.repetition`: words, sentences, or the whole text said twice.

use placebo_plugin_api::text::{Piece, sentences};
use placebo_plugin_api::{Descriptor, PluginError, Rng, Setting, Settings, Transform, TransformItem, Transformed};

use crate::passage::{part_setting, rewrite};
use crate::share::{chosen, share_setting};
use crate::{documented, example, random};

/// Says things twice.
pub struct Repetition;

const DOCUMENTATION: &str = "\
Says things twice: the chosen words (`words`), each sentence (`sentences`), or the whole text (`text`). `share` concerns words \
only. Sentences and texts are repeated with the labels and placeholders in them; of single words, these are not.";

impl Transform for Repetition {
    fn descriptor(&self) -> Descriptor {
        let shown = |unit: &'static str, after: &str| {
            let settings = Settings::from([("unit", unit.into())]);
            example(unit, "Read it. Answer yes or not sure.", after).with(settings)
        };
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent:
                "Levy et al., Same Task, More Tokens: the Impact of Input Length on the Reasoning Performance of Large \
                        Language Models, ACL 2024: duplicated text as padding"
                    .to_string(),
            settings: vec![
                Setting::choice("unit", &["words", "sentences", "text"], "what is said twice"),
                share_setting(0.2),
                part_setting(),
            ],
            examples: vec![
                shown("words", "Read it it. Answer yes or not sure."),
                shown("sentences", "Read it. Read it. Answer yes or not sure. Answer yes or not sure."),
                shown("text", "Read it. Answer yes or not sure. Read it. Answer yes or not sure."),
            ],
            ..random("wording.repetition", "Words, sentences or everything said twice")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let (unit, share) = (settings.text("unit")?, settings.float("share")?);
        rewrite(item, settings, |pieces, rng| {
            let text: String = pieces.iter().map(|piece| piece.text).collect();
            match unit {
                "words" => words_twice(pieces, share, rng),
                "sentences" => sentences(&text).into_iter().map(twice).collect(),
                _ => twice(&text),
            }
        })
    }
}

fn words_twice(pieces: &[Piece<'_>], share: f64, rng: &mut Rng) -> String {
    let chosen = chosen(pieces, share, |_| true, rng);
    let one = |(place, piece): (usize, &Piece<'_>)| {
        if chosen.contains(&place) { twice(piece.text) } else { piece.text.into() }
    };
    pieces.iter().enumerate().map(one).collect()
}

/// The text, a blank or what white space it ends in, and the text again.
fn twice(text: &str) -> String {
    let bare = text.trim_end();
    match &text[bare.len()..] {
        _ if bare.is_empty() => text.to_string(),
        "" => format!("{text} {text}"),
        blanks => format!("{bare}{blanks}{text}"),
    }
}
