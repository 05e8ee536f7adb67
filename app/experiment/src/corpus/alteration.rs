//! How far a condition went: what share of the tasks it altered, in which parts, and by how much.

use std::collections::BTreeMap;

use placebo_plugin_api::{Example, Instruction, Stage, Transformed};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::plan::PromptPlan;
use crate::task::{Instance, Task};

/// Characters of a text that are compared at most; more would take seconds and say the same.
const COMPARED: usize = 10_000;

/// What a condition made of the tasks of both stages.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Alterations {
    /// Of those a model is tuned on.
    pub train: Alteration,
    /// Of those it is asked afterwards.
    pub test: Alteration,
}

impl Alterations {
    /// Those of one stage.
    pub fn of(&self, stage: Stage) -> &Alteration {
        match stage {
            Stage::Train => &self.train,
            Stage::Test => &self.test,
        }
    }
}

/// What a condition made of the tasks of one stage, in numbers; means are over all its tasks, altered or not.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Alteration {
    /// Tasks looked at.
    pub tasks: usize,
    /// Tasks that a model is shown or taught otherwise in any way.
    pub altered: usize,
    /// The definitions.
    pub definition: TextAlteration,
    /// The examples that prompts may show, each task's as one text.
    pub examples: TextAlteration,
    /// Tasks with labels renamed.
    pub labels: usize,
    /// Tasks whose prompts have another form.
    pub form: usize,
    /// Instances whose targets could be altered.
    pub targets: usize,
    /// Task → instances whose targets are others; tasks without any are left out.
    pub altered_targets: BTreeMap<String, usize>,
}

/// How a text of the tasks was altered.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TextAlteration {
    /// Tasks with another text.
    pub altered: usize,
    /// Mean change of its length, in characters.
    pub length: f64,
    /// Mean edit distance: insertions, deletions and replacements of characters, as a share of the longer text's length.
    pub distance: f64,
}

/// One task's text before and after.
struct Change {
    length: f64,
    distance: f64,
}

impl Alteration {
    /// Compares tasks, each with the instances used of it, with what a condition made of them.
    pub(super) fn of(tasks: &[(&Task, &[Instance])], rewritten: &[Transformed], prompt: &PromptPlan) -> Self {
        let pairs: Vec<_> = tasks.iter().zip(rewritten).map(|(used, own)| (used.0, used.1, &own.instruction)).collect();
        let counted = |is_so: fn(&Pair<'_>) -> bool| pairs.iter().filter(|pair| is_so(pair)).count();
        let others = pairs.iter().map(|pair| (pair.0.name.clone(), other_targets(pair)));
        Alteration {
            tasks: pairs.len(),
            altered: counted(|pair| other_targets(pair) > 0 || pair.2.without_targets() != pair.0.instruction()),
            definition: text(&pairs, |(task, _, after)| (task.definition.clone(), after.definition.clone())),
            examples: text(&pairs, |(task, _, after)| (shown(&task.instruction(), prompt), shown(after, prompt))),
            labels: counted(|(task, _, after)| task.output_space.texts() != after.labels),
            form: counted(|(_, _, after)| after.form.is_some()),
            targets: pairs.iter().map(|(_, _, after)| after.targets.len()).sum(),
            altered_targets: others.filter(|(_, count)| *count > 0).collect(),
        }
    }

    /// The numbers in words; nothing where nothing was altered.
    pub fn sentences(&self) -> Vec<String> {
        if self.altered == 0 {
            return Vec::new();
        }
        let tasks = self.tasks;
        let mut sentences = vec![format!("{} of {tasks} tasks altered", self.altered)];
        for (what, text) in [("definitions", self.definition), ("examples", self.examples)] {
            let TextAlteration { altered, length, distance } = text;
            let said = || {
                format!("{altered} {what} by {length:+.1} characters and an edit distance of {distance:.3} on average")
            };
            sentences.extend((altered > 0).then(said));
        }
        let targets: usize = self.altered_targets.values().sum();
        for (count, what) in
            [(self.labels, "tasks with labels renamed"), (self.form, "tasks with prompts of another form")]
        {
            sentences.extend((count > 0).then(|| format!("{count} {what}")));
        }
        sentences.extend((targets > 0).then(|| format!("{targets} of {} targets altered", self.targets)));
        sentences
    }
}

/// A task, the instances used of it, and its instruction as a condition has it.
type Pair<'p> = (&'p Task, &'p [Instance], &'p Instruction);

fn other_targets((_, instances, after): &Pair<'_>) -> usize {
    instances.iter().zip(&after.targets).filter(|(instance, target)| instance.outputs != target.outputs).count()
}

