//! `definition.negated`: what is to be done, not to be done.

use placebo_plugin_api::text::{Piece, pieces};
use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Setting, Settings, Transform, TransformItem, Transformed,
};

use crate::negation::negated;
use crate::sentences::{Sentence, sentences_of};
use crate::shown;

/// Negates instructions.
pub struct Negated;

const DOCUMENTATION: &str = "\
Negates the definition's English sentences that instruct: \"Write a title.\" becomes \"Do not write a title.\", \"Your task is to \
write one.\" \"Your task is not to write one.\", \"You should write one.\" \"You should not write one.\" A sentence that already \
forbids loses its \"not\". Sentences that only describe (\"You are given a story.\") stay, and so do labels and placeholders. With \
`sentences` set to `first`, only the first sentence that instructs is negated.

An instruction is told by its form: a verb of a fixed list at its beginning or after a comma, \"task is to\", or an auxiliary such as \
should, must or need to. A definition in which none is found stays, and a note says so.";

impl Transform for Negated {
    fn descriptor(&self) -> Descriptor {
        let before = "You are given a review. Decide who wrote it. You should not guess. Answer positive or negative.";
        let all =
            "You are given a review. Do not decide who wrote it. You should guess. Do not answer positive or negative.";
        let first =
            "You are given a review. Do not decide who wrote it. You should not guess. Answer positive or negative.";
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Jang et al., Can Large Language Models Truly Understand Prompts? A Case Study with Negated Prompts, 2022"
                .to_string(),
            settings: vec![Setting::choice("sentences", &["all", "first"], "which of the sentences that instruct are negated")],
            examples: vec![
                shown("All instructions", before, all),
                shown("The first instruction", before, first).with(Settings::from([("sentences", "first".into())])),
            ],
            ..Descriptor::transform("definition.negated", "Do becomes do not", &[Part::Definition]).keeping_labels()
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let only_first = settings.text("sentences")? == "first";
        let mut count = 0;
        let mut definition = String::new();
        for sentence in sentences_of(&item.instruction) {
            match in_sentence(&item.instruction, &sentence).filter(|_| count == 0 || !only_first) {
                Some(changed) => {
                    count += 1;
                    definition += &changed;
                }
                None => definition += sentence.whole,
            }
        }
        let notes = if count == 0 {
            vec!["no instruction found to negate: definition left as it was".to_string()]
        } else {
            Vec::new()
        };
        Ok(Transformed { instruction: Instruction { definition, ..item.instruction }, notes })
    }
}

fn in_sentence(task: &Instruction, sentence: &Sentence<'_>) -> Option<String> {
    let pieces: Vec<Piece<'_>> = pieces(sentence.whole, &task.protected(sentence.whole));
    negated(&pieces)
}
