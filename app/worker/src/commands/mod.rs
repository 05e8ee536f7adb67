//! One module per command: its arguments and what it does with them.

mod asked;
pub mod bench;
pub mod bundle;
mod collection;
pub mod compare;
pub mod demo;
pub mod figure;
pub mod model;
mod named;
pub mod plugin;
pub mod plugin_host;
pub mod power;
pub mod prompts;
pub mod report;
pub mod resume;
pub mod run;
pub mod score;
pub mod stop;
pub mod table;
pub mod tasks;
pub mod tokenizer;
pub mod verify;
pub mod window;
