//! The sample tasks that Placebo is shipped with: small grammars that ask questions and know the answers.
//!
//! A [`Template`](template::Template) is what a person writes: a definition, an output space, and a function that asks
//! one question. [`compose`](compose::compose) draws a whole task from it, and [`official`] writes the layout of
//! Super-NaturalInstructions. Everything is drawn from fixed seeds, so the same files come out everywhere.

pub mod compose;
pub mod draw;
pub mod official;
pub mod template;
mod training;
mod unseen;
mod words;

use compose::{Task, compose};

/// The training tasks, in the order of the split file.
pub fn training() -> Vec<Task> {
    training::FAMILIES.iter().copied().flatten().map(compose).collect()
}

/// The test tasks, of categories that no training task has.
pub fn unseen() -> Vec<Task> {
    unseen::FAMILIES.iter().copied().flatten().map(compose).collect()
}