/// What became of a text that `of` gives before and after.
fn text(pairs: &[Pair<'_>], of: impl Fn(&Pair<'_>) -> (String, String) + Sync) -> TextAlteration {
    let change = |pair: &Pair<'_>| {
        let (before, after) = of(pair);
        (before != after).then(|| Change::of(&before, &after))
    };
    let changes: Vec<Change> = pairs.par_iter().filter_map(change).collect();
    let mean = |number: fn(&Change) -> f64| changes.iter().map(number).sum::<f64>() / pairs.len().max(1) as f64;
    TextAlteration {
        altered: changes.len(),
        length: mean(|change| change.length),
        distance: mean(|change| change.distance),
    }
}

impl Change {
    fn of(before: &str, after: &str) -> Self {
        let beginning = |text: &str| text.chars().take(COMPARED).collect::<String>();
        Change {
            length: after.chars().count() as f64 - before.chars().count() as f64,
            distance: 1.0 - strsim::normalized_levenshtein(&beginning(before), &beginning(after)),
        }
    }
}

/// What prompts may show of the examples, as one text.
fn shown(instruction: &Instruction, prompt: &PromptPlan) -> String {
    let lines = |example: &Example| {
        let explanation = if prompt.explanations { example.explanation.as_str() } else { "" };
        format!("{}\n{}\n{explanation}\n", example.input, example.output)
    };
    let positive = instruction.positive_examples.iter().take(prompt.positive_examples);
    positive.chain(instruction.negative_examples.iter().take(prompt.negative_examples)).map(lines).collect()
}

#[cfg(test)]
mod tests {
    use placebo_plugin_api::{PromptForm, Target, TaskKind};

    use super::*;
    use crate::output_space::{Label, OutputSpace};

    fn task(name: &str, definition: &str) -> Task {
        let instance = |id: &str| Instance { id: id.into(), input: "in".into(), outputs: vec!["yes".into()] };
        let labels = vec![Label { text: "yes".into(), count: 2 }];
        Task {
            name: name.into(),
            categories: Vec::new(),
            definition: definition.into(),
            positive_examples: vec![Example::new("one", "yes"), Example::new("two", "yes")],
            negative_examples: Vec::new(),
            instances: vec![instance("1"), instance("2")],
            instance_count: 2,
            output_space: OutputSpace { kind: TaskKind::Classification, labels },
            hash: String::new(),
            warnings: Vec::new(),
        }
    }

    /// Two tasks, the first of them rewritten.
    fn altered(rewrite: impl Fn(&mut Instruction)) -> Alteration {
        let tasks = [task("a", "abcd"), task("b", "say")];
        let mut first = tasks[0].instruction();
        first.targets = vec![Target::new("in", "yes"), Target::new("in", "yes")];
        rewrite(&mut first);
        let rewritten = [Transformed::new(first), Transformed::new(tasks[1].instruction())];
        let used: Vec<_> = tasks.iter().map(|task| (task, task.instances.as_slice())).collect();
        Alteration::of(&used, &rewritten, &PromptPlan { positive_examples: 1, ..PromptPlan::default() })
    }

    #[test]
    fn what_stays_counts_for_nothing() {
        let nothing = altered(|_| ());
        assert_eq!(nothing, Alteration { tasks: 2, targets: 2, ..Alteration::default() });
        assert_eq!(nothing.sentences(), Vec::<String>::new());
    }

    #[test]
    fn texts_are_measured_over_all_tasks() {
        let found = altered(|task| task.definition = "abXYZ".into());
        let wanted = TextAlteration { altered: 1, length: 0.5, distance: 0.3 };
        assert_eq!((found.altered, found.definition, found.examples.altered), (1, wanted, 0));
    }

    #[test]
    fn examples_that_no_prompt_shows_make_no_difference_in_length() {
        let found = altered(|task| task.positive_examples[1].input.clear());
        assert_eq!((found.altered, found.examples), (1, TextAlteration::default()));
        let found = altered(|task| task.positive_examples.clear());
        assert_eq!((found.examples.length, found.examples.distance), (-4.5, 0.5));
    }

    #[test]
    fn labels_targets_and_form_are_counted() {
        let found = altered(|task| {
            task.labels = vec!["A".into()];
            task.targets[1].outputs = vec!["A".into()];
            task.form = Some(PromptForm::default());
        });
        assert_eq!((found.altered, found.labels, found.form, found.targets), (1, 1, 1, 2));
        assert_eq!(found.altered_targets, BTreeMap::from([("a".to_owned(), 1)]));
        let sentences = [
            "1 of 2 tasks altered",
            "1 tasks with labels renamed",
            "1 tasks with prompts of another form",
            "1 of 2 targets altered",
        ];
        assert_eq!(found.sentences(), sentences);
    }
}
