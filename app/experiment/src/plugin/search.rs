//! Where plugins are looked for, whom to trust, and how those of strangers are run.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::crashes::CrashNotes;
use super::discovery;
use super::trust::TrustStore;
use super::{Registry, Stranger};

/// A search for plugins, set up step by step and performed by [`Search::load`].
///
/// Plugins beside the executable came with it and are run in this process. All others are strangers: each is run in a
/// process of its own, and not before the user has trusted the hash of its bytes.
///
/// ```no_run
/// use placebo_experiment::plugin::Search;
/// let registry = Search::standard().also(&["my-plugin".into()]).asking(|stranger| {
///     eprintln!("{} wants to run", stranger.path.display());
///     false
/// }).load();
/// ```
pub struct Search<'a> {
    pub(super) shipped: Vec<PathBuf>,
    pub(super) foreign: Vec<PathBuf>,
    pub(super) host: PathBuf,
    pub(super) trust: TrustStore,
    pub(super) crashes: CrashNotes,
    pub(super) cancelled: Arc<AtomicBool>,
    pub(super) ask: Box<dyn FnMut(&Stranger) -> bool + 'a>,
}

impl<'a> Search<'a> {
    /// In no place, trusting nobody.
    pub fn nowhere() -> Search<'a> {
        Search {
            shipped: Vec::new(),
            foreign: Vec::new(),
            host: env::current_exe().unwrap_or_default(),
            trust: TrustStore::default(),
            crashes: CrashNotes::default(),
            cancelled: Arc::default(),
            ask: Box::new(|_| false),
        }
    }

    /// Beside the executable, in `plugins/` of the user's data folder, and where `PLACEBO_PLUGIN_PATH` says, which separates
    /// folders or files as `PATH` does; with the decisions in the user's data folder, and refusing who is not in them.
    pub fn standard() -> Search<'a> {
        let own = data_folder().map(|data| data.join("plugins")).filter(|folder| folder.is_dir());
        let foreign = own.into_iter().chain(discovery::named_places()).collect();
        Search { shipped: discovery::places_beside_executable(), foreign, ..Search::of_user() }
    }

    /// In no place, with the decisions and notes in the user's data folder.
    pub fn of_user() -> Search<'a> {
        Search::nowhere().remembering_in(data_folder())
    }

    /// With decisions and crash notes in this folder, or without any.
    pub fn remembering_in(self, folder: Option<PathBuf>) -> Search<'a> {
        let Some(folder) = folder else {
            return Search { trust: TrustStore::default(), crashes: CrashNotes::default(), ..self };
        };
        let crashes = CrashNotes::at(folder.join("plugin-crashes.jsonl"));
        Search { trust: TrustStore::at(folder.join("trusted-plugins")), crashes, ..self }
    }

    /// Also there, for strangers: folders or files, such as those that a plan names.
    pub fn also(mut self, places: &[PathBuf]) -> Search<'a> {
        self.foreign.extend_from_slice(places);
        self
    }

    /// Only for what came with the program.
    pub fn without_strangers(self) -> Search<'a> {
        Search { foreign: Vec::new(), ..self }
    }

    /// Giving up questions to strangers when this is raised.
    pub fn cancelled_by(self, cancelled: Arc<AtomicBool>) -> Search<'a> {
        Search { cancelled, ..self }
    }

    /// With this executable to answer to `plugin-host`, instead of the present one.
    pub fn hosted_by(self, host: PathBuf) -> Search<'a> {
        Search { host, ..self }
    }

    /// Deciding about those who are neither trusted nor refused yet; a yes is kept.
    pub fn asking(self, ask: impl FnMut(&Stranger) -> bool + 'a) -> Search<'a> {
        Search { ask: Box::new(ask), ..self }
    }

    /// The places searched, in this order.
    pub fn places(&self) -> impl Iterator<Item = &PathBuf> {
        self.shipped.iter().chain(&self.foreign)
    }

    /// The user's decisions.
    pub fn trust_store(&self) -> &TrustStore {
        &self.trust
    }

    /// The notes of plugins that crashed.
    pub fn crash_notes(&self) -> &CrashNotes {
        &self.crashes
    }

    /// Finds and loads. What cannot be used is listed by [`Registry::refused`].
    pub fn load(self) -> Registry {
        super::loading::load(self)
    }
}

/// `placebo` in the folder where programs of this user keep their data.
fn data_folder() -> Option<PathBuf> {
    dirs::data_dir().map(|data| data.join("placebo"))
}
