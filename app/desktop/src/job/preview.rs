//! The prompt of one instance under a condition, beside the original, word by word.

use crate::message::Told;
use crate::state::{Prompt, Shown, TaskBook};
use placebo_experiment::condition::{Rewriting, Stages};
use placebo_experiment::plan::{Condition, Plan, PromptPlan};
use placebo_experiment::plugin::{PluginError, Registry};
use placebo_experiment::prompt::Template;
use placebo_experiment::task::{Instance, Task};
use placebo_plugin_api::{Instruction, Stage, Target, Transformed};
use similar::TextDiff;

/// Builds the prompt wanted; token limits are left out, since the window carries no tokenizer.
///
/// # Errors
/// No such task or condition, or a transform that cannot.
pub(crate) fn prompt(plan: &Plan, shown: &Shown, book: &TaskBook, registry: &Registry) -> Told<Prompt> {
    let condition = plan.conditions.get(shown.condition).ok_or("the plan has no condition to show")?;
    let task = task(shown, book).ok_or("the collection has no task to show in this split")?;
    let place = if shown.instance < task.instances.len() { shown.instance } else { 0 };
    let instance = task.instances.get(place).ok_or_else(|| format!("the task has no instances: `{}`", task.name))?;
    let (seed, slots) = (plan.seeds.first().copied().unwrap_or_default(), plan.prompt.positive_examples);
    let scene = Scene { seed, slots, book, stage: shown.stage, task, registry };
    let rewritten = |condition: &Condition| scene.rewritten(condition).map_err(|error| error.to_string());
    let (original, altered) = (rewritten(&Condition::unchanged("Original"))?, rewritten(condition)?);
    let text = |transformed: &Transformed| lay_out(&plan.prompt, &transformed.instruction, &instance.input);
    let (before, after) = (text(&original), text(&altered));
    Ok(Prompt {
        task: task.name.clone(),
        instance: instance.id.clone(),
        pieces: pieces(&before, &after),
        labels: altered.instruction.labels,
        notes: altered.notes,
        targets: altered.instruction.targets.get(place).map_or(instance.outputs.clone(), |own| own.outputs.clone()),
        words: after.split_whitespace().count(),
        instances: task.instances.len(),
        before,
        after,
    })
}

/// The same prompt with another text, which leaves out what its limit leaves no room for.
pub(crate) fn shortened(prompt: &Prompt, text: &str) -> Prompt {
    let words = text.split_whitespace().count();
    Prompt { pieces: pieces(&prompt.before, text), after: text.to_owned(), words, ..prompt.clone() }
}

/// The prompt with all its examples, whatever the limit.
pub(super) fn lay_out(plan: &PromptPlan, instruction: &Instruction, input: &str) -> String {
    Template::new(plan, instruction, &|_: &str| 0).prompt(input).text
}

fn task<'b>(shown: &Shown, book: &'b TaskBook) -> Option<&'b Task> {
    let tasks = book.of_stage(shown.stage);
    let named = |task: &&Task| shown.task.as_ref() == Some(&task.name);
    tasks.iter().find(named).or(tasks.first())
}

/// The task shown, and all that rewriting its instruction may look at.
pub(super) struct Scene<'s> {
    pub(super) seed: u64,
    pub(super) slots: usize,
    pub(super) book: &'s TaskBook,
    pub(super) stage: Stage,
    pub(super) task: &'s Task,
    pub(super) registry: &'s Registry,
}

