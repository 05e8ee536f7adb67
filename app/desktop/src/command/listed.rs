//! The commands that menus and the palette list, each with its words, its icon and its shortcut.

use super::{Command, ctrl, ctrl_shift};
use crate::state::Page;
use crate::theme::ThemeChoice;
use egui::{Key, KeyboardShortcut};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_ADD, ICON_CLOSE, ICON_CONTRAST, ICON_DARK_MODE, ICON_DOWNLOAD, ICON_EXTENSION, ICON_FACT_CHECK,
    ICON_FILE_OPEN, ICON_FOLDER_OPEN, ICON_FORMAT_LIST_BULLETED, ICON_HOME, ICON_INSERT_CHART, ICON_LIGHT_MODE,
    ICON_PLAY_ARROW, ICON_REDO, ICON_REFRESH, ICON_REPLAY, ICON_RESTART_ALT, ICON_SAVE, ICON_SCIENCE, ICON_SEARCH,
    ICON_STOP, ICON_TIMELINE, ICON_UNDO, ICON_ZOOM_IN, ICON_ZOOM_OUT,
};

/// The menus, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// Plans and results.
    File,
    /// The plan.
    Edit,
    /// Runs.
    Run,
    /// Pages and looks.
    View,
}

impl Menu {
    /// All of them.
    pub const ALL: [Menu; 4] = [Menu::File, Menu::Edit, Menu::Run, Menu::View];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Menu::File => "File",
            Menu::Edit => "Edit",
            Menu::Run => "Run",
            Menu::View => "View",
        }
    }
}

/// A command with its words.
#[derive(Debug)]
pub struct Listing {
    /// The command.
    pub command: Command,
    /// Its name on buttons and menus.
    pub title: &'static str,
    /// What it does, in a sentence without a full stop.
    pub help: &'static str,
    /// Its sign.
    pub icon: MaterialIcon,
    /// Its keys.
    pub shortcut: Option<KeyboardShortcut>,
    /// Where it hangs.
    pub menu: Menu,
}

const fn listing(
    menu: Menu,
    command: Command,
    (icon, title, help): (MaterialIcon, &'static str, &'static str),
    shortcut: Option<KeyboardShortcut>,
) -> Listing {
    Listing { command, title, help, icon, shortcut, menu }
}

