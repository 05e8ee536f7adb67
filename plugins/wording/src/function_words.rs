//! `wording.function-words`: content words left out.

use placebo_plugin_api::{Descriptor, PluginError, Settings, Transform, TransformItem, Transformed};

use crate::gaps::without;
use crate::passage::{part_setting, rewrite};
use crate::stop_list::is_function_word;
use crate::{documented, example, fixed};

/// Leaves out the words that carry meaning.
pub struct FunctionWords;

const DOCUMENTATION: &str = "\
Leaves out all words but those of English grammar, which a fixed list has, and the labels, with the blanks, brackets and commas \
that would be left over: what is asked is gone, its form is not.";

impl Transform for FunctionWords {
    fn descriptor(&self) -> Descriptor {
        let before = "Is the claim (in the text) true? Answer with yes, or not sure.";
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "O'Connor & Andreas, What Context Features Can Transformer Language Models Use?, ACL 2021, ablation of content words".to_string(),
            settings: vec![part_setting()],
            examples: vec![example("Grammar and labels remain", before, "Is the (in the)? with yes, or not sure.")],
            ..fixed("wording.function-words", "Only the words of grammar")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        rewrite(item, settings, |pieces, _| {
            without(pieces, |_, piece| piece.is_word() && !is_function_word(piece.text))
        })
    }
}
