//! What the window knows: everything that pages draw from, changed by messages and commands alone.

mod answers;
mod compare;
mod draft;
mod notices;
mod palette;
mod results;
mod run;
mod tasks;
mod workbench;

pub use answers::{AnswerRow, Answers, Asked, Behind, Given, Sheet, Verdict};
pub use compare::{Chart, Compare, Picture};
pub use draft::{Check, Counted, Draft, Outlook, Prompt, Shown};
pub use notices::{Notice, Notices, Tone};
pub use palette::PaletteState;
pub use results::Results;
pub use run::{Curve, LogLine, Progress, RunView};
pub use tasks::{TaskBook, TaskFilter, Tasks};
pub use workbench::{Examination, Trial, Workbench};

use crate::settings::Settings;
use crate::theme::Inks;
use placebo_experiment::plugin::Registry;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The pages, in the order of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// Where to begin.
    #[default]
    Start,
    /// The plan.
    Experiment,
    /// The task collection.
    Tasks,
    /// The queue.
    Runs,
    /// Conditions side by side.
    Compare,
    /// Answers side by side.
    Answers,
    /// Transforms and metrics.
    Plugins,
}

impl Page {
    /// All of them.
    pub const ALL: [Page; 7] =
        [Page::Start, Page::Experiment, Page::Tasks, Page::Runs, Page::Compare, Page::Answers, Page::Plugins];
}

/// Everything.
#[derive(Debug, Default)]
pub struct State {
    /// The page shown.
    pub page: Page,
    /// What is remembered from start to start.
    pub settings: Settings,
    /// What is to be read and dismissed.
    pub notices: Notices,
    /// Whether the palette is open.
    pub palette: bool,
    /// The plan in the making.
    pub draft: Draft,
    /// The open results.
    pub results: Results,
    /// What they say.
    pub compare: Compare,
    /// What the models answered.
    pub answers: Answers,
    /// The plan's task collection.
    pub tasks: Tasks,
    /// The plugins, once they are loaded.
    pub plugins: Option<Arc<Registry>>,
    /// What is looked at and tried of them.
    pub workbench: Workbench,
}

impl State {
    /// The colours of the conditions of the open results and of the plan: one set, so that all pages agree.
    pub fn inks(&self) -> Inks {
        let results = self.results.conditions();
        if self.page == Page::Experiment || results.is_empty() {
            return Inks::of(self.draft.plan.conditions.iter().map(|condition| condition.name.as_str()));
        }
        Inks::of(results)
    }
}
