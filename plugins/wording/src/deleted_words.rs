//! `wording.deleted-words`: words left out at random.

use placebo_plugin_api::{Descriptor, PluginError, Settings, Transform, TransformItem, Transformed};

use crate::gaps::without;
use crate::passage::{part_setting, rewrite};
use crate::share::{chosen, share_setting};
use crate::{documented, example, random};

/// Leaves words out.
pub struct DeletedWords;

const DOCUMENTATION: &str = "\
Leaves out the chosen words, with the blanks, brackets and commas that would be left over.";

impl Transform for DeletedWords {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: documented(DOCUMENTATION),
            precedent: "Wei & Zou, EDA: Easy Data Augmentation Techniques, EMNLP 2019, random deletion; Gu et al., Robustness of \
                        Learning from Task Instructions, Findings of ACL 2023, manipulated instructions"
                .to_string(),
            settings: vec![share_setting(0.2), part_setting()],
            examples: vec![
                example("Labels stay", "Read the text (below), then answer yes or not sure.", "Read text (below), then answer yes or not sure."),
                example("All words", "Is it so (really)? Answer yes, or not sure.", "yes, not sure.")
                    .with(Settings::from([("share", 1.0.into())])),
            ],
            ..random("wording.deleted-words", "Words left out at random")
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let share = settings.float("share")?;
        rewrite(item, settings, |pieces, rng| {
            let chosen = chosen(pieces, share, |_| true, rng);
            without(pieces, |place, _| chosen.contains(&place))
        })
    }
}
