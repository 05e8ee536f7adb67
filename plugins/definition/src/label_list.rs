//! `definition.label-list`: the labels, and nothing else.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Setting, Settings, TaskKind, Transform, TransformItem, Transformed,
    WorkedExample,
};

/// Reduces the definition to a list of its labels.
pub struct LabelList;

const DOCUMENTATION: &str = "\
Replaces the definition of a classification task by its labels in one list, in the order of the output space: `before`, the labels \
with `between` between them, `after`. It differs from `definition.simplified` in its form only, so that one can tell what the form \
does. Blanks around a label and full stops after it are left out.

A generation task has no labels, so its definition becomes empty, and a note says so.";

impl Transform for LabelList {
    fn descriptor(&self) -> Descriptor {
        let settings = Settings::from([("before", "".into()), ("between", " | ".into()), ("after", "".into())]);
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Yin et al., Did You Read the Instructions?, ACL 2023: definitions reduced to their label space"
                .to_string(),
            settings: vec![
                Setting::text("before", "Possible answers: ", "what stands before the list"),
                Setting::text("between", ", ", "what stands between two labels"),
                Setting::text("after", ".", "what stands after the list"),
            ],
            examples: vec![
                listed("The labels in one sentence", "Possible answers: positive, negative."),
                listed("Bare labels", "positive | negative").with(settings),
            ],
            ..Descriptor::transform("definition.label-list", "Only a list of the labels", &[Part::Definition])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let labels = item.instruction.label_texts();
        let list = labels.join(settings.text("between")?);
        if labels.is_empty() {
            let instruction = Instruction { definition: String::new(), ..item.instruction };
            return Ok(Transformed { instruction, notes: vec!["no labels named: definition left empty".to_string()] });
        }
        let definition = format!("{}{list}{}", settings.text("before")?, settings.text("after")?);
        Ok(Transformed::new(Instruction { definition, ..item.instruction }))
    }
}

fn listed(title: &str, after: &str) -> WorkedExample {
    let before = Instruction {
        kind: TaskKind::Classification,
        labels: vec!["positive".to_string(), "negative.".to_string()],
        definition: "Decide whether the author of the review is pleased. Answer positive or negative.".to_string(),
        ..Instruction::default()
    };
    let after = Instruction { definition: after.to_string(), ..before.clone() };
    WorkedExample::transform(title, TransformItem::new(before), Transformed::new(after))
}
