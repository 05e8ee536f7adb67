//! `definition.first-sentences`: the first k sentences.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Setting, Settings, Transform, TransformItem, Transformed,
};

use crate::sentences::{joined, keep_labels_setting, sentences_of};
use crate::shown;

/// Keeps the beginning of the definition.
pub struct FirstSentences;

const DOCUMENTATION: &str = "\
Keeps the first `k` sentences of the definition and leaves out the others, except, unless `keep_labels` is off, those that name a \
label. Where a definition has no more than `k` sentences, it stays and a note says so.";

impl Transform for FirstSentences {
    fn descriptor(&self) -> Descriptor {
        let all = Settings::from([("keep_labels", false.into())]);
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Yin et al., Did You Read the Instructions?, ACL 2023: definitions shortened by their parts"
                .to_string(),
            settings: vec![Setting::integer("k", 1..=100, 1, "how many sentences stay"), keep_labels_setting()],
            examples: vec![
                shown(
                    "The sentence with the labels stays",
                    "Read the review. It is about a film. Answer positive or negative.",
                    "Read the review. Answer positive or negative.",
                ),
                shown(
                    "It goes too",
                    "Read the review. It is about a film. Answer positive or negative.",
                    "Read the review.",
                )
                .with(all),
            ],
            ..Descriptor::transform("definition.first-sentences", "The first k sentences", &[Part::Definition])
                .keeping_labels()
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let k = usize::try_from(settings.integer("k")?).expect("k is at least 1");
        let keep_labels = settings.bool("keep_labels")?;
        let sentences = sentences_of(&item.instruction);
        if sentences.len() <= k {
            let note = format!("{k} sentences wanted, {} found: definition left as it was", sentences.len());
            return Ok(Transformed { notes: vec![note], instruction: item.instruction });
        }
        let kept =
            sentences.iter().enumerate().filter(|(place, sentence)| *place < k || keep_labels && sentence.names_label);
        let definition = joined(kept.map(|(_, sentence)| sentence));
        Ok(Transformed::new(Instruction { definition, ..item.instruction }))
    }
}
