//! `format.template`: the words of another prompt template.

use placebo_plugin_api::{
    Descriptor, Part, PluginError, PromptForm, Setting, Settings, Transform, TransformItem, Transformed, WorkedExample,
};

use crate::{reformed, task};

/// Lays prompts out as other collections do.
pub struct Template;

const DOCUMENTATION: &str = "\
Lays the prompt out as another collection does:

- `flan`: `{definition}`, then `Q: {input}` and `A: ` on lines of their own; one of the patterns of the FLAN 2022 collection for this \
data. Examples are shown as the question is, with their answers, a blank line after each.
- `alpaca`: the template of Stanford Alpaca for an instruction with an input. It has no examples; they are shown under the same \
headings, before the question. An empty input keeps its heading.
- `plain`: definition, examples and input without any words around them, a blank line between two of them.
- `tk-instruct`: the form that prompts have anyway.

White space around what a task says is dropped in all of them. `tk-instruct` sets a full stop where a text does not end in punctuation; \
the others show texts as they are, and leave an empty definition out. Explanations, where the plan shows them, follow an example's \
answer on a line of their own. A wrong example stands under `Wrong` in `flan` and `plain`, and under `### Wrong response:` in `alpaca`.";

impl Transform for Template {
    fn descriptor(&self) -> Descriptor {
        let options = ["flan", "alpaca", "plain", "tk-instruct"];
        let after = placebo_plugin_api::Instruction { form: Some(plain()), ..task() };
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent:
                "Longpre et al., The FLAN Collection, ICML 2023; Taori et al., Stanford Alpaca, 2023; Wang et al., \
                        Super-NaturalInstructions, EMNLP 2022"
                    .to_string(),
            settings: vec![Setting::choice("template", &options, "whose words stand around the task's")],
            examples: vec![
                WorkedExample::transform("No words at all", TransformItem::new(task()), Transformed::new(after))
                    .with(Settings::from([("template", "plain".into())])),
            ],
            ..Descriptor::transform("format.template", "The words of another prompt template", &[Part::Format])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let template = match settings.text("template")? {
            "flan" => flan(),
            "alpaca" => alpaca(),
            "plain" => plain(),
            _ => PromptForm::default(),
        };
        // The name and the order are other transforms' affairs.
        Ok(reformed(item, |form| PromptForm { task_name: form.task_name, order: form.order, ..template }))
    }
}

/// Without full stops, and without a definition that says nothing.
fn bare() -> PromptForm {
    PromptForm { full_stops: false, empty_definition: false, example_end: "\n".to_string(), ..PromptForm::default() }
}

fn flan() -> PromptForm {
    PromptForm {
        definition: "{definition}\n".to_string(),
        positive_example: "Q: {input}\nA: {output}\n".to_string(),
        negative_example: "Q: {input}\nWrong: {output}\n".to_string(),
        explanation: "{explanation}\n".to_string(),
        input: "Q: {input}\n".to_string(),
        answer: "A: ".to_string(),
        ..bare()
    }
}

fn alpaca() -> PromptForm {
    const OPENING: &str = "Below is an instruction that describes a task, paired with an input that provides further context. \
                           Write a response that appropriately completes the request.";
    PromptForm {
        definition: format!("{OPENING}\n\n### Instruction:\n{{definition}}\n\n"),
        positive_example: "### Input:\n{input}\n\n### Response:\n{output}\n".to_string(),
        negative_example: "### Input:\n{input}\n\n### Wrong response:\n{output}\n".to_string(),
        explanation: "{explanation}\n".to_string(),
        input: "### Input:\n{input}\n\n".to_string(),
        answer: "### Response:".to_string(),
        ..bare()
    }
}

fn plain() -> PromptForm {
    PromptForm {
        definition: "{definition}\n\n".to_string(),
        positive_example: "{input}\n{output}\n".to_string(),
        negative_example: "{input}\nWrong: {output}\n".to_string(),
        explanation: "{explanation}\n".to_string(),
        input: "{input}\n".to_string(),
        answer: String::new(),
        ..bare()
    }
}
