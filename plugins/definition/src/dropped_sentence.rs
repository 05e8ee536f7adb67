//! `definition.dropped-sentence`: a sentence left out at random.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Setting, Settings, Transform, TransformItem, Transformed,
};

use crate::sentences::{joined, keep_labels_setting, sentences_of};
use crate::shown;

/// Leaves sentences out.
pub struct DroppedSentence;

const DOCUMENTATION: &str = "\
Leaves out `count` sentences of the definition, chosen at random, but never all of them, and, unless `keep_labels` is off, none \
that names a label. Where fewer could be left out, a note says how many were.";

impl Transform for DroppedSentence {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Gu et al., Robustness of Learning from Task Instructions, Findings of ACL 2023: manipulated instructions".to_string(),
            settings: vec![
                Setting::integer("count", 1..=100, 1, "how many sentences are left out"),
                keep_labels_setting(),
            ],
            examples: vec![
                shown("Not the one with the labels", "It is about a film. Answer positive or negative.", "Answer positive or negative."),
            ],
            ..Descriptor::random_transform("definition.dropped-sentence", "A sentence left out", &[Part::Definition]).keeping_labels()
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let wanted = usize::try_from(settings.integer("count")?).expect("the count is at least 1");
        let keep_labels = settings.bool("keep_labels")?;
        let sentences = sentences_of(&item.instruction);
        let may_go = |place: &usize| !(keep_labels && sentences[*place].names_label);
        let mut going: Vec<usize> = (0..sentences.len()).filter(may_go).collect();
        Rng::from_seed(item.seed).shuffle(&mut going);
        going.truncate(wanted.min(sentences.len().saturating_sub(1)));
        let short = format!("{wanted} sentences to be left out, {} could be", going.len());
        let notes = if going.len() < wanted { vec![short] } else { Vec::new() };
        if going.is_empty() {
            return Ok(Transformed { instruction: item.instruction, notes });
        }
        let kept =
            sentences.iter().enumerate().filter(|(place, _)| !going.contains(place)).map(|(_, sentence)| sentence);
        let definition = joined(kept);
        Ok(Transformed { instruction: Instruction { definition, ..item.instruction }, notes })
    }
}
