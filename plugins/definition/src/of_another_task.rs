//! `definition.of-another-task`: another task's definition.

use placebo_plugin_api::{
    Descriptor, Instruction, Kinship, Part, PluginError, Rng, Settings, Transform, TransformItem, Transformed,
    other_tasks,
};

use crate::alone;

/// Gives every task the definition of another.
pub struct OfAnotherTask;

const DOCUMENTATION: &str = "\
Replaces the definition by that of another task of the same stage, drawn at random for each task, so that one definition may serve \
several: of any category, of the same (`same`), or of another (`other`). Its text differs from the task's own and is not empty. \
Labels that it names are the other task's. Where there is no such task, the definition stays and a note says so; otherwise a note \
names the other task.

`definition.shuffled` uses every definition once instead.";

impl Transform for OfAnotherTask {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent:
                "Webson & Pavlick, Do Prompt-Based Models Really Understand the Meaning of Their Prompts?, NAACL 2022: \
                        misleading instructions"
                    .to_string(),
            settings: vec![Kinship::setting()],
            examples: vec![alone("A task alone keeps its definition", NO_OTHER)],
            ..Descriptor::random_transform(
                "definition.of-another-task",
                "Another task's definition",
                &[Part::Definition],
            )
            .seeing_all_tasks()
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        self.apply_all(vec![item], settings).map(|mut alone| alone.remove(0))
    }

    fn apply_all(&self, items: Vec<TransformItem>, settings: &Settings) -> Result<Vec<Transformed>, PluginError> {
        let kinship = Kinship::chosen(settings)?;
        Ok(items.iter().map(|item| with_another(item, &items, kinship)).collect())
    }
}

const NO_OTHER: &str = "no other task with another definition: definition left as it was";

fn with_another(item: &TransformItem, items: &[TransformItem], kinship: Kinship) -> Transformed {
    let own = &item.instruction;
    let mut others = other_tasks(items, item, kinship);
    others.retain(|other| other.definition != own.definition && !other.definition.trim().is_empty());
    let instruction = own.clone();
    match Rng::from_seed(item.seed).choose(&others) {
        Some(other) => {
            let definition = other.definition.clone();
            let notes = vec![format!("definition of {}", other.task)];
            Transformed { instruction: Instruction { definition, ..instruction }, notes }
        }
        None => Transformed { instruction, notes: vec![NO_OTHER.to_string()] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(task: &str, category: &str, definition: &str) -> TransformItem {
        let (categories, definition) = (vec![category.to_string()], definition.to_string());
        TransformItem::new(Instruction { task: task.to_string(), categories, definition, ..Instruction::default() })
    }

    fn definitions(category: &str, items: &[TransformItem]) -> Vec<String> {
        let settings = Settings::from([("category", category.into())]);
        let results = OfAnotherTask.apply_all(items.to_vec(), &settings).unwrap();
        results.into_iter().map(|result| result.instruction.definition).collect()
    }

    #[test]
    fn categories_are_heeded() {
        let items =
            [item("a", "x", "A"), item("b", "x", "B"), item("c", "y", "C"), item("d", "x", ""), item("e", "x", "A")];
        assert_eq!(definitions("same", &items)[..3], ["B", definitions("same", &items)[1].as_str(), "C"]);
        assert_eq!(definitions("other", &items)[..2], ["C", "C"]);
        assert_eq!(definitions("same", &items)[1], "A");
    }

    #[test]
    fn nobody_keeps_its_own_and_order_does_not_matter() {
        let items: Vec<_> = (0..20).map(|n| item(&format!("t{n:02}"), "x", &format!("D{n}"))).collect();
        let forward = definitions("any", &items);
        assert!(items.iter().zip(&forward).all(|(item, definition)| item.instruction.definition != *definition));
        let backward: Vec<_> = items.iter().rev().cloned().collect();
        let mut back = definitions("any", &backward);
        back.reverse();
        assert_eq!(back, forward);
    }
}
