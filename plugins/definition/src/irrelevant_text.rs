//! `definition.irrelevant-text`: sentences about something else, as many words.

use placebo_plugin_api::text::words;
use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Setting, Settings, Transform, TransformItem, Transformed,
};

use crate::shown;

/// Replaces the definition by sentences that have nothing to do with it.
pub struct IrrelevantText;

const DOCUMENTATION: &str = "\
Replaces the definition by sentences of everyday life, drawn at random from a fixed list, cut off so that the text has as many words \
as the definition had. Unless `keep_labels` is off, it ends in one sentence for each label, as in `definition.simplified`, and \
these words count: the two conditions differ in the irrelevant text alone. Where the labels alone are longer than the definition \
was, there is no irrelevant text and a note says so. An empty definition stays empty.";

impl Transform for IrrelevantText {
    fn descriptor(&self) -> Descriptor {
        let without = Settings::from([("keep_labels", false.into())]);
        let before = "Decide whether the author of the review is pleased with it. Answer positive or negative.";
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent:
                "Webson & Pavlick, Do Prompt-Based Models Really Understand the Meaning of Their Prompts?, NAACL 2022: \
                        irrelevant instructions"
                    .to_string(),
            settings: vec![Setting::bool("keep_labels", true, "whether the labels are named at the end")],
            examples: vec![
                shown(
                    "The labels remain",
                    before,
                    "The postman rides a yellow bicycle with a basket in front. Label: positive. Label: negative.",
                ),
                shown(
                    "They do not",
                    before,
                    "The postman rides a yellow bicycle with a basket in front. Fresh bread was lying.",
                )
                .with(without),
            ],
            ..Descriptor::random_transform(
                "definition.irrelevant-text",
                "Irrelevant text of the same length",
                &[Part::Definition],
            )
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let labels = if settings.bool("keep_labels")? { item.instruction.label_texts() } else { Vec::new() };
        let named: String = labels.iter().map(|label| format!(" Label: {label}.")).collect();
        let (length, taken) = (words(&item.instruction.definition).len(), words(&named).len());
        let mut notes = Vec::new();
        if length > 0 && length <= taken {
            notes.push("the labels alone are as long as the definition: no irrelevant text".to_string());
        }
        let text = irrelevant(length.saturating_sub(taken), &mut Rng::from_seed(item.seed));
        let definition = if length == 0 { item.instruction.definition } else { (text + &named).trim().to_string() };
        Ok(Transformed { instruction: Instruction { definition, ..item.instruction }, notes })
    }
}

/// This many words of sentences in a random order, begun again when all are used.
fn irrelevant(length: usize, rng: &mut Rng) -> String {
    let mut sentences: Vec<&str> = include_str!("irrelevant.txt").lines().collect();
    rng.shuffle(&mut sentences);
    let words: Vec<&str> = sentences.iter().cycle().flat_map(|sentence| sentence.split(' ')).take(length).collect();
    let text = words.join(" ");
    if text.is_empty() || text.ends_with('.') { text } else { text + "." }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_met_however_long() {
        for length in [0, 1, 7, 40, 1000] {
            let text = irrelevant(length, &mut Rng::from_seed(3));
            assert_eq!(words(&text).len(), length);
            assert_eq!(text.ends_with('.'), length > 0);
        }
    }
}
