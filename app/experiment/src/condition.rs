//! Conditions at work: the transforms of one condition, one after the other, over the instructions of one stage.

use placebo_plugin_api::{Instruction, Settings, Stage, TransformItem, Transformed, seed_of};

use crate::plan::{Condition, TransformUse};
use crate::plugin::{PluginError, Registry, item_seed};

/// What a condition's transforms have to know besides the instructions.
#[derive(Debug, Clone, Copy)]
pub struct Rewriting<'c> {
    /// The condition; without transforms it leaves everything as it is.
    pub condition: &'c Condition,
    /// The stage that the instructions are for; a condition may apply to one stage only.
    pub stage: Stage,
    /// How many positive examples a prompt shows at most.
    pub example_slots: usize,
    /// The experiment's seed.
    pub seed: u64,
}

impl Rewriting<'_> {
    /// Rewrites instructions of different tasks; the results are in their order, with what the transforms had to note.
    ///
    /// # Errors
    /// A transform or setting is unknown, or a plugin fails.
    pub fn apply(&self, instructions: Vec<Instruction>, registry: &Registry) -> Result<Vec<Transformed>, PluginError> {
        let resolve = |used: &TransformUse| registry.resolve_settings(&used.id, &used.settings);
        let ask = |step: &Step<'_>, items| registry.apply(step.id, &step.settings, items);
        self.apply_with(instructions, resolve, ask)
    }

    fn apply_with(
        &self,
        instructions: Vec<Instruction>,
        resolve: impl Fn(&TransformUse) -> Result<Settings, PluginError>,
        ask: impl Fn(&Step<'_>, Vec<TransformItem>) -> Result<Vec<Transformed>, PluginError>,
    ) -> Result<Vec<Transformed>, PluginError> {
        let mut results: Vec<Transformed> = instructions.into_iter().map(Transformed::new).collect();
        if !self.condition.applies_to(self.stage) {
            return Ok(results);
        }
        for (index, used) in self.condition.transforms.iter().enumerate() {
            let earlier = &self.condition.transforms[..index];
            let slot = earlier.iter().filter(|other| other.id == used.id).count();
            let step = Step { id: &used.id, settings: resolve(used)?, slot };
            let items = results.iter().map(|result| self.item(&step, &result.instruction)).collect();
            for (result, answer) in results.iter_mut().zip(ask(&step, items)?) {
                take(result, answer, step.id);
            }
        }
        Ok(results)
    }

    fn item(&self, step: &Step<'_>, instruction: &Instruction) -> TransformItem {
        let seed = item_seed(self.seed, step.id, &step.settings, &instruction.task);
        TransformItem {
            seed: seed_of(&[&seed.to_string(), &step.slot.to_string()]),
            stage: self.stage,
            example_slots: self.example_slots,
            instruction: instruction.clone(),
        }
    }
}

/// One transform of a condition, its settings complete.
struct Step<'c> {
    id: &'c str,
    settings: Settings,
    /// How often the condition has used the same transform before: used twice, it shall not draw the same numbers
    /// twice. It is not the place in the list, so that conditions that share a transform share its draws.
    slot: usize,
}

/// Takes over what a transform may change; what it may only read stays as it was.
fn take(result: &mut Transformed, answer: Transformed, id: &str) {
    let rewritten = answer.instruction;
    result.instruction.definition = rewritten.definition;
    result.instruction.positive_examples = rewritten.positive_examples;
    result.instruction.negative_examples = rewritten.negative_examples;
    result.notes.extend(answer.notes.into_iter().map(|note| format!("{id}: {note}")));
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn condition(ids: &[&str]) -> Condition {
        let used = |id: &&str| TransformUse { id: id.to_string(), version: None, settings: Settings::default() };
        Condition { transforms: ids.iter().map(used).collect(), ..Condition::unchanged("c") }
    }

    fn instructions() -> Vec<Instruction> {
        ["t", "u"].map(|task| Instruction { task: task.into(), ..Instruction::default() }).into()
    }

    /// Applies transforms that write their id behind the definition; also gives every item they saw.
    fn apply(rewriting: Rewriting<'_>) -> (Vec<Transformed>, Vec<TransformItem>) {
        let seen = RefCell::new(Vec::new());
        let ask = |step: &Step<'_>, items: Vec<TransformItem>| {
            seen.borrow_mut().extend(items.iter().cloned());
            let answer = |mut item: TransformItem| {
                item.instruction.definition += step.id;
                item.instruction.task.clear();
                Transformed { instruction: item.instruction, notes: vec!["noted".into()] }
            };
            Ok(items.into_iter().map(answer).collect())
        };
        let results = rewriting.apply_with(instructions(), |used| Ok(used.settings.clone()), ask).unwrap();
        (results, seen.into_inner())
    }

    fn rewriting(condition: &Condition) -> Rewriting<'_> {
        Rewriting { condition, stage: Stage::Test, example_slots: 1, seed: 1 }
    }

    #[test]
    fn transforms_follow_each_other_and_sign_their_notes() {
        let (results, seen) = apply(rewriting(&condition(&["a", "b"])));
        assert_eq!(results[1].instruction.definition, "ab");
        assert_eq!(results[1].notes, ["a: noted", "b: noted"]);
        assert_eq!(seen[2].instruction.definition, "a");
        assert_eq!((seen[0].stage, seen[0].example_slots), (Stage::Test, 1));
    }

    #[test]
    fn a_transform_cannot_change_what_it_may_only_read() {
        assert_eq!(apply(rewriting(&condition(&["a"]))).0[0].instruction.task, "t");
    }

    #[test]
    fn a_condition_leaves_the_other_stage_alone() {
        let condition = Condition { apply_to: vec![Stage::Train], ..condition(&["a"]) };
        let (results, seen) = apply(rewriting(&condition));
        assert_eq!(results[0], Transformed::new(instructions().remove(0)));
        assert!(seen.is_empty());
    }

    #[test]
    fn every_task_seed_and_repetition_has_its_own_seed_and_every_stage_the_same() {
        let twice = condition(&["a", "a"]);
        let seeds = |rewriting| apply(rewriting).1.iter().map(|item| item.seed).collect::<Vec<_>>();
        let mut drawn = seeds(rewriting(&twice));
        assert_eq!(drawn, seeds(Rewriting { stage: Stage::Train, ..rewriting(&twice) }));
        drawn.extend(seeds(Rewriting { seed: 2, ..rewriting(&twice) }));
        drawn.sort();
        drawn.dedup();
        assert_eq!(drawn.len(), 8);
    }

    #[test]
    fn conditions_that_share_a_transform_share_its_seeds() {
        let alone = apply(rewriting(&condition(&["b"]))).1;
        let second = apply(rewriting(&condition(&["a", "b"]))).1;
        assert_eq!(alone[0].seed, second[2].seed);
    }
}
