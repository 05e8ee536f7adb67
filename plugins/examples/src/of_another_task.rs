//! `examples.of-another-task`: another task's examples.

use placebo_plugin_api::{
    Descriptor, Instruction, Kinship, Part, PluginError, Rng, Settings, Transform, TransformItem, Transformed,
    WorkedExample, other_tasks,
};

use crate::outputs::reviews;

/// Gives every task the examples of another.
pub struct OfAnotherTask;

const DOCUMENTATION: &str = "\
Replaces the positive examples by those of another task of the same stage, drawn at random for each task: of any category, of the \
same (`same`), or of another (`other`). Only tasks that can show as many examples as the task itself come into question. Negative \
examples stay. Where there is no such task, the examples stay and a note says so; otherwise a note names the other task.";

impl Transform for OfAnotherTask {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent:
                "Min et al., Rethinking the Role of Demonstrations, EMNLP 2022: demonstrations out of distribution"
                    .to_string(),
            settings: vec![Kinship::setting()],
            examples: vec![alone()],
            ..Descriptor::random_transform("examples.of-another-task", "Another task's examples", &[Part::Examples])
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

const NO_OTHER: &str = "no other task with as many examples: examples left as they were";

fn with_another(item: &TransformItem, items: &[TransformItem], kinship: Kinship) -> Transformed {
    let instruction = item.instruction.clone();
    let wanted = item.example_slots.min(instruction.positive_examples.len());
    let mut others = other_tasks(items, item, kinship);
    others.retain(|other| other.positive_examples.len() >= wanted.max(1));
    match Rng::from_seed(item.seed).choose(&others) {
        Some(other) => {
            let positive_examples = other.positive_examples.clone();
            let notes = vec![format!("examples of {}", other.task)];
            Transformed { instruction: Instruction { positive_examples, ..instruction }, notes }
        }
        None => Transformed { instruction, notes: vec![NO_OTHER.to_string()] },
    }
}

fn alone() -> WorkedExample {
    let task = reviews(&[("A joy.", "positive")]);
    let result = Transformed { instruction: task.clone(), notes: vec![NO_OTHER.to_string()] };
    WorkedExample::transform("A task alone keeps its examples", TransformItem::new(task), result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tasks_with_as_many_examples_lend() {
        let item = |task: &str, pairs: &[(&str, &str)]| {
            TransformItem::new(Instruction { task: task.to_string(), ..reviews(pairs) })
        };
        let items = [
            item("a", &[("1", "x"), ("2", "y")]),
            item("b", &[("3", "z")]),
            item("c", &[("4", "v"), ("5", "w"), ("6", "u")]),
        ];
        let settings = Settings::from([("category", "other".into())]);
        let results = OfAnotherTask.apply_all(items.to_vec(), &settings).unwrap();
        assert_eq!(results[0].instruction.positive_examples, items[2].instruction.positive_examples);
        assert_eq!(results[0].notes, ["examples of c"]);
        assert_ne!(results[1].instruction.positive_examples, items[1].instruction.positive_examples);
    }
}
