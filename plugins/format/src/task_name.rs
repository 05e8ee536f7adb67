//! `format.task-name`: the task's name in front of the prompt.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, PromptForm, Settings, Transform, TransformItem, Transformed,
    WorkedExample,
};

use crate::{reformed, task};

/// Begins the prompt with the task's name.
pub struct TaskName;

const DOCUMENTATION: &str = "\
Begins the prompt with the name of the task's file and a full stop, such as `task843_financial_phrasebank_classification. `, as \
Tk-Instruct does with `add_task_name`. The name says more than nothing of the task, and tells tasks apart where a definition does not.

It is not counted where examples are fitted into the limit of a prompt, as it is not in Tk-Instruct.";

impl Transform for TaskName {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Wang et al., Super-NaturalInstructions, EMNLP 2022: one of the prompt's elements compared"
                .to_string(),
            examples: vec![WorkedExample::transform(
                "In front of everything",
                TransformItem::new(task()),
                Transformed::new(Instruction { form: Some(named(PromptForm::default())), ..task() }),
            )],
            ..Descriptor::transform("format.task-name", "The task's name in front of the prompt", &[Part::Format])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        Ok(reformed(item, named))
    }
}

fn named(form: PromptForm) -> PromptForm {
    PromptForm { task_name: "{task}. ".to_string(), ..form }
}