/// All of them, in the order of the menus.
pub static LISTED: &[Listing] = &[
    listing(
        Menu::File,
        Command::NewExperiment,
        (ICON_ADD, "New experiment", "Compose a plan from nothing"),
        ctrl(Key::N),
    ),
    listing(
        Menu::File,
        Command::TakeSample,
        (ICON_SCIENCE, "Compose from the sample", "Take the bundled experiment as the beginning of a plan of your own"),
        None,
    ),
    listing(Menu::File, Command::ChoosePlan, (ICON_FILE_OPEN, "Open plan…", "Open a plan, a TOML file"), ctrl(Key::O)),
    listing(
        Menu::File,
        Command::ChooseResults,
        (ICON_FOLDER_OPEN, "Open results…", "Open a folder that `placebo run` wrote to"),
        ctrl_shift(Key::O),
    ),
    listing(Menu::File, Command::SavePlan, (ICON_SAVE, "Save plan", "Write the plan to its file"), ctrl(Key::S)),
    listing(
        Menu::File,
        Command::SavePlanAs,
        (ICON_SAVE, "Save plan as…", "Write the plan to another file"),
        ctrl_shift(Key::S),
    ),
    listing(
        Menu::File,
        Command::ChoosePlugin,
        (ICON_EXTENSION, "Add a plugin…", "Choose a plugin's folder or a folder of plugins, for this plan to use"),
        None,
    ),
    listing(
        Menu::File,
        Command::Export,
        (ICON_DOWNLOAD, "Export figure and tables…", "Write the comparison as figures, tables and numbers"),
        ctrl(Key::E),
    ),
    listing(
        Menu::File,
        Command::Quit,
        (ICON_CLOSE, "Close the window", "Close the window; runs go on without it"),
        ctrl(Key::Q),
    ),
    listing(Menu::Edit, Command::Undo, (ICON_UNDO, "Undo", "Take the last change of the plan back"), ctrl(Key::Z)),
    listing(Menu::Edit, Command::Redo, (ICON_REDO, "Redo", "Do the last change again"), ctrl_shift(Key::Z)),
    listing(
        Menu::Run,
        Command::RunSample,
        (
            ICON_PLAY_ARROW,
            "Run the sample experiment",
            "Four conditions on sample tasks: about a minute on two cores, no download",
        ),
        None,
    ),
    listing(
        Menu::Run,
        Command::RunPlan,
        (ICON_PLAY_ARROW, "Run this plan", "Perform every run of the plan that is not finished"),
        ctrl(Key::Enter),
    ),
    listing(
        Menu::Run,
        Command::Resume,
        (ICON_REPLAY, "Resume unfinished runs", "Go on with runs that wait, were stopped or have failed"),
        ctrl(Key::R),
    ),
    listing(
        Menu::Run,
        Command::RetryFailed,
        (ICON_RESTART_ALT, "Retry failed runs", "Take up the runs that failed, and no others"),
        None,
    ),
    listing(
        Menu::Run,
        Command::StopAll,
        (ICON_STOP, "Stop and save", "Ask what is running to save and end; it can be resumed"),
        ctrl(Key::Period),
    ),
    listing(
        Menu::Run,
        Command::Refresh,
        (ICON_REFRESH, "Read results anew", "Look at the folder of results again"),
        Some(KeyboardShortcut::new(egui::Modifiers::NONE, Key::F5)),
    ),
    listing(
        Menu::View,
        Command::Show(Page::Start),
        (ICON_HOME, "Start", "Where to begin, and what was open recently"),
        ctrl(Key::Num1),
    ),
    listing(
        Menu::View,
        Command::Show(Page::Experiment),
        (ICON_SCIENCE, "Experiment", "Compose a plan: tasks, conditions, model, seeds"),
        ctrl(Key::Num2),
    ),
    listing(
        Menu::View,
        Command::Show(Page::Tasks),
        (ICON_FORMAT_LIST_BULLETED, "Tasks", "Browse the tasks of the plan's collection"),
        ctrl(Key::Num3),
    ),
    listing(
        Menu::View,
        Command::Show(Page::Runs),
        (ICON_TIMELINE, "Runs", "Watch the runs: progress, curves, logs"),
        ctrl(Key::Num4),
    ),
    listing(
        Menu::View,
        Command::Show(Page::Compare),
        (ICON_INSERT_CHART, "Compare", "Conditions side by side, with intervals"),
        ctrl(Key::Num5),
    ),
    listing(
        Menu::View,
        Command::Show(Page::Answers),
        (ICON_FACT_CHECK, "Answers", "What the models answered, side by side"),
        ctrl(Key::Num6),
    ),
    listing(
        Menu::View,
        Command::Show(Page::Plugins),
        (ICON_EXTENSION, "Plugins", "Transforms and metrics: what is loaded and what was refused"),
        ctrl(Key::Num7),
    ),
    listing(
        Menu::View,
        Command::TogglePalette,
        (ICON_SEARCH, "All commands…", "Find any command by its name"),
        ctrl(Key::K),
    ),
    listing(
        Menu::View,
        Command::SetTheme(ThemeChoice::System),
        (ICON_CONTRAST, "Theme of the system", "Light or dark as the system has it"),
        None,
    ),
    listing(
        Menu::View,
        Command::SetTheme(ThemeChoice::Light),
        (ICON_LIGHT_MODE, "Light theme", "Dark text on a light page"),
        None,
    ),
    listing(
        Menu::View,
        Command::SetTheme(ThemeChoice::Dark),
        (ICON_DARK_MODE, "Dark theme", "Light text on a dark page"),
        None,
    ),
    listing(Menu::View, Command::ZoomIn, (ICON_ZOOM_IN, "Larger", "Everything a tenth larger"), ctrl(Key::Plus)),
    listing(Menu::View, Command::ZoomOut, (ICON_ZOOM_OUT, "Smaller", "Everything a tenth smaller"), ctrl(Key::Minus)),
    listing(
        Menu::View,
        Command::ZoomReset,
        (ICON_SEARCH, "Usual size", "Everything at its usual size"),
        ctrl(Key::Num0),
    ),
];
