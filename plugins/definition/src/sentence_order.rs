//! `definition.sentence-order`: the same sentences in another order.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Setting, Settings, Transform, TransformItem, Transformed,
};

use crate::sentences::sentences_of;
use crate::shown;

/// Puts the sentences into another order.
pub struct SentenceOrder;

const DOCUMENTATION: &str = "\
Puts the definition's sentences into a random order (`shuffled`) or into the reverse one (`reversed`); the white space between \
them stays where it is. A random order may by chance be the old one; of two sentences it is so half the time. A definition of one \
sentence stays, and a note says so.";

impl Transform for SentenceOrder {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Pham et al., Out of Order: How Important Is The Sequential Order of Words in a Sentence?, Findings of ACL \
                        2021, for words; Gu et al., Robustness of Learning from Task Instructions, Findings of ACL 2023"
                .to_string(),
            settings: vec![Setting::choice("order", &["shuffled", "reversed"], "the new order")],
            examples: vec![
                shown("Reversed", "Read it. Is it praise?\nAnswer positive or negative.", "Answer positive or negative. Is it praise?\nRead it.")
                    .with(Settings::from([("order", "reversed".into())])),
            ],
            ..Descriptor::random_transform("definition.sentence-order", "The same sentences in another order", &[Part::Definition])
                .keeping_labels()
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let sentences = sentences_of(&item.instruction);
        if sentences.len() < 2 {
            let notes = vec!["a single sentence has no other order".to_string()];
            return Ok(Transformed { instruction: item.instruction, notes });
        }
        let mut order: Vec<usize> = (0..sentences.len()).rev().collect();
        if settings.text("order")? == "shuffled" {
            Rng::from_seed(item.seed).shuffle(&mut order);
        }
        let placed = sentences.iter().zip(order).map(|(slot, from)| [sentences[from].text(), slot.gap()].concat());
        let definition = placed.collect();
        Ok(Transformed::new(Instruction { definition, ..item.instruction }))
    }
}
