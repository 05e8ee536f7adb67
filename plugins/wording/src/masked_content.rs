//! `wording.masked-content`: a mask in the place of each content word.

use placebo_plugin_api::text::Piece;
use placebo_plugin_api::{Descriptor, PluginError, Setting, Settings, Transform, TransformItem, Transformed};

use crate::passage::{part_setting, rewrite};
use crate::stop_list::is_function_word;
use crate::{documented, example, fixed};

/// Masks the words that carry meaning.
pub struct MaskedContent;

const DOCUMENTATION: &str = "\
Replaces every word by `mask`, except labels and the words of English grammar, which a fixed list has. What is asked is gone; \
the frame of each sentence and the number of its words remain.";

impl Transform for MaskedContent {
    fn descriptor(&self) -> Descriptor {
        let before = "Is the claim true? Answer with yes or not sure.";
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "O'Connor & Andreas, What Context Features Can Transformer Language Models Use?, ACL 2021; masks in \
                        place of words: Feng et al., Pathologies of Neural Models Make Interpretations Difficult, EMNLP 2018"
                .to_string(),
            settings: vec![Setting::text("mask", "___", "what stands in the place of a word"), part_setting()],
            examples: vec![
                example("Three words are masked", before, "Is the ___ ___? ___ with yes or not sure."),
                example("T5's own mask", "Is it true?", "Is it <extra_id_0>?")
                    .with(Settings::from([("mask", "<extra_id_0>".into())])),
            ],
            ..fixed("wording.masked-content", "A mask for each word that carries meaning")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let mask = settings.text("mask")?;
        let one = |piece: &Piece<'_>| {
            let is_masked = piece.is_word() && !is_function_word(piece.text);
            if is_masked { mask.to_string() } else { piece.text.to_string() }
        };
        rewrite(item, settings, |pieces, _| pieces.iter().map(one).collect())
    }
}
