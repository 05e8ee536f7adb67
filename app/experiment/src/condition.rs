//! Conditions at work: the transforms of one condition, one after the other, over the instructions of both stages.

use placebo_plugin_api::{Instruction, Part, Settings, Stage, Target, TransformItem, Transformed, seed_of};

use crate::plan::{Condition, TransformUse};
use crate::plugin::{PluginError, Registry, item_seed};

/// What a condition's transforms have to know besides the instructions.
#[derive(Debug, Clone, Copy)]
pub struct Rewriting<'c> {
    /// The condition; without transforms it leaves everything as it is.
    pub condition: &'c Condition,
    /// How many positive examples a prompt shows at most.
    pub example_slots: usize,
    /// The experiment's seed.
    pub seed: u64,
}

/// Something for every task to be learned and every task to be answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stages<T> {
    /// Of the tasks a model is tuned on.
    pub train: Vec<T>,
    /// Of the tasks it is asked afterwards.
    pub test: Vec<T>,
}

impl Rewriting<'_> {
    /// Whether a transform of the condition looks at all tasks, so that those of both stages must be at hand.
    ///
    /// # Errors
    /// A transform is unknown.
    pub fn sees_all_tasks(&self, registry: &Registry) -> Result<bool, PluginError> {
        let sees_all = |used: &TransformUse| Ok(registry.transform(&used.id)?.sees_all_tasks());
        self.condition.transforms.iter().map(sees_all).try_fold(false, |any, one: Result<_, _>| Ok(any | one?))
    }

    /// Whether a transform of the condition changes targets.
    ///
    /// # Errors
    /// A transform is unknown.
    pub fn changes_targets(&self, registry: &Registry) -> Result<bool, PluginError> {
        let changes = |used: &TransformUse| Ok(registry.transform(&used.id)?.descriptor().touches(Part::Target));
        self.condition.transforms.iter().map(changes).try_fold(false, |any, one: Result<_, _>| Ok(any | one?))
    }

    /// Rewrites instructions of different tasks; the results are in their order, with what the transforms had to note.
    ///
    /// # Errors
    /// A transform or setting is unknown, or a plugin fails.
    pub fn apply(
        &self,
        instructions: Stages<Instruction>,
        registry: &Registry,
    ) -> Result<Stages<Transformed>, PluginError> {
        let resolve = |used: &TransformUse| {
            let plugin = registry.transform(&used.id)?;
            Ok(Resolved {
                settings: registry.resolve_settings(&used.id, &used.settings)?,
                sees_all_tasks: plugin.sees_all_tasks(),
                changes_targets: plugin.descriptor().touches(Part::Target),
            })
        };
        let ask = |step: &Step<'_>, items| registry.apply(step.id, &step.settings, items);
        self.apply_with(instructions, resolve, ask)
    }

    fn apply_with(
        &self,
        instructions: Stages<Instruction>,
        resolve: impl Fn(&TransformUse) -> Result<Resolved, PluginError>,
        ask: impl Fn(&Step<'_>, Vec<TransformItem>) -> Result<Vec<Transformed>, PluginError>,
    ) -> Result<Stages<Transformed>, PluginError> {
        let mut tasks = Tasks::of(instructions);
        if tasks.0.iter().all(|task| !self.condition.applies_to(task.stage)) {
            return Ok(tasks.into_stages());
        }
        for (index, used) in self.condition.transforms.iter().enumerate() {
            let earlier = &self.condition.transforms[..index];
            let slot = earlier.iter().filter(|other| other.id == used.id).count();
            let Resolved { settings, sees_all_tasks, changes_targets } = resolve(used)?;
            let step = Step { id: &used.id, settings, slot, changes_targets };
            let is_shown = |task: &&mut Task| sees_all_tasks || self.condition.applies_to(task.stage);
            let mut shown: Vec<&mut Task> = tasks.0.iter_mut().filter(is_shown).collect();
            let items = shown.iter().map(|task| self.item(&step, task)).collect();
            for (task, answer) in shown.iter_mut().zip(ask(&step, items)?) {
                if self.condition.applies_to(task.stage) {
                    task.take(answer, &step);
                }
            }
        }
        Ok(tasks.into_stages())
    }

    fn item(&self, step: &Step<'_>, task: &Task) -> TransformItem {
        let instruction = task.shown(step);
        let seed = item_seed(self.seed, step.id, &step.settings, &instruction.task);
        TransformItem {
            seed: seed_of(&[&seed.to_string(), &step.slot.to_string()]),
            stage: task.stage,
            example_slots: self.example_slots,
            instruction,
        }
    }
}

