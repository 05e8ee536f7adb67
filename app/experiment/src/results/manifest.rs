//! The manifest of a run: what it ran with, beyond what its spec determines.

use std::collections::BTreeMap;

use placebo_plugin_api::Settings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a reader needs to judge or to repeat a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Manifest {
    /// The program.
    pub build: Build,
    /// The device in words, such as `CPU, 2 threads` or a GPU's name.
    pub device: String,
    /// The machine's name.
    pub host: String,
    /// The folder that the checkpoint was read from; empty where no model is needed.
    pub checkpoint: String,
    /// Task name → SHA-256 of its file, both splits.
    pub tasks: BTreeMap<String, String>,
    /// The transforms and metrics that the run uses.
    pub plugins: Vec<PluginUse>,
    /// Token counts, truncations, dropped examples, notes and problems, as the corpus reports them.
    pub corpus: Value,
}

/// The program that ran.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Build {
    /// The package's version.
    pub version: String,
    /// The git commit, empty where the program was built outside a repository.
    pub commit: String,
}

/// One plugin as it was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PluginUse {
    /// The plugin's id.
    pub id: String,
    /// The plugin's version.
    pub version: String,
    /// SHA-256 of the library, in hexadecimal.
    pub sha256: String,
    /// The settings, defaults filled in.
    pub settings: Settings,
}
