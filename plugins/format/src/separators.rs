//! `format.separators`: other marks between the parts of a prompt.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, PromptForm, Setting, Settings, Transform, TransformItem, Transformed,
    WorkedExample,
};

use crate::{reformed, task};

/// Replaces line breaks and colons of the form.
pub struct Separators;

const DOCUMENTATION: &str = "\
Replaces what parts a prompt's own words: every run of line breaks by `line`, and every colon after a heading by `colon`. In these \
settings `\\n` stands for a line break. What the task itself says keeps its line breaks and colons.

With the form of Tk-Instruct and the default settings a prompt begins `Definition - Name the colour. || `.";

impl Transform for Separators {
    fn descriptor(&self) -> Descriptor {
        let form = parted(PromptForm::default(), &Marks { line: " || ".to_string(), colon: " -".to_string() });
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Sclar et al., Quantifying Language Models' Sensitivity to Spurious Features in Prompt Design, ICLR 2024"
                .to_string(),
            settings: vec![
                Setting::text("line", " || ", "what stands for a line break"),
                Setting::text("colon", " -", "what stands for a heading's colon"),
            ],
            examples: vec![WorkedExample::transform(
                "On one line, without colons",
                TransformItem::new(task()),
                Transformed::new(Instruction { form: Some(form), ..task() }),
            )],
            ..Descriptor::transform("format.separators", "Other marks between the prompt's parts", &[Part::Format])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let mark = |name: &str| Ok::<_, PluginError>(settings.text(name)?.replace("\\n", "\n"));
        let marks = Marks { line: mark("line")?, colon: mark("colon")? };
        if [&marks.line, &marks.colon].iter().any(|mark| mark.contains('{')) {
            return Err(PluginError::new(
                "a separator must not hold a brace, which might stand for a part of the task",
            ));
        }
        Ok(reformed(item, |form| parted(form, &marks)))
    }
}

struct Marks {
    line: String,
    colon: String,
}

fn parted(mut form: PromptForm, marks: &Marks) -> PromptForm {
    let templates = [
        &mut form.task_name,
        &mut form.definition,
        &mut form.positive_example,
        &mut form.negative_example,
        &mut form.explanation,
        &mut form.example_end,
        &mut form.input,
        &mut form.answer,
    ];
    templates.into_iter().for_each(|template| *template = replaced(template, marks));
    form
}

fn replaced(template: &str, marks: &Marks) -> String {
    let mut text = String::new();
    let mut in_break = false;
    for character in template.chars() {
        match character {
            '\n' if in_break => {}
            '\n' => text += &marks.line,
            ':' => text += &marks.colon,
            other => text.push(other),
        }
        in_break = character == '\n';
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stay_and_what_parts_them_changes() {
        let marks = Marks { line: "; ".to_string(), colon: " =".to_string() };
        assert_eq!(replaced("Definition: {definition}\n\n", &marks), "Definition = {definition}; ");
        assert_eq!(replaced("Now -\nInput: {input}\n", &marks), "Now -; Input = {input}; ");
    }

    #[test]
    fn a_brace_is_refused() {
        let settings = Settings::from([("line", "{input}".into()), ("colon", ":".into())]);
        assert!(Separators.apply(TransformItem::default(), &settings).is_err());
    }
}
