//! The prompt, byte for byte as Tk-Instruct's collator builds it (Wang et al., EMNLP 2022), or in the form that a
//! condition gives it.
//!
//! ```text
//! <Task>. Definition: <definition>⏎⏎ Positive Example 1 -⏎Input: <input>⏎ Output: <output>⏎ Explanation: <…>⏎⏎
//!  Negative Example 1 -⏎…⏎⏎Now complete the following example -⏎Input: <input>⏎Output:␣
//! ```
//!
//! Every field is stripped as Python's `str.strip` does, and a full stop follows where the text so far does not end in
//! ASCII punctuation: an empty definition reads `Definition: .`. The target is no part of it and gets no full stop.

mod count;
mod fill;
mod shared;

use placebo_plugin_api::{Instruction, PromptForm, Section};

pub use count::TokenCounter;

use crate::plan::PromptPlan;
use count::Ruler;
use fill::fill;
use shared::Shared;

/// What the model is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// The whole text; where it is `truncated`, the model sees only its first tokens.
    pub text: String,
    /// Examples shown, positive and negative.
    pub examples: usize,
    /// Examples that the plan wants and the task has, but the limit leaves no room for.
    pub dropped_examples: usize,
    /// Tokens of the whole text, with the end token.
    pub tokens: usize,
    /// Whether that is more than the plan's limit.
    pub truncated: bool,
}

/// Builds the prompts of one task: what they share is laid out, and if possible counted, once.
pub struct Template<'t> {
    form: PromptForm,
    task_name: Part,
    definition: Part,
    positive_examples: Vec<Part>,
    negative_examples: Vec<Part>,
    limit: usize,
    ruler: Ruler<'t>,
}

/// A piece of text and its tokens, where lengths add up.
struct Part {
    text: String,
    tokens: Option<usize>,
}

/// A prompt while examples are added.
struct Draft {
    input: String,
    /// Positive and negative examples shown so far.
    shown: [usize; 2],
    /// Tokens of all this but the task's name, as far as they are known without counting.
    tokens: Option<usize>,
}

impl<'t> Template<'t> {
    /// The template of a task whose instruction, perhaps rewritten, is `instruction`.
    pub fn new(plan: &PromptPlan, instruction: &Instruction, tokens: &'t dyn TokenCounter) -> Self {
        let form = instruction.form.clone().unwrap_or_default();
        let shared = Shared::of(&form, plan, instruction);
        let ruler = Ruler::new(tokens, shared.adds_up(&form));
        let measured =
            |texts: Vec<String>| texts.into_iter().map(|text| Part { tokens: ruler.middle(&text), text }).collect();
        let name_tokens =
            if shared.task_name.is_empty() { Some(0) } else { ruler.before(&shared.task_name, &shared.definition) };
        Template {
            task_name: Part { tokens: name_tokens, text: shared.task_name },
            definition: Part { tokens: ruler.beginning(&shared.definition), text: shared.definition },
            positive_examples: measured(shared.positive_examples),
            negative_examples: measured(shared.negative_examples),
            limit: plan.max_source_tokens,
            ruler,
            form,
        }
    }

    /// The prompt that asks for the answer to `input`.
    ///
    /// Examples are added while definition, examples so far, the next one and the input fit the limit. The task's name
    /// does not count, as it does not in the reference, so it can make a prompt too long.
    pub fn prompt(&self, input: &str) -> Prompt {
        let mut draft = self.draft(input);
        // A positive example that does not fit ends the positive ones; the negative ones are tried all the same.
        self.add_while_they_fit(&mut draft, POSITIVE);
        self.add_while_they_fit(&mut draft, NEGATIVE);
        let text = [self.task_name.text.as_str(), &self.text(&draft)].concat();
        let known = draft.tokens.zip(self.task_name.tokens).map(|(draft, name)| draft + name);
        let tokens = known.unwrap_or_else(|| self.ruler.whole(&text));
        let wanted = self.positive_examples.len() + self.negative_examples.len();
        let examples = draft.shown.iter().sum();
        Prompt { text, examples, dropped_examples: wanted - examples, tokens, truncated: tokens > self.limit }
    }

    fn draft(&self, input: &str) -> Draft {
        let input = fill(&self.form, &self.form.input, &[("{input}", input)]);
        let question = || [input.as_str(), &self.form.answer].concat();
        let tokens = self.definition.tokens.and_then(|before| Some(before + self.ruler.end(&question())?));
        Draft { input, shown: [0, 0], tokens }
    }

