//! `wording.content-words`: function words left out.

use placebo_plugin_api::{Descriptor, PluginError, Settings, Transform, TransformItem, Transformed};

use crate::gaps::without;
use crate::passage::{part_setting, rewrite};
use crate::stop_list::is_function_word;
use crate::{documented, example, fixed};

/// Leaves out the words of grammar.
pub struct ContentWords;

const DOCUMENTATION: &str = "\
Leaves out articles, pronouns, prepositions, conjunctions, auxiliaries and other words of English grammar, by a fixed list, with \
the blanks, brackets and commas that would be left over. Words that are not English stay.";

impl Transform for ContentWords {
    fn descriptor(&self) -> Descriptor {
        let before = "Is the claim (in the text) true? Answer with yes, or not sure.";
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "O'Connor & Andreas, What Context Features Can Transformer Language Models Use?, ACL 2021, ablation of function words".to_string(),
            settings: vec![part_setting()],
            examples: vec![example("Content remains", before, "claim (text) true? Answer yes, not sure.")],
            ..fixed("wording.content-words", "Only the words that carry meaning")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        rewrite(item, settings, |pieces, _| without(pieces, |_, piece| piece.is_word() && is_function_word(piece.text)))
    }
}
