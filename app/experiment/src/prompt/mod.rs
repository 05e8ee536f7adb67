//! The prompt, byte for byte as Tk-Instruct's collator builds it (Wang et al., EMNLP 2022).
//!
//! ```text
//! <Task>. Definition: <definition>⏎⏎ Positive Example 1 -⏎Input: <input>⏎ Output: <output>⏎ Explanation: <…>⏎⏎
//!  Negative Example 1 -⏎…⏎⏎Now complete the following example -⏎Input: <input>⏎Output:␣
//! ```
//!
//! Every field is stripped as Python's `str.strip` does, and a full stop follows where the text so far does not end in
//! ASCII punctuation: an empty definition reads `Definition: .`. The target is no part of it and gets no full stop.

mod count;

use placebo_plugin_api::{Example, Instruction};

pub use count::TokenCounter;

use crate::plan::PromptPlan;
use count::Ruler;

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
    body: String,
    question: String,
    /// Tokens of body and question, as far as they are known without counting.
    tokens: Option<usize>,
    examples: usize,
}

impl<'t> Template<'t> {
    /// The template of a task whose instruction, perhaps rewritten, is `instruction`.
    pub fn new(plan: &PromptPlan, instruction: &Instruction, tokens: &'t dyn TokenCounter) -> Self {
        let ruler = Ruler::new(tokens);
        let name = if plan.task_name { format!("{}. ", instruction.task) } else { String::new() };
        let definition = punctuated("Definition: ", &instruction.definition) + "\n\n";
        let examples = |title: &str, examples: &[Example], count: usize| -> Vec<Part> {
            let shown = examples.iter().take(count).enumerate();
            let texts =
                shown.map(|(index, example)| block(&format!(" {title} Example {} -", index + 1), example, plan));
            texts.map(|text| Part { tokens: ruler.middle(&text), text }).collect()
        };
        Template {
            task_name: Part {
                tokens: if plan.task_name { ruler.before(&name, &definition) } else { Some(0) },
                text: name,
            },
            definition: Part { tokens: ruler.beginning(&definition), text: definition },
            positive_examples: examples("Positive", &instruction.positive_examples, plan.positive_examples),
            negative_examples: examples("Negative", &instruction.negative_examples, plan.negative_examples),
            limit: plan.max_source_tokens,
            ruler,
        }
    }

    /// The prompt that asks for the answer to `input`.
    ///
    /// Examples are added while definition, examples so far, the next one and the input fit the limit. The task's name
    /// does not count, as it does not in the reference, so it can make a prompt too long.
    pub fn prompt(&self, input: &str) -> Prompt {
        let mut draft = self.draft(input);
        // A positive example that does not fit ends the positive ones; the negative ones are tried all the same.
        self.add_while_they_fit(&mut draft, &self.positive_examples);
        self.add_while_they_fit(&mut draft, &self.negative_examples);
        let text = [self.task_name.text.as_str(), &draft.body, &draft.question].concat();
        let known = draft.tokens.zip(self.task_name.tokens).map(|(draft, name)| draft + name);
        let tokens = known.unwrap_or_else(|| self.ruler.whole(&text));
        let wanted = self.positive_examples.len() + self.negative_examples.len();
        Prompt {
            text,
            examples: draft.examples,
            dropped_examples: wanted - draft.examples,
            tokens,
            truncated: tokens > self.limit,
        }
    }

    fn draft(&self, input: &str) -> Draft {
        let question = punctuated("Now complete the following example -\nInput: ", input) + "\nOutput: ";
        let tokens = self.definition.tokens.zip(self.ruler.end(&question)).map(|(before, after)| before + after);
        Draft { body: self.definition.text.clone(), question, tokens, examples: 0 }
    }

    fn add_while_they_fit(&self, draft: &mut Draft, examples: &[Part]) {
        for example in examples {
            let tokens = self.tokens_with(draft, example);
            if tokens > self.limit {
                return;
            }
            draft.body.push_str(&example.text);
            draft.tokens = Some(tokens);
            draft.examples += 1;
        }
    }

    fn tokens_with(&self, draft: &Draft, example: &Part) -> usize {
        let known = draft.tokens.zip(example.tokens).map(|(draft, example)| draft + example);
        known.unwrap_or_else(|| self.ruler.whole(&[draft.body.as_str(), &example.text, &draft.question].concat()))
    }
}

fn block(title: &str, example: &Example, plan: &PromptPlan) -> String {
    let mut block = format!("{title}\n");
    block += &punctuated("Input: ", &example.input);
    block += "\n";
    block += &punctuated(" Output: ", &example.output);
    block += "\n";
    if plan.explanations {
        block += &punctuated(" Explanation: ", &example.explanation);
        block += "\n";
    }
    block + "\n"
}

/// The stripped field after its heading, with a full stop unless the line ends in ASCII punctuation.
fn punctuated(heading: &str, field: &str) -> String {
    let line = format!("{heading}{}", strip(field));
    if line.ends_with(|last: char| last.is_ascii_punctuation()) { line } else { line + "." }
}

/// Python's `str.strip`, which knows four separators as white space that Unicode's property leaves out.
fn strip(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || ('\x1c'..='\x1f').contains(&character))
}

#[cfg(test)]
mod tests {
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
    fn punctuation_is_ascii_punctuation() {
        assert_eq!(punctuated("Input: ", "a~"), "Input: a~");
        assert_eq!(punctuated("Input: ", "a。"), "Input: a。.");
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
            let [by_parts, by_whole] = [&Threes as &dyn TokenCounter, &whole].map(|tokens| {
                ["", "coal ", &long].map(|input| Template::new(&plan, &instruction(), tokens).prompt(input))
            });
            assert_eq!(by_parts, by_whole, "at most {limit} tokens");
        }
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