    fn examples(&self, kind: usize) -> &[Part] {
        if kind == POSITIVE { &self.positive_examples } else { &self.negative_examples }
    }

    fn add_while_they_fit(&self, draft: &mut Draft, kind: usize) {
        for example in self.examples(kind) {
            let before = draft.tokens;
            draft.shown[kind] += 1;
            draft.tokens = before.zip(example.tokens).map(|(draft, example)| draft + example);
            if draft.tokens.unwrap_or_else(|| self.ruler.whole(&self.text(draft))) > self.limit {
                draft.shown[kind] -= 1;
                draft.tokens = before;
                return;
            }
        }
    }

    /// The sections in the form's order, without the task's name.
    fn text(&self, draft: &Draft) -> String {
        let mut text = String::new();
        for section in &self.form.order {
            match section {
                Section::Definition => text += &self.definition.text,
                Section::PositiveExamples => self.push_examples(&mut text, draft, POSITIVE),
                Section::NegativeExamples => self.push_examples(&mut text, draft, NEGATIVE),
                Section::Input => text += &draft.input,
                Section::Answer => text += &self.form.answer,
            }
        }
        text
    }

    fn push_examples(&self, text: &mut String, draft: &Draft, kind: usize) {
        self.examples(kind).iter().take(draft.shown[kind]).for_each(|example| text.push_str(&example.text));
    }
}

/// Places of the two kinds of examples in [`Draft::shown`].
const POSITIVE: usize = 0;
const NEGATIVE: usize = 1;

#[cfg(test)]
mod tests {
    use placebo_plugin_api::Example;

    use super::count::tests::Threes;
    use super::*;

    fn instruction() -> Instruction {
        let example = |input, output| Example { explanation: "Since.".into(), ..Example::new(input, output) };
        Instruction {
            task: "task7_colours".into(),
            definition: " Name the colour ".into(),
            positive_examples: vec![example("grass", "green\n"), example("Sky?", "blue!")],
            negative_examples: vec![example("snow", "black")],
            ..Instruction::default()
        }
    }

    fn words(text: &str) -> usize {
        text.split_whitespace().count() + 1
    }

    fn prompt(plan: &PromptPlan, input: &str) -> Prompt {
        Template::new(plan, &instruction(), &words).prompt(input)
    }

    const QUESTION: &str = "Now complete the following example -\nInput: coal.\nOutput: ";
    const GRASS: &str = " Positive Example 1 -\nInput: grass.\n Output: green.\n\n";
    const SKY: &str = " Positive Example 2 -\nInput: Sky?\n Output: blue!\n\n";

    #[test]
    fn the_default_shows_definition_and_two_examples() {
        let prompt = prompt(&PromptPlan::default(), "coal ");
        assert_eq!(prompt.text, format!("Definition: Name the colour.\n\n{GRASS}{SKY}{QUESTION}"));
        assert_eq!((prompt.examples, prompt.dropped_examples, prompt.truncated), (2, 0, false));
        assert_eq!(prompt.tokens, words(&prompt.text));
    }

    #[test]
    fn name_negative_examples_and_explanations_where_the_plan_wants_them() {
        let plan = PromptPlan {
            positive_examples: 1,
            negative_examples: 3,
            explanations: true,
            task_name: true,
            ..PromptPlan::default()
        };
        let prompt = prompt(&plan, "coal");
        let explained = "task7_colours. Definition: Name the colour.\n\n Positive Example 1 -\nInput: grass.\n \
            Output: green.\n Explanation: Since.\n\n Negative Example 1 -\nInput: snow.\n Output: black.\n \
            Explanation: Since.\n\n";
        assert_eq!(prompt.text, format!("{explained}{QUESTION}"));
        assert_eq!((prompt.examples, prompt.dropped_examples), (2, 0));
        assert_eq!(prompt.tokens, words(&prompt.text));
    }

    #[test]
    fn empty_fields_become_a_full_stop() {
        let plan = PromptPlan { positive_examples: 0, ..PromptPlan::default() };
        let prompt = Template::new(&plan, &Instruction::default(), &words).prompt(" \x1c");
        assert_eq!(prompt.text, "Definition: .\n\nNow complete the following example -\nInput: .\nOutput: ");
    }

