//! One module per command: its arguments and what it does with them.

mod collection;
pub mod plugins;
pub mod score;
pub mod stop;
pub mod tasks;
