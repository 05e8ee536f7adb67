//! The window: composes plans, starts runs, watches their folders, and shows what they say.
//!
//! A frame is [`App::advance`] (take up messages, carry out commands) and [`App::draw`] (pages draw from `&State` and
//! push commands). Files, threads and statistics are the business of `job`s alone.

mod app;
mod command;
mod dialogs;
mod job;
mod launch;
mod message;
mod open;
mod pages;
mod perform;
mod settings;
mod shell;
mod state;
mod theme;
mod timings;
mod widgets;

pub use app::App;
pub use command::Command;
pub use dialogs::{Dialogs, Reply, Wanted};
pub use job::Jobs;
pub use open::{OpenError, Options, Renderer, open};
pub use perform::Desk;
pub use settings::{Height, Places, Settings};
pub use state::{Page, State, Verdict};
pub use theme::install;
pub use timings::Frames;
