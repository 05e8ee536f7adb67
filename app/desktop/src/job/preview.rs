//! The prompt of one instance under a condition, beside the original, word by word.

use crate::message::Told;
use crate::state::{Prompt, Shown, TaskBook};
use placebo_experiment::condition::Rewriting;
use placebo_experiment::plan::{Condition, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::prompt::Template;
use placebo_experiment::task::Task;
use placebo_plugin_api::{Stage, Transformed};
use similar::TextDiff;

/// Builds the prompt wanted; token limits are left out, since the window carries no tokenizer.
///
/// # Errors
/// No such task or condition, or a transform that cannot.
pub(crate) fn prompt(plan: &Plan, shown: &Shown, book: &TaskBook, registry: &Registry) -> Told<Prompt> {
    let condition = plan.conditions.get(shown.condition).ok_or("the plan has no condition to show")?;
    let task = task(shown, book).ok_or("the collection has no task to show in this split")?;
    let instance = task.instances.get(shown.instance).or(task.instances.first());
    let instance = instance.ok_or_else(|| format!("the task has no instances: `{}`", task.name))?;
    let original = rewritten(plan, &Condition::unchanged("Original"), shown.stage, task, registry)?;
    let altered = rewritten(plan, condition, shown.stage, task, registry)?;
    let lay_out = |transformed: &Transformed| {
        Template::new(&plan.prompt, &transformed.instruction, &|_: &str| 0).prompt(&instance.input).text
    };
    let (before, after) = (lay_out(&original), lay_out(&altered));
    Ok(Prompt {
        task: task.name.clone(),
        pieces: pieces(&before, &after),
        labels: task.output_space.texts(),
        notes: altered.notes,
        targets: instance.outputs.clone(),
        words: after.split_whitespace().count(),
        instances: task.instances.len(),
    })
}

fn task<'b>(shown: &Shown, book: &'b TaskBook) -> Option<&'b Task> {
    let tasks = match shown.stage {
        Stage::Train => &book.train.tasks,
        Stage::Test => &book.test.tasks,
    };
    let named = |task: &&Task| shown.task.as_ref() == Some(&task.name);
    tasks.iter().find(named).or(tasks.first())
}

fn rewritten(plan: &Plan, condition: &Condition, stage: Stage, task: &Task, registry: &Registry) -> Told<Transformed> {
    let seed = plan.seeds.first().copied().unwrap_or_default();
    let rewriting = Rewriting { condition, stage, example_slots: plan.prompt.positive_examples, seed };
    let results = rewriting.apply(vec![task.instruction()], registry).map_err(|error| error.to_string())?;
    results.into_iter().next().ok_or_else(|| "the transforms gave nothing back".to_owned())
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
    use placebo_experiment::resources;
    use similar::ChangeTag;

    #[test]
    fn a_condition_is_shown_against_the_original() {
        let plan = Plan::read(&resources::find("experiments/sample.toml").unwrap()).unwrap();
        let book = read_tasks(&plan.data).unwrap();
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
    fn pieces_join_to_both_texts() {
        let (before, after) = ("a b c d", "a x c d e");
        let pieces = pieces(before, after);
        let side = |left_out: ChangeTag| -> String {
            pieces.iter().filter(|(tag, _)| *tag != left_out).map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!((side(ChangeTag::Insert), side(ChangeTag::Delete)), (before.into(), after.into()));
    }
}
