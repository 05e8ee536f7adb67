//! The tasks that may lend something to another one, for transforms that see all tasks.

use crate::{Instruction, PluginError, Setting, Settings, TransformItem};

/// Which tasks may stand in for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Every other task.
    Any,
    /// Those that share a category with it.
    SameCategory,
    /// Those that share none.
    OtherCategory,
}

impl Kinship {
    /// The setting, called `category`, by which a plan chooses.
    pub fn setting() -> Setting {
        let options = ["any", "same", "other"];
        Setting::choice("category", &options, "whether the other task is of any, of the same, or of another category")
    }

    /// What the plan has chosen.
    ///
    /// # Errors
    /// The descriptor lacks [`Kinship::setting`].
    pub fn chosen(settings: &Settings) -> Result<Kinship, PluginError> {
        Ok(match settings.text("category")? {
            "same" => Kinship::SameCategory,
            "other" => Kinship::OtherCategory,
            _ => Kinship::Any,
        })
    }

    fn holds(self, one: &Instruction, other: &Instruction) -> bool {
        let shared = || one.categories.iter().any(|category| other.categories.contains(category));
        match self {
            Kinship::Any => true,
            Kinship::SameCategory => shared(),
            Kinship::OtherCategory => !shared(),
        }
    }
}

/// The other tasks of the item's stage that are of this kinship with it, sorted by name: never a task to be answered
/// for one to be learned, or the model would have seen it.
///
/// ```
/// use placebo_plugin_api::{Instruction, Kinship, TransformItem, other_tasks};
/// let item = |task: &str| TransformItem::new(Instruction { task: task.into(), ..Instruction::default() });
/// let items = [item("b"), item("a"), item("c")];
/// let names: Vec<_> = other_tasks(&items, &items[0], Kinship::Any).iter().map(|other| &other.task).collect();
/// assert_eq!(names, ["a", "c"]);
/// ```
pub fn other_tasks<'i>(items: &'i [TransformItem], item: &TransformItem, kinship: Kinship) -> Vec<&'i Instruction> {
    let task = &item.instruction;
    let is_other = |other: &&TransformItem| other.stage == item.stage && other.instruction.task != task.task;
    let of_stage = items.iter().filter(is_other).map(|other| &other.instruction);
    let mut others: Vec<&Instruction> = of_stage.filter(|other| kinship.holds(task, other)).collect();
    others.sort_by(|a, b| a.task.cmp(&b.task));
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stage;

    fn item(task: &str, categories: &[&str], stage: Stage) -> TransformItem {
        let categories = categories.iter().map(|category| category.to_string()).collect();
        TransformItem {
            stage,
            ..TransformItem::new(Instruction { task: task.into(), categories, ..Instruction::default() })
        }
    }

    #[test]
    fn kinship_and_stage_choose() {
        let items = [
            item("c", &["QA", "Math"], Stage::Train),
            item("b", &["Math"], Stage::Train),
            item("a", &["Titles"], Stage::Train),
            item("d", &["QA"], Stage::Test),
        ];
        let names = |kinship| {
            let others = other_tasks(&items, &items[0], kinship);
            others.iter().map(|other| other.task.as_str()).collect::<String>()
        };
        assert_eq!([Kinship::Any, Kinship::SameCategory, Kinship::OtherCategory].map(names), ["ab", "b", "a"]);
    }
}
