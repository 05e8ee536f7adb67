//! The form of the prompt: the words around what a task says, what parts them, and the order in which they come.

#![forbid(unsafe_code)]

mod order;
mod separators;
mod task_name;
mod template;

use placebo_plugin_api::{Instruction, PromptForm, TransformItem, Transformed};

placebo_plugin_api::export_plugin! {
    transforms: [template::Template, order::Order, separators::Separators, task_name::TaskName]
}

/// The item with its prompt in another form, made from the one that it has.
fn reformed(item: TransformItem, reform: impl FnOnce(PromptForm) -> PromptForm) -> Transformed {
    let mut instruction = item.instruction;
    instruction.form = Some(reform(instruction.form.take().unwrap_or_default()));
    Transformed::new(instruction)
}

/// A task to show what becomes of its prompt.
fn task() -> Instruction {
    Instruction { definition: "Name the colour.".to_string(), ..Instruction::default() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_are_good_plugins() {
        placebo_plugin_api::testing::check(&super::PLUGINS);
    }
}
