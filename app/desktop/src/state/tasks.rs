//! The plan's task collection, as far as the window needs it.

use placebo_experiment::load::TaskSet;
use placebo_experiment::plan::DataPlan;
use placebo_experiment::split::Split;
use placebo_experiment::task::Task;
use placebo_plugin_api::Stage;
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

    /// The task of a name.
    pub fn find(&self, name: &str) -> Option<(Split, &Task)> {
        self.all().find(|(_, task)| task.name == name)
    }
}

/// The collection and what of it is looked at.
#[derive(Debug, Default)]
pub struct Tasks {
    /// What was read, or is being read.
    pub data: Option<DataPlan>,
    /// The tasks, or why there are none; nothing while they are read.
    pub book: Option<Result<Arc<TaskBook>, String>>,
    /// What is looked for.
    pub query: String,
    /// The places of tasks that fit it, by split and place.
    pub shown: Option<String>,
}

impl Tasks {
    /// The tasks, once they are read.
    pub fn read(&self) -> Option<&Arc<TaskBook>> {
        self.book.as_ref().and_then(|book| book.as_ref().ok())
    }
}
