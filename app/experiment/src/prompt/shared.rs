//! What all prompts of a task share, laid out in the form that they have.

use placebo_plugin_api::{Example, Instruction, PromptForm, Section};

use super::fill::{fill, strip};
use crate::plan::PromptPlan;

/// The texts that all prompts of a task share; empty where nothing is shown.
pub(super) struct Shared {
    pub(super) task_name: String,
    pub(super) definition: String,
    pub(super) positive_examples: Vec<String>,
    pub(super) negative_examples: Vec<String>,
}

impl Shared {
    pub(super) fn of(form: &PromptForm, plan: &PromptPlan, instruction: &Instruction) -> Self {
        let is_shown = form.empty_definition || !strip(&instruction.definition).is_empty();
        let definition = || fill(form, &form.definition, &[("{definition}", &instruction.definition)]);
        let examples = |template: &str, examples: &[Example], count: usize| {
            let shown = examples.iter().take(count).enumerate();
            shown.map(|(place, example)| block(form, template, (place + 1, example), plan.explanations)).collect()
        };
        Shared {
            task_name: task_name(form, plan, instruction),
            definition: if is_shown { definition() } else { String::new() },
            positive_examples: examples(&form.positive_example, &instruction.positive_examples, plan.positive_examples),
            negative_examples: examples(&form.negative_example, &instruction.negative_examples, plan.negative_examples),
        }
    }

    /// Whether the tokens of the parts add up to those of the whole, if the tokenizer allows for it: the definition comes
    /// first and the input last, and white space parts them all.
    pub(super) fn adds_up(&self, form: &PromptForm) -> bool {
        let ends_blank = |text: &String| text.ends_with(char::is_whitespace);
        let blank_or_absent = self.task_name.is_empty() || ends_blank(&self.task_name);
        let [first, .., input, answer] = form.order.as_slice() else { return false };
        (first, input, answer) == (&Section::Definition, &Section::Input, &Section::Answer)
            && blank_or_absent
            && ends_blank(&self.definition)
            && self.positive_examples.iter().chain(&self.negative_examples).all(ends_blank)
    }
}

/// The task's name in front, where the form has a place for it or the plan asks for it.
fn task_name(form: &PromptForm, plan: &PromptPlan, instruction: &Instruction) -> String {
    match form.task_name.as_str() {
        "" if plan.task_name => format!("{}. ", instruction.task),
        template => fill(form, template, &[("{task}", &instruction.task)]),
    }
}

/// One example, with the explanation where the plan shows it.
fn block(form: &PromptForm, template: &str, (number, example): (usize, &Example), explained: bool) -> String {
    let number = number.to_string();
    let values = [("{number}", number.as_str()), ("{input}", &example.input), ("{output}", &example.output)];
    let mut block = fill(form, template, &values);
    if explained {
        block += &fill(form, &form.explanation, &[("{explanation}", &example.explanation)]);
    }
    block + &form.example_end
}