/// What is known of a transform of a condition.
struct Resolved {
    settings: Settings,
    sees_all_tasks: bool,
    changes_targets: bool,
}

/// One transform of a condition, its settings complete.
struct Step<'c> {
    id: &'c str,
    settings: Settings,
    changes_targets: bool,
    /// How often the condition has used the same transform before: used twice, it shall not draw the same numbers
    /// twice. It is not the place in the list, so that conditions that share a transform share its draws.
    slot: usize,
}

/// One task on its way through the transforms.
struct Task {
    stage: Stage,
    result: Transformed,
}

impl Task {
    /// What a transform sees: the targets only if it changes them, because all instances' inputs go with them.
    fn shown(&self, step: &Step<'_>) -> Instruction {
        let instruction = &self.result.instruction;
        let targets = if step.changes_targets { instruction.targets.clone() } else { Vec::new() };
        Instruction { targets, ..instruction.without_targets() }
    }

    /// Takes over what a transform may change, which its announcement limits further; what nobody may change stays as it
    /// was.
    fn take(&mut self, answer: Transformed, step: &Step<'_>) {
        let (result, rewritten) = (&mut self.result, answer.instruction);
        result.instruction.labels = rewritten.labels;
        result.instruction.definition = rewritten.definition;
        result.instruction.positive_examples = rewritten.positive_examples;
        result.instruction.negative_examples = rewritten.negative_examples;
        result.instruction.form = rewritten.form;
        if step.changes_targets {
            let targets = result.instruction.targets.iter_mut().zip(rewritten.targets);
            targets.for_each(|(target, Target { outputs, .. })| target.outputs = outputs);
        }
        result.notes.extend(answer.notes.into_iter().map(|note| format!("{}: {note}", step.id)));
    }
}

/// The tasks of both stages, those to be learned first.
struct Tasks(Vec<Task>);

impl Tasks {
    fn of(instructions: Stages<Instruction>) -> Self {
        let task = |stage| move |instruction| Task { stage, result: Transformed::new(instruction) };
        let train = instructions.train.into_iter().map(task(Stage::Train));
        Tasks(train.chain(instructions.test.into_iter().map(task(Stage::Test))).collect())
    }

    fn into_stages(self) -> Stages<Transformed> {
        let (train, test): (Vec<_>, Vec<_>) = self.0.into_iter().partition(|task| task.stage == Stage::Train);
        let results = |tasks: Vec<Task>| tasks.into_iter().map(|task| task.result).collect();
        Stages { train: results(train), test: results(test) }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn condition(ids: &[&str]) -> Condition {
        let used = |id: &&str| TransformUse { id: id.to_string(), version: None, settings: Settings::default() };
        Condition { transforms: ids.iter().map(used).collect(), ..Condition::unchanged("c") }
    }

    fn instructions() -> Stages<Instruction> {
        let of = |task: &str| Instruction {
            task: task.into(),
            targets: vec![Target::new("in", "out ")],
            ..Instruction::default()
        };
        Stages { train: vec![of("t")], test: vec![of("u"), of("v")] }
    }

    /// Applies transforms that write their id behind the definition; also gives every item they saw. Those whose name
    /// begins with `all` see all tasks.
    fn apply(rewriting: Rewriting<'_>) -> (Stages<Transformed>, Vec<TransformItem>) {
        let seen = RefCell::new(Vec::new());
        let ask = |step: &Step<'_>, items: Vec<TransformItem>| {
            seen.borrow_mut().extend(items.iter().cloned());
            let answer = |mut item: TransformItem| {
                item.instruction.definition += step.id;
                item.instruction.task.clear();
                item.instruction.targets.iter_mut().for_each(|target| target.outputs[0] += step.id);
                Transformed { instruction: item.instruction, notes: vec!["noted".into()] }
            };
            Ok(items.into_iter().map(answer).collect())
        };
        let resolve = |used: &TransformUse| {
            Ok(Resolved {
                settings: used.settings.clone(),
                sees_all_tasks: used.id.starts_with("all"),
                changes_targets: used.id.ends_with("targets"),
            })
        };
        let results = rewriting.apply_with(instructions(), resolve, ask).unwrap();
        (results, seen.into_inner())
    }

