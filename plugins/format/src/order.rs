//! `format.order`: the prompt's sections in another order.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, PromptForm, Section, Setting, Settings, Transform, TransformItem,
    Transformed, WorkedExample,
};

use crate::{reformed, task};

/// Puts definition, examples and input in another order.
pub struct Order;

const DOCUMENTATION: &str = "\
Shows the sections of a prompt in another order; the words around each stay with it, and what asks for the answer stays at the end.

- `examples-first`: examples, definition, input;
- `definition-last`: examples, input, definition;
- `input-first`: input, definition, examples;
- `negative-first`: definition, wrong examples, right examples, input.

Where a prompt is too long, its end is cut off as ever, so with `definition-last` the definition suffers before the input does.";

impl Transform for Order {
    fn descriptor(&self) -> Descriptor {
        let options = ["examples-first", "definition-last", "input-first", "negative-first"];
        let form = PromptForm { order: order("examples-first"), ..PromptForm::default() };
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Gonen et al., Demystifying Prompts in Language Models via Perplexity Estimation, 2022, and Mao et al., Do \
                        Prompt Positions Really Matter?, 2023: the place of the instruction"
                .to_string(),
            settings: vec![Setting::choice("order", &options, "which order the sections have")],
            examples: vec![WorkedExample::transform(
                "The definition between examples and input",
                TransformItem::new(task()),
                Transformed::new(Instruction { form: Some(form), ..task() }),
            )],
            ..Descriptor::transform("format.order", "The prompt's sections in another order", &[Part::Format])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let order = order(settings.text("order")?);
        Ok(reformed(item, |form| PromptForm { order, ..form }))
    }
}

fn order(name: &str) -> Vec<Section> {
    use Section::{Answer, Definition, Input, NegativeExamples as Wrong, PositiveExamples as Right};
    let order = match name {
        "definition-last" => [Right, Wrong, Input, Definition, Answer],
        "input-first" => [Input, Definition, Right, Wrong, Answer],
        "negative-first" => [Definition, Wrong, Right, Input, Answer],
        _ => [Right, Wrong, Definition, Input, Answer],
    };
    order.to_vec()
}
