//! What the window remembers from one start to the next: a small file, and folders for drafts and logs beside it.

use crate::state::Page;
use crate::theme::ThemeChoice;
use placebo_experiment::plan::Plan;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// Names the folder of the settings, where the usual place is not wanted.
pub const VARIABLE: &str = "PLACEBO_SETTINGS";

/// The device that the program chooses by itself.
pub const AUTO: &str = "auto";

/// How many recent paths are kept.
const RECENT: usize = 12;

/// Everything remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark, or as the system has it.
    pub theme: ThemeChoice,
    /// How large everything is; 1 is usual.
    pub scale: f32,
    /// Where results go.
    pub results: PathBuf,
    /// Plans and results opened lately, the last one first.
    pub recent: Vec<PathBuf>,
    /// The results that were open.
    pub open: Option<PathBuf>,
    /// The page that was shown.
    pub page: Page,
    /// The window's width and height.
    pub size: [f32; 2],
    /// How high the charts of page Compare are.
    pub charts: Height,
    /// What runs compute on, as the command line has it.
    pub device: String,
    /// How many runs go on side by side; the program decides where nobody has.
    pub jobs: Option<NonZeroUsize>,
    /// Checkpoint → the tokens per second that it was last seen to learn, for estimates.
    pub paces: BTreeMap<String, f64>,
}

/// How high a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Height {
    /// To see chart and table at once.
    Low,
    /// About a third of the window.
    #[default]
    Usual,
    /// To tell points apart that stand close together.
    High,
}

impl Height {
    /// All of them, rising.
    pub const ALL: [Self; 3] = [Self::Low, Self::Usual, Self::High];

    /// The share of the window's height.
    pub fn share(self) -> f32 {
        match self {
            Self::Low => 0.22,
            Self::Usual => 0.32,
            Self::High => 0.62,
        }
    }

    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "less",
            Self::Usual => "usual",
            Self::High => "more",
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            scale: 1.0,
            results: default_results(),
            recent: Vec::new(),
            open: None,
            page: Page::Start,
            size: [1280.0, 800.0],
            charts: Height::Usual,
            device: AUTO.to_owned(),
            jobs: None,
            paces: BTreeMap::new(),
        }
    }
}

/// Beside where the program was started, as on the command line; at home where that is no place for files.
fn default_results() -> PathBuf {
    let here = std::env::current_dir().ok().filter(|folder| folder.parent().is_some());
    here.or_else(dirs::home_dir).unwrap_or_default().join("results")
}

impl Settings {
    /// Puts a path in front of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }
}

/// Where the window keeps its own files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places(PathBuf);

impl Places {
    /// In a given folder.
    pub fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Where the system wants such files, or where `PLACEBO_SETTINGS` says.
    pub fn usual() -> Self {
        let named = std::env::var_os(VARIABLE).map(PathBuf::from);
        let usual = || dirs::config_dir().map(|folder| folder.join("placebo"));
        Self(named.or_else(usual).unwrap_or_else(|| PathBuf::from(".placebo")))
    }

    /// The settings' file.
    pub fn settings(&self) -> PathBuf {
        self.0.join("settings.json")
    }

    /// The plan as it was last edited.
    pub fn draft(&self) -> PathBuf {
        self.0.join("draft.toml")
    }

    /// Where plans lie that were run without having been saved.
    pub fn plan(&self, name: &str) -> PathBuf {
        self.0.join("plans").join(format!("{name}.toml"))
    }

    /// Where the files lie that a plugin's worked examples name.
    pub fn examples(&self, plugin: &str) -> PathBuf {
        self.0.join("examples").join(plugin)
    }

    /// Where the plan in the making is written for processes that build its prompts.
    pub fn preview(&self) -> PathBuf {
        self.0.join("preview.toml")
    }

    /// What the processes of a plan print.
    pub fn log(&self, name: &str) -> PathBuf {
        self.0.join("logs").join(format!("{name}.log"))
    }

    /// Reads the settings; a missing or damaged file gives the usual ones.
    pub fn read(&self) -> Settings {
        let text = fs_err::read_to_string(self.settings()).ok();
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Writes what the next start goes on with: the settings, and the plan as it was last edited.
    ///
    /// # Errors
    /// A folder that cannot be made or written to.
    pub fn keep(&self, settings: &Settings, plan: &Plan) -> Result<(), Forgotten> {
        self.write(settings).and_then(|()| write_file(&self.draft(), plan.to_toml().unwrap_or_default().as_bytes()))?;
        Ok(())
    }

    fn write(&self, settings: &Settings) -> std::io::Result<()> {
        write_file(&self.settings(), &serde_json::to_vec_pretty(settings)?)
    }
}

/// What the next start will not find.
#[derive(Debug, thiserror::Error)]
#[error(
    "{0}; until this is mended the next start does not find the window and the plan as they are now, unless \
     `{VARIABLE}` names another folder for them"
)]
pub struct Forgotten(#[from] std::io::Error);

/// Writes a file whole or not at all, and its folder where there is none.
///
/// # Errors
/// A folder that cannot be made or written to.
pub fn write_file(path: &Path, content: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs_err::create_dir_all(folder)?;
    }
    placebo_experiment::results::replace_file(path, |file| std::io::Write::write_all(file, content))
        .map_err(|cause| std::io::Error::new(cause.kind(), format!("{cause}: `{}`", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Draft;

    #[test]
    fn settings_come_back_and_a_damaged_file_gives_the_usual_ones() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::at(folder.path().join("deep").join("down"));
        let mut settings = Settings { theme: ThemeChoice::Dark, scale: 1.5, ..Settings::default() };
        settings.remember(Path::new("a"));
        places.keep(&settings, &Draft::default().plan).unwrap();
        assert_eq!(places.read(), settings);
        assert!(places.draft().is_file());
        std::fs::write(places.settings(), "{").unwrap();
        assert_eq!(places.read(), Settings::default());
    }

    #[test]
    fn the_last_opened_stands_first_and_once() {
        let mut settings = Settings::default();
        for name in ["a", "b", "a"] {
            settings.remember(Path::new(name));
        }
        assert_eq!(settings.recent, [Path::new("a"), Path::new("b")]);
        (0..40).for_each(|number| settings.remember(Path::new(&number.to_string())));
        assert_eq!(settings.recent.len(), RECENT);
    }
}