    fn rewriting(condition: &Condition) -> Rewriting<'_> {
        Rewriting { condition, example_slots: 1, seed: 1 }
    }

    fn names(items: &[TransformItem]) -> Vec<&str> {
        items.iter().map(|item| item.instruction.task.as_str()).collect()
    }

    #[test]
    fn transforms_follow_each_other_and_sign_their_notes() {
        let (results, seen) = apply(rewriting(&condition(&["a", "b"])));
        assert_eq!(results.test[1].instruction.definition, "ab");
        assert_eq!(results.train[0].notes, ["a: noted", "b: noted"]);
        assert_eq!(seen[3].instruction.definition, "a");
        let stages: Vec<Stage> = seen[..3].iter().map(|item| item.stage).collect();
        assert_eq!((stages, seen[0].example_slots), (vec![Stage::Train, Stage::Test, Stage::Test], 1));
    }

    #[test]
    fn a_transform_cannot_change_what_it_may_only_read() {
        assert_eq!(apply(rewriting(&condition(&["a"]))).0.test[0].instruction.task, "u");
    }

    #[test]
    fn targets_are_shown_to_those_who_change_them() {
        let (results, seen) = apply(rewriting(&condition(&["a", "targets", "b"])));
        let shown: Vec<usize> = seen.iter().map(|item| item.instruction.targets.len()).collect();
        assert_eq!(shown, [0, 0, 0, 1, 1, 1, 0, 0, 0]);
        assert_eq!(results.train[0].instruction.targets, [Target::new("in", "out targets")]);
    }

    #[test]
    fn a_condition_leaves_the_other_stage_alone() {
        let condition = Condition { apply_to: vec![Stage::Train], ..condition(&["a"]) };
        let (results, seen) = apply(rewriting(&condition));
        assert_eq!(results.test[0], Transformed::new(instructions().test.remove(0)));
        assert_eq!((names(&seen), results.train[0].instruction.definition.as_str()), (vec!["t"], "a"));
    }

    #[test]
    fn who_sees_all_tasks_sees_those_of_the_other_stage_and_leaves_them_alone() {
        let condition = Condition { apply_to: vec![Stage::Test], ..condition(&["all", "b"]) };
        let (results, seen) = apply(rewriting(&condition));
        assert_eq!(names(&seen), ["t", "u", "v", "u", "v"]);
        assert_eq!(results.train[0], Transformed::new(instructions().train.remove(0)));
        assert_eq!(results.test[0].instruction.definition, "allb");
    }

    #[test]
    fn every_task_seed_and_repetition_has_its_own_seed() {
        let twice = condition(&["a", "a"]);
        let seeds = |rewriting| apply(rewriting).1.iter().map(|item| item.seed).collect::<Vec<_>>();
        let mut drawn = [seeds(rewriting(&twice)), seeds(Rewriting { seed: 2, ..rewriting(&twice) })].concat();
        drawn.sort();
        drawn.dedup();
        assert_eq!(drawn.len(), 12);
    }

    #[test]
    fn conditions_that_share_a_transform_share_its_seeds() {
        let alone = apply(rewriting(&condition(&["b"]))).1;
        let second = apply(rewriting(&condition(&["a", "b"]))).1;
        assert_eq!(alone[0].seed, second[3].seed);
    }
}
