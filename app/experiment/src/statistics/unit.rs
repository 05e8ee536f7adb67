//! The unit of resampling: what could have come out otherwise, and so to what an answer generalises.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a resample draws anew; what it does not draw stays as it was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Other seeds on these very tasks.
    Seeds,
    /// Other tasks of the kind under these very seeds.
    Tasks,
    /// Other instances of these very tasks under these very seeds.
    Instances,
    /// Other seeds and other tasks.
    #[default]
    SeedsAndTasks,
    /// Other seeds, other tasks, and other instances of each task.
    SeedsTasksAndInstances,
}

/// One kind of unit by itself, as tests take it for independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// One number per seed.
    Seeds,
    /// One number per task.
    Tasks,
    /// One number per instance.
    Instances,
}

impl Level {
    /// The unit that draws nothing else.
    pub fn unit(self) -> Unit {
        match self {
            Level::Seeds => Unit::Seeds,
            Level::Tasks => Unit::Tasks,
            Level::Instances => Unit::Instances,
        }
    }
}

impl Unit {
    /// All of them.
    pub const ALL: [Unit; 5] =
        [Unit::Seeds, Unit::Tasks, Unit::Instances, Unit::SeedsAndTasks, Unit::SeedsTasksAndInstances];

    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Seeds => "seeds",
            Unit::Tasks => "tasks",
            Unit::Instances => "instances",
            Unit::SeedsAndTasks => "seeds-and-tasks",
            Unit::SeedsTasksAndInstances => "seeds-tasks-and-instances",
        }
    }

    /// The level, where there is only one.
    pub fn level(self) -> Option<Level> {
        match self {
            Unit::Seeds => Some(Level::Seeds),
            Unit::Tasks => Some(Level::Tasks),
            Unit::Instances => Some(Level::Instances),
            Unit::SeedsAndTasks | Unit::SeedsTasksAndInstances => None,
        }
    }

    /// Whether seeds are drawn anew.
    pub fn has_seeds(self) -> bool {
        matches!(self, Unit::Seeds | Unit::SeedsAndTasks | Unit::SeedsTasksAndInstances)
    }

    /// Whether tasks are drawn anew.
    pub fn has_tasks(self) -> bool {
        matches!(self, Unit::Tasks | Unit::SeedsAndTasks | Unit::SeedsTasksAndInstances)
    }

    /// Whether instances are drawn anew within their task.
    pub fn has_instances(self) -> bool {
        matches!(self, Unit::Instances | Unit::SeedsTasksAndInstances)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Unit::Seeds => "seeds",
            Unit::Tasks => "tasks",
            Unit::Instances => "instances",
            Unit::SeedsAndTasks => "seeds × tasks",
            Unit::SeedsTasksAndInstances => "seeds × tasks × instances",
        })
    }
}
