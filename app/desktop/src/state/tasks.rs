//! The plan's task collection, as far as the window needs it.

use placebo_experiment::load::TaskSet;
use placebo_experiment::plan::DataPlan;
use placebo_experiment::split::Split;
use placebo_experiment::task::Task;
use placebo_plugin_api::{Stage, TaskKind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The tasks of both splits, with a few instances each.
#[derive(Debug, Default, PartialEq)]
pub struct TaskBook {
    /// Tasks to learn from.
    pub train: TaskSet,
    /// Tasks to be tested on.
    pub test: TaskSet,
}

impl TaskBook {
    /// The tasks with their splits.
    pub fn all(&self) -> impl Iterator<Item = (Split, &Task)> {
        let train = self.train.tasks.iter().map(|task| (Split::Train, task));
        train.chain(self.test.tasks.iter().map(|task| (Split::Test, task)))
    }

    /// The tasks of the split that a stage reads.
    pub fn of_stage(&self, stage: Stage) -> &[Task] {
        match stage {
            Stage::Train => &self.train.tasks,
            Stage::Test => &self.test.tasks,
        }
    }

    /// The categories of all tasks, sorted.
    pub fn categories(&self) -> BTreeSet<&str> {
        self.all().flat_map(|(_, task)| task.categories.iter().map(String::as_str)).collect()
    }

    /// The task of a name.
    pub fn find(&self, name: &str) -> Option<(Split, &Task)> {
        self.all().find(|(_, task)| task.name == name)
    }
}

/// Which tasks are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskFilter {
    /// Words of the name or of a category.
    pub text: String,
    /// Tasks of this kind.
    pub kind: Option<TaskKind>,
    /// Tasks of this split.
    pub split: Option<Split>,
    /// Tasks of this category.
    pub category: Option<String>,
}

impl TaskFilter {
    /// Whether a task is looked for.
    pub fn admits(&self, split: Split, task: &Task) -> bool {
        let words = self.text.to_lowercase();
        let has = |text: &str| text.to_lowercase().contains(&words);
        self.kind.is_none_or(|kind| kind == task.output_space.kind)
            && self.split.is_none_or(|wanted| wanted == split)
            && self.category.as_ref().is_none_or(|category| task.categories.contains(category))
            && (words.is_empty() || has(&task.name) || task.categories.iter().any(|category| has(category)))
    }
}

/// The collection and what of it is looked at.
#[derive(Debug, Default)]
pub struct Tasks {
    /// What was read, or is being read.
    pub data: Option<DataPlan>,
    /// The seed that its training instances are drawn with.
    pub seed: u64,
    /// The tasks, or why there are none; nothing while they are read.
    pub book: Option<Result<Arc<TaskBook>, String>>,
    /// What is looked for.
    pub filter: TaskFilter,
    /// The task shown.
    pub shown: Option<String>,
}

impl Tasks {
    /// The tasks, once they are read.
    pub fn read(&self) -> Option<&Arc<TaskBook>> {
        self.book.as_ref().and_then(|book| book.as_ref().ok())
    }
}
