//! The texts of an instruction that a transform of wording rewrites, one after the other.

use placebo_plugin_api::text::{Piece, pieces};
use placebo_plugin_api::{Instruction, PluginError, Rng, Setting, Settings, TransformItem, Transformed, seed_of};

/// How a text is rewritten: from its pieces, with random numbers of its own.
pub trait Rewrite: Fn(&[Piece<'_>], &mut Rng) -> String {}

impl<F: Fn(&[Piece<'_>], &mut Rng) -> String> Rewrite for F {}

/// The setting that every transform of wording has.
pub fn part_setting() -> Setting {
    Setting::choice(
        "part",
        &["definition", "inputs", "both"],
        "which texts are rewritten: the definition, the examples' inputs, or both",
    )
}

/// Rewrites the texts that the settings name. Each has random numbers of its own, so that a definition is rewritten alike
/// whether the inputs are rewritten or not. What comes out as it went in is noted.
pub fn rewrite(item: TransformItem, settings: &Settings, how: impl Rewrite) -> Result<Transformed, PluginError> {
    let part = settings.text("part")?;
    let (seed, mut instruction) = (item.seed, item.instruction);
    let mut notes = Vec::new();
    if part != "inputs" {
        let definition = rewritten(&instruction, &instruction.definition, seed_of(&[&seed.to_string()]), &how);
        let is_same = definition == instruction.definition && !definition.trim().is_empty();
        notes.extend(is_same.then(|| "nothing to alter in the definition".to_string()));
        instruction.definition = definition;
    }
    if part != "definition" {
        notes.extend(rewrite_inputs(&mut instruction, seed, &how));
    }
    Ok(Transformed { instruction, notes })
}

/// Rewrites the inputs of all examples; a note says how many came out as they went in.
fn rewrite_inputs(instruction: &mut Instruction, seed: u64, how: &impl Rewrite) -> Option<String> {
    let task = instruction.clone();
    let mut same = 0;
    let positive = instruction.positive_examples.iter_mut().map(|example| ("positive", example));
    let negative = instruction.negative_examples.iter_mut().map(|example| ("negative", example));
    for (place, (sort, example)) in positive.chain(negative).enumerate() {
        let seed = seed_of(&[&seed.to_string(), sort, &place.to_string()]);
        let input = rewritten(&task, &example.input, seed, how);
        same += usize::from(input == example.input);
        example.input = input;
    }
    (same > 0).then(|| format!("nothing to alter in inputs: {same}"))
}

fn rewritten(task: &Instruction, text: &str, seed: u64, how: &impl Rewrite) -> String {
    how(&pieces(text, &task.protected(text)), &mut Rng::from_seed(seed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_plugin_api::{Example, TaskKind};

    fn task() -> TransformItem {
        TransformItem::new(Instruction {
            kind: TaskKind::Classification,
            labels: vec!["yes".to_string()],
            definition: "Answer yes.".to_string(),
            positive_examples: vec![Example::new("So it is yes", "yes"), Example::new("yes", "yes")],
            negative_examples: vec![Example::new("What?", "yes")],
            ..Instruction::default()
        })
    }

    fn shouted(part: &str) -> Transformed {
        let shout = |pieces: &[Piece<'_>], _: &mut Rng| {
            let one =
                |piece: &Piece<'_>| if piece.is_word() { piece.text.to_uppercase() } else { piece.text.to_string() };
            pieces.iter().map(one).collect::<String>()
        };
        rewrite(task(), &Settings::from([("part", part.into())]), shout).unwrap()
    }

    #[test]
    fn only_the_part_that_is_named_changes() {
        let TransformItem { instruction: before, .. } = task();
        let definition = shouted("definition");
        assert_eq!(definition.instruction, Instruction { definition: "ANSWER yes.".to_string(), ..before.clone() });
        assert_eq!(definition.notes, [""; 0]);
        let inputs = shouted("inputs");
        assert_eq!(inputs.instruction.definition, before.definition);
        assert_eq!(inputs.instruction.positive_examples[0], Example::new("SO IT IS yes", "yes"));
        assert_eq!(inputs.instruction.negative_examples[0], Example::new("WHAT?", "yes"));
        assert_eq!(inputs.notes, ["nothing to alter in inputs: 1"]);
        let both = shouted("both").instruction;
        assert_eq!(
            (both.definition, both.positive_examples),
            ("ANSWER yes.".to_string(), inputs.instruction.positive_examples)
        );
    }

    #[test]
    fn a_definition_that_stays_is_noted_unless_it_is_empty() {
        let same = |definition: &str| {
            let item = TransformItem::new(Instruction { definition: definition.to_string(), ..Instruction::default() });
            let keep = |pieces: &[Piece<'_>], _: &mut Rng| pieces.iter().map(|piece| piece.text).collect::<String>();
            rewrite(item, &Settings::from([("part", "definition".into())]), keep).unwrap().notes
        };
        assert_eq!(same("."), ["nothing to alter in the definition"]);
        assert_eq!(same(" "), [""; 0]);
    }
}
