//! `definition.shuffled`: all definitions dealt out anew.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Settings, Stage, Transform, TransformItem, Transformed, seed_of,
};

use crate::alone;

/// Deals the definitions out among the tasks.
pub struct Shuffled;

const DOCUMENTATION: &str = "\
Deals the definitions of all tasks out anew, those to be learned and those to be answered apart: every definition is used once, and \
none stays with its task. Labels that a definition names are the other task's. A note names the other task; where two tasks share one \
text, it may come back to one of them.

The tasks are put into a random order, and each gets the definition of the next, the last that of the first.";

impl Transform for Shuffled {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Webson & Pavlick, Do Prompt-Based Models Really Understand the Meaning of Their Prompts?, NAACL 2022: misleading instructions; dealing each out once is ours"
                .to_string(),
            examples: vec![alone("A task alone keeps its definition", "definition of ")],
            ..Descriptor::random_transform("definition.shuffled", "All definitions dealt out anew", &[Part::Definition])
                .seeing_all_tasks()
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        self.apply_all(vec![item], settings).map(|mut alone| alone.remove(0))
    }

    fn apply_all(&self, items: Vec<TransformItem>, _: &Settings) -> Result<Vec<Transformed>, PluginError> {
        let mut givers = vec![0; items.len()];
        for stage in [Stage::Train, Stage::Test] {
            let order = in_random_order(&items, stage);
            for (turn, place) in order.iter().enumerate() {
                givers[*place] = order[(turn + 1) % order.len()];
            }
        }
        let receive = |(item, giver): (&TransformItem, usize)| {
            let Instruction { task, definition, .. } = items[giver].instruction.clone();
            let notes = vec![format!("definition of {task}")];
            Transformed { instruction: Instruction { definition, ..item.instruction.clone() }, notes }
        };
        Ok(items.iter().zip(givers).map(receive).collect())
    }
}

/// The places of a stage's items, sorted by a hash of each item's own seed, so that the order depends on nothing else.
fn in_random_order(items: &[TransformItem], stage: Stage) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.len()).filter(|place| items[*place].stage == stage).collect();
    let key = |item: &TransformItem| {
        (seed_of(&["order", &item.seed.to_string(), &item.instruction.task]), item.instruction.task.clone())
    };
    places.sort_by_cached_key(|place| key(&items[*place]));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_is_used_once_and_none_stays() {
        let item = |n: usize| {
            let (task, definition) = (format!("t{n}"), format!("D{n}"));
            let stage = if n < 12 { Stage::Train } else { Stage::Test };
            let instruction = Instruction { task, definition, ..Instruction::default() };
            TransformItem { stage, seed: n as u64, ..TransformItem::new(instruction) }
        };
        let items: Vec<_> = (0..20).map(item).collect();
        let results = Shuffled.apply_all(items.clone(), &Settings::default()).unwrap();
        let dealt: Vec<&str> = results.iter().map(|result| result.instruction.definition.as_str()).collect();
        assert!(items.iter().zip(&dealt).all(|(item, definition)| item.instruction.definition != **definition));
        let sorted = |texts: &[&str]| {
            let mut texts = texts.to_vec();
            texts.sort_unstable();
            texts.concat()
        };
        let own: Vec<&str> = items.iter().map(|item| item.instruction.definition.as_str()).collect();
        assert_eq!(sorted(&dealt[..12]), sorted(&own[..12]));
        assert_eq!(sorted(&dealt[12..]), sorted(&own[12..]));
    }
}
