//! The training tasks, one file per family.

mod answers;
mod extraction;
mod forms;
mod grammar;
mod intentions;
mod lists;
mod meaning;
mod numbers;
mod orthography;
mod rewriting;
mod sentiment;
mod time;
mod topics;

use crate::template::Template;

/// Every family, in the order of the split file.
pub const FAMILIES: &[&[Template]] = &[
    numbers::TASKS,
    sentiment::TASKS,
    intentions::TASKS,
    topics::TASKS,
    grammar::TASKS,
    meaning::TASKS,
    orthography::TASKS,
    time::TASKS,
    lists::TASKS,
    forms::TASKS,
    extraction::TASKS,
    rewriting::TASKS,
    answers::TASKS,
];
