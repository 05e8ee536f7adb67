//! A plugin that nobody has trusted yet.

use std::path::PathBuf;

use super::source::Source;

/// What is known of it without running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The library, or the script's folder.
    pub path: PathBuf,
    /// The hash by which it would be trusted.
    pub sha256: String,
    /// What its `plugin.toml` says that it offers.
    pub ids: Vec<String>,
    /// Whether another version of it was trusted at the same path.
    pub has_changed: bool,
}

impl Stranger {
    pub(super) fn new(source: &Source, sha256: String, has_changed: bool) -> Stranger {
        let ids = source.sidecar.as_ref().map(|sidecar| sidecar.ids.clone()).unwrap_or_default();
        Stranger { path: source.path.clone(), sha256, ids, has_changed }
    }

    /// Why it is not run, in words that end with the command that lets it.
    pub fn refusal(&self) -> String {
        let offers = if self.ids.is_empty() { String::new() } else { format!(" (it offers {})", self.ids.join(", ")) };
        let why = if self.has_changed { "it has changed since it was trusted" } else { "it is not trusted yet" };
        format!("{why}{offers}; if you do, `placebo plugin trust {}`", self.path.display())
    }
}