    #[test]
    fn an_example_fits_up_to_the_limit_itself() {
        let whole = prompt(&PromptPlan::default(), "coal").tokens;
        let at = |limit| prompt(&PromptPlan { max_source_tokens: limit, ..PromptPlan::default() }, "coal");
        assert_eq!((at(whole).examples, at(whole).dropped_examples), (2, 0));
        assert_eq!((at(whole - 1).examples, at(whole - 1).dropped_examples), (1, 1));
        assert_eq!(at(whole - 1).text, format!("Definition: Name the colour.\n\n{GRASS}{QUESTION}"));
    }

    #[test]
    fn counting_the_parts_gives_the_same_prompts_as_counting_the_whole() {
        let long = "long ".repeat(40);
        for limit in 1..90 {
            let plan = PromptPlan {
                max_source_tokens: limit,
                negative_examples: 1,
                task_name: limit % 2 == 0,
                ..PromptPlan::default()
            };
            let whole = |text: &str| Threes.count(text);
            for form in forms() {
                let task = Instruction { form: Some(form), ..instruction() };
                let [by_parts, by_whole] = [&Threes as &dyn TokenCounter, &whole]
                    .map(|tokens| ["", "coal ", &long].map(|input| Template::new(&plan, &task, tokens).prompt(input)));
                assert_eq!(by_parts, by_whole, "at most {limit} tokens");
            }
        }
    }

    /// Tk-Instruct's, its examples first, without white space between its sections, and without an empty definition.
    fn forms() -> [PromptForm; 4] {
        let usual = PromptForm::default();
        let order = [1, 2, 0, 3, 4].map(|place| Section::ALL[place]).to_vec();
        let close = PromptForm { definition: "Do:{definition}|".into(), example_end: "|".into(), ..usual.clone() };
        let bare = PromptForm { empty_definition: false, full_stops: false, ..usual.clone() };
        [usual.clone(), PromptForm { order, ..usual }, close, bare]
    }

    #[test]
    fn sections_come_in_the_order_of_the_form() {
        let order = [1, 3, 0, 2, 4].map(|place| Section::ALL[place]).to_vec();
        let form = PromptForm { order, ..PromptForm::default() };
        let plan = PromptPlan { positive_examples: 1, negative_examples: 1, ..PromptPlan::default() };
        let task = Instruction { form: Some(form), ..instruction() };
        let text = Template::new(&plan, &task, &words).prompt("coal").text;
        let wrong = " Negative Example 1 -\nInput: snow.\n Output: black.\n\n";
        let input = "Now complete the following example -\nInput: coal.\n";
        assert_eq!(text, format!("{GRASS}{input}Definition: Name the colour.\n\n{wrong}Output: "));
    }

    #[test]
    fn a_form_may_leave_out_an_empty_definition_and_name_the_task() {
        let form = PromptForm {
            task_name: "[{task}] ".into(),
            empty_definition: false,
            full_stops: false,
            ..PromptForm::default()
        };
        let task = Instruction { form: Some(form), definition: " ".into(), ..instruction() };
        let plan = PromptPlan { positive_examples: 0, ..PromptPlan::default() };
        let text = Template::new(&plan, &task, &words).prompt("coal {input}").text;
        let wanted = "[task7_colours] Now complete the following example -\nInput: coal {input}\nOutput: ";
        assert_eq!(text, wanted);
    }

    #[test]
    fn an_example_too_long_ends_the_list_though_the_next_would_fit() {
        let mut long_first = instruction();
        long_first.positive_examples[0].input = "grass ".repeat(100);
        let plan = PromptPlan { max_source_tokens: 60, negative_examples: 1, ..PromptPlan::default() };
        let prompt = Template::new(&plan, &long_first, &words).prompt("coal");
        assert!(!prompt.text.contains("Positive Example"), "{}", prompt.text);
        assert!(prompt.text.contains("Negative Example 1"), "{}", prompt.text);
        assert_eq!((prompt.examples, prompt.dropped_examples), (1, 2));
    }

    #[test]
    fn an_input_beyond_the_limit_is_said_to_be_truncated() {
        let plan = PromptPlan { max_source_tokens: 5, ..PromptPlan::default() };
        let prompt = prompt(&plan, "coal");
        assert!(prompt.truncated);
        assert_eq!(prompt.tokens, words(&prompt.text));
        assert_eq!((prompt.examples, prompt.dropped_examples), (0, 2));
    }
}