impl Scene<'_> {
    /// Rewrites the task's instruction; where a transform looks at all tasks, they are all laid before it.
    pub(super) fn rewritten(&self, condition: &Condition) -> Result<Transformed, PluginError> {
        let rewriting = Rewriting { condition, example_slots: self.slots, seed: self.seed };
        let sees_all = rewriting.sees_all_tasks(self.registry)?;
        let changes_targets = rewriting.changes_targets(self.registry)?;
        // A run draws other instances than the window shows, so what is dealt out among them is so by way of example.
        let instruction = |task: &Task| Instruction {
            targets: if changes_targets { targets(task) } else { Vec::new() },
            ..task.instruction()
        };
        let instructions = |stage: Stage| {
            let is_wanted = |other: &&Task| sees_all || (stage == self.stage && other.name == self.task.name);
            self.book.of_stage(stage).iter().filter(is_wanted).map(instruction).collect()
        };
        let both = Stages { train: instructions(Stage::Train), test: instructions(Stage::Test) };
        let Stages { train, test } = rewriting.apply(both, self.registry)?;
        let rewritten = if self.stage == Stage::Train { train } else { test };
        let own = rewritten.into_iter().find(|transformed| transformed.instruction.task == self.task.name);
        Ok(own.expect("every instruction given comes back under its task's name"))
    }
}

fn targets(task: &Task) -> Vec<Target> {
    let target = |instance: &Instance| Target { input: instance.input.clone(), outputs: instance.outputs.clone() };
    task.instances.iter().map(target).collect()
}

/// Words that stay, go and come, neighbours of a kind joined.
fn pieces(before: &str, after: &str) -> Vec<(similar::ChangeTag, String)> {
    let diff = TextDiff::from_words(before, after);
    let mut pieces: Vec<(similar::ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => pieces.push((change.tag(), change.value().to_owned())),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::read_tasks;
    use placebo_experiment::plan::TransformUse;
    use placebo_experiment::resources;
    use similar::ChangeTag;

    #[test]
    fn a_condition_is_shown_against_the_original() {
        let plan = Plan::read(&resources::find("experiments/sample.toml").unwrap()).unwrap();
        let book = read_tasks(&plan.data, 1).unwrap();
        let registry = Registry::discover();
        let shown = |condition| Shown { condition, stage: Stage::Test, ..Shown::default() };
        let original = prompt(&plan, &shown(0), &book, &registry).unwrap();
        assert_eq!(original.pieces.len(), 1, "nothing differs from itself");
        let empty = prompt(&plan, &shown(2), &book, &registry).unwrap();
        assert!(empty.pieces.iter().any(|(tag, _)| *tag == ChangeTag::Delete));
        assert!(empty.words < original.words);
        let message = prompt(&plan, &shown(9), &book, &registry).unwrap_err();
        assert_eq!(message, "the plan has no condition to show");
    }

    #[test]
    fn labels_targets_and_form_are_shown_as_the_condition_has_them() {
        let mut plan = Plan::read(&resources::find("experiments/sample.toml").unwrap()).unwrap();
        let used = |id: &str| TransformUse { id: id.into(), version: None, settings: Default::default() };
        let transforms = vec![used("labels.neutral"), used("format.template")];
        plan.conditions.push(Condition { transforms, ..Condition::unchanged("Other") });
        let (book, registry) = (read_tasks(&plan.data, 1).unwrap(), Registry::discover());
        let is_labelled = |task: &&Task| !task.output_space.labels.is_empty();
        let task = book.of_stage(Stage::Test).iter().find(is_labelled).map(|task| task.name.clone());
        let shown = Shown { condition: plan.conditions.len() - 1, stage: Stage::Test, task, ..Shown::default() };
        let prompt = prompt(&plan, &shown, &book, &registry).unwrap();
        assert!(prompt.labels.iter().all(|label| label.len() == 1), "{:?}", prompt.labels);
        assert!(prompt.labels.contains(&prompt.targets[0]), "{:?}", prompt.targets);
        assert!(prompt.pieces.iter().any(|(_, text)| text.contains("Q:")), "{:?}", prompt.pieces);
    }

    #[test]
    fn pieces_join_to_both_texts() {
        let (before, after) = ("a b c d", "a x c d e");
        let pieces = pieces(before, after);
        let side = |left_out: ChangeTag| -> String {
            pieces.iter().filter(|(tag, _)| *tag != left_out).map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!((side(ChangeTag::Insert), side(ChangeTag::Delete)), (before.into(), after.into()));
    }
}
