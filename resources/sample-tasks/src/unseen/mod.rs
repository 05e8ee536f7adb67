//! The test tasks, one file per family; no training task shares a category with them.

mod analogies;
mod answerability;
mod causes;
mod coreference;
mod correction;
mod dialogue;
mod entailment;
mod summaries;
mod tagging;

use crate::template::Template;

/// Every family, in the order of the split file.
pub const FAMILIES: &[&[Template]] = &[
    entailment::TASKS,
    causes::TASKS,
    coreference::TASKS,
    dialogue::TASKS,
    answerability::TASKS,
    analogies::TASKS,
    tagging::TASKS,
    summaries::TASKS,
    correction::TASKS,
];
