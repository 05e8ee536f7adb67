//! The prompts of one stage: laid out in parallel, counted, and turned into pairs or questions.

use placebo_plugin_api::{Instruction, Target};
use rayon::prelude::*;

use super::{Pair, Question, StageReport};
use crate::plan::PromptPlan;
use crate::prompt::{Prompt, Template, TokenCounter};
use crate::task::{Instance, Task};

/// Some instances of a task under its instruction, rewritten or not.
#[derive(Clone, Copy)]
pub(super) struct Selected<'t> {
    pub(super) task: &'t Task,
    pub(super) instruction: &'t Instruction,
    pub(super) instances: &'t [Instance],
    /// The instances' targets where the condition may change them; elsewhere none.
    pub(super) targets: &'t [Target],
}

impl<'t> Selected<'t> {
    /// Every instance with the answers that count as right.
    fn answered(self) -> impl Iterator<Item = (&'t Instance, &'t [String])> {
        let outputs = move |(place, instance): (usize, &'t Instance)| {
            (instance, self.targets.get(place).map_or(&instance.outputs, |target| &target.outputs).as_slice())
        };
        self.instances.iter().enumerate().map(outputs)
    }
}

/// How prompts are laid out.
#[derive(Clone, Copy)]
pub(super) struct Layout<'t> {
    pub(super) plan: &'t PromptPlan,
    pub(super) tokens: &'t dyn TokenCounter,
}

/// One instance's prompt.
pub(super) struct LaidOut<'t> {
    from: Selected<'t>,
    instance: &'t Instance,
    outputs: &'t [String],
    prompt: Prompt,
    /// Tokens of each reference, where they are learned.
    target_tokens: Vec<usize>,
}

impl<'t> Layout<'t> {
    /// Prompts to learn from, in the order of tasks and instances.
    pub(super) fn pairs(self, selected: &[Selected<'t>]) -> (Vec<Pair>, StageReport) {
        let count = |outputs: &[String]| outputs.iter().map(|output| self.tokens.count(output)).collect();
        let prompts = self.lay_out(selected, count);
        let report = StageReport::of(&prompts, self.plan);
        (prompts.into_iter().map(LaidOut::into_pair).collect(), report)
    }

    /// Prompts to answer, in the order of tasks and instances.
    pub(super) fn questions(self, selected: &[Selected<'t>]) -> (Vec<Question>, StageReport) {
        let prompts = self.lay_out(selected, |_| Vec::new());
        let report = StageReport::of(&prompts, self.plan);
        let shows_examples = self.plan.positive_examples > 0;
        (prompts.into_iter().map(|prompt| prompt.into_question(shows_examples)).collect(), report)
    }

    fn lay_out(
        self,
        selected: &[Selected<'t>],
        count_targets: impl Fn(&[String]) -> Vec<usize> + Sync,
    ) -> Vec<LaidOut<'t>> {
        let of_task = |from: &Selected<'t>| -> Vec<LaidOut<'t>> {
            let template = Template::new(self.plan, from.instruction, self.tokens);
            let of_instance = |(instance, outputs): (&'t Instance, &'t [String])| LaidOut {
                from: *from,
                instance,
                outputs,
                prompt: template.prompt(&instance.input),
                target_tokens: count_targets(outputs),
            };
            from.answered().collect::<Vec<_>>().into_par_iter().map(of_instance).collect()
        };
        let tasks: Vec<Vec<LaidOut<'t>>> = selected.par_iter().map(of_task).collect();
        tasks.into_iter().flatten().collect()
    }
}

impl LaidOut<'_> {
    fn into_pair(self) -> Pair {
        Pair {
            task: self.from.task.name.clone(),
            instance: self.instance.id.clone(),
            source: self.prompt.text,
            targets: self.outputs.to_vec(),
        }
    }

    fn into_question(self, shows_examples: bool) -> Question {
        let Task { name, categories, output_space, .. } = self.from.task;
        let output_space = output_space.renamed(&self.from.instruction.labels);
        let first_example = self.from.instruction.positive_examples.first().filter(|_| shows_examples);
        Question {
            task: name.clone(),
            instance: self.instance.id.clone(),
            source: self.prompt.text,
            references: self.outputs.to_vec(),
            kind: output_space.kind,
            categories: categories.clone(),
            labels: output_space.texts(),
            majority_label: output_space.majority().map(|label| label.text.clone()),
            input: self.instance.input.clone(),
            first_example_output: first_example.map(|example| example.output.clone()),
        }
    }
}

impl StageReport {
    fn of(prompts: &[LaidOut<'_>], plan: &PromptPlan) -> Self {
        let mut report = StageReport { prompts: prompts.len(), ..StageReport::default() };
        let mut last_task = None;
        for LaidOut { from, prompt, target_tokens, .. } in prompts {
            if last_task.replace(&from.task.name) != Some(&from.task.name) {
                report.tasks += 1;
            }
            report.source_tokens.add(prompt.tokens.min(plan.max_source_tokens));
            report.truncated_sources += usize::from(prompt.truncated);
            report.dropped_examples += prompt.dropped_examples;
            for tokens in target_tokens {
                report.target_tokens.add((*tokens).min(plan.max_target_tokens));
                report.truncated_targets += usize::from(*tokens > plan.max_target_tokens);
            }
        }
        report
    }
}
