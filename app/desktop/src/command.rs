//! Everything that a person can ask for: one flat enum behind menus, shortcuts, tooltips and the palette.

use crate::settings::Height;
use crate::state::Page;
use crate::theme::ThemeChoice;
use egui::{Key, KeyboardShortcut, Modifiers};
use egui_material_icons::MaterialIcon;
use placebo_experiment::plan::Plan;
use placebo_experiment::report::Question;
use placebo_experiment::report::figure::FigureSpec;
use std::num::NonZeroUsize;
use std::path::PathBuf;

mod listed;

pub use listed::{LISTED, Listing, Menu};

/// One thing asked for. Pages push these; `perform` carries them out.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Go to a page.
    Show(Page),
    /// Queue the bundled experiment and watch it.
    RunSample,
    /// Compose a plan from nothing.
    NewExperiment,
    /// Take the bundled experiment as the beginning of a plan.
    TakeSample,
    /// Choose a plan's file.
    ChoosePlan,
    /// Choose a folder of results.
    ChooseResults,
    /// Choose the folder of tasks of the plan.
    ChooseData,
    /// Choose the checkpoint's folder.
    ChooseCheckpoint,
    /// Open whatever lies at a path: a plan, a results folder, a task collection.
    Open(PathBuf),
    /// Have results written to another folder from now on.
    SetResults(PathBuf),
    /// Take a path off the list of recent ones.
    Forget(PathBuf),
    /// Write the plan to its file, or ask for one.
    SavePlan,
    /// Write the plan to another file.
    SavePlanAs,
    /// Have runs compute on another device from now on.
    SetDevice(String),
    /// Have so many runs go on side by side from now on; none leaves it to the program.
    SetJobs(Option<NonZeroUsize>),
    /// Replace the plan by an edited one.
    Edit(Box<Plan>),
    /// Take the last edit back.
    Undo,
    /// Do it again.
    Redo,
    /// Begin, change or end editing the plan as text.
    EditText(Option<String>),
    /// Make the edited text the plan.
    ApplyText,
    /// Look at another prompt.
    Preview(crate::state::Shown),
    /// Queue the plan's runs.
    RunPlan,
    /// Take up the unfinished runs of the open results.
    Resume,
    /// Take up some runs.
    ResumeRuns(Vec<PathBuf>),
    /// Take up the runs that failed.
    RetryFailed,
    /// Ask some runs to save and end.
    Stop(Vec<PathBuf>),
    /// Have a waiting run taken before the others, or in its turn again.
    TakeFirst(PathBuf, bool),
    /// Ask every run to save and end.
    StopAll,
    /// Look at one run.
    Select(PathBuf),
    /// Mark a run, to do something with several; or take the mark away.
    Mark(PathBuf),
    /// Read the results anew.
    Refresh,
    /// Ask the results another question.
    Ask(Box<Question>),
    /// Show another kind of chart, or dress it differently.
    Dress(Box<FigureSpec>),
    /// Have charts drawn this high from now on.
    SetCharts(Height),
    /// Show the numbers that the study reports beside one's own, or not.
    ShowReported(bool),
    /// Score the finished runs with one metric more.
    AddMetric(String),
    /// Write the figure and the tables.
    Export,
    /// Show answers of these runs.
    CompareAnswers(crate::state::Asked),
    /// Look at one row of the answers closely, or at none.
    ShowAnswer(Option<usize>),
    /// Write the answers shown.
    ExportAnswers,
    /// Show one task.
    ShowTask(String),
    /// Look for tasks.
    FindTasks(crate::state::TaskFilter),
    /// Show one plugin.
    ShowPlugin(String),
    /// Load the plugins again.
    LoadPlugins,
    /// Choose a plugin's folder for the plan to name.
    ChoosePlugin,
    /// Put an example before a plugin.
    Try(Box<crate::state::Trial>),
    /// Let the plugins at a path run from now on.
    Trust(PathBuf),
    /// Examine the plugins at a path.
    Examine(PathBuf),
    /// Read the task collection anew.
    ReadTasks,
    /// Put a text on the clipboard.
    Copy(String),
    /// Take a notice away.
    Dismiss(u64),
    /// Open or close the palette.
    TogglePalette,
    /// Light, dark or as the system has it.
    SetTheme(ThemeChoice),
    /// Everything larger.
    ZoomIn,
    /// Everything smaller.
    ZoomOut,
    /// The usual size.
    ZoomReset,
    /// Close the window; runs go on.
    Quit,
}

impl Command {
    /// How lists name it; commands that need something pointed at are in no list.
    pub fn listing(&self) -> Option<&'static Listing> {
        LISTED.iter().find(|listing| listing.command == *self)
    }

    /// Its name on buttons and menus.
    pub fn title(&self) -> &'static str {
        self.listing().map_or("", |listing| listing.title)
    }

    /// What it does, for tooltips, with its shortcut.
    pub fn tooltip(&self) -> String {
        let Some(listing) = self.listing() else { return String::new() };
        match listing.shortcut {
            Some(shortcut) => format!("{} ({})", listing.help, keys(shortcut)),
            None => listing.help.to_owned(),
        }
    }

    /// Its icon.
    pub fn icon(&self) -> Option<MaterialIcon> {
        self.listing().map(|listing| listing.icon)
    }
}

/// A shortcut as this system writes it.
pub fn keys(shortcut: KeyboardShortcut) -> String {
    let is_mac = cfg!(target_os = "macos");
    let names = if is_mac { egui::ModifierNames::SYMBOLS } else { egui::ModifierNames::NAMES };
    shortcut.format(&names, is_mac)
}

const fn ctrl(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::COMMAND, key))
}

const fn ctrl_shift(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_commands_share_a_name_or_a_shortcut() {
        let titles: BTreeSet<_> = LISTED.iter().map(|listing| listing.title).collect();
        assert_eq!(titles.len(), LISTED.len());
        let shortcuts: Vec<_> = LISTED.iter().filter_map(|listing| listing.shortcut).map(keys).collect();
        assert_eq!(shortcuts.iter().collect::<BTreeSet<_>>().len(), shortcuts.len(), "{shortcuts:?}");
    }

    #[test]
    fn every_listed_command_says_what_it_does() {
        for listing in LISTED {
            assert!(!listing.title.is_empty() && listing.help.len() > 10, "{:?}", listing.command);
        }
    }
}
