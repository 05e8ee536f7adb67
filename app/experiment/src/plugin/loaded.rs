//! A plugin that is loaded, and one that is not.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use placebo_plugin_api::{Descriptor, MetricScope, PluginKind, Request, Response, Scale, Scope, TaskKind};

use super::PluginError;
use super::carrier::Carrier;
use super::crashes::CrashNotes;

/// One loaded plugin.
#[derive(Clone, Debug)]
pub struct Plugin {
    pub(super) descriptor: Descriptor,
    pub(super) path: PathBuf,
    pub(super) sha256: String,
    pub(super) carrier: Arc<dyn Carrier>,
    /// Where its crashes are noted; `None` for one that came with the program and runs in this process.
    pub(super) crashes: Option<CrashNotes>,
}

/// A library, a script, a folder, or one plugin of several, that is not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The library or folder.
    pub path: PathBuf,
    /// Why it is not used, with the remedy.
    pub reason: String,
}

impl Plugin {
    /// What it says about itself.
    pub fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    /// The name a plan uses.
    pub fn id(&self) -> &str {
        &self.descriptor.id
    }

    /// Its version, or its library's where it names none.
    pub fn version(&self) -> &str {
        &self.descriptor.version
    }

    /// The file of the library, or the folder of the script, that offers it.
    pub fn library(&self) -> &Path {
        &self.path
    }

    /// The SHA-256 of that file, or over the files of that folder, in hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What its scores mean, if it is a metric.
    pub fn scale(&self) -> Option<&Scale> {
        match &self.descriptor.kind {
            PluginKind::Metric { scale, .. } => Some(scale),
            PluginKind::Transform { .. } => None,
        }
    }

    /// Whether it is a metric that can judge this kind of task. Leave the others' instances out of its means.
    pub fn judges(&self, kind: TaskKind) -> bool {
        matches!(&self.descriptor.kind, PluginKind::Metric { kinds, .. } if kinds.contains(&kind))
    }

    /// Whether it is a transform that looks at all tasks to rewrite one.
    pub fn sees_all_tasks(&self) -> bool {
        matches!(self.descriptor.kind, PluginKind::Transform { scope: Scope::AllTasks, .. })
    }

    /// Whether it is a metric that looks at all answers to a task to score one.
    pub fn sees_all_answers(&self) -> bool {
        matches!(self.descriptor.kind, PluginKind::Metric { scope: MetricScope::OneTask, .. })
    }

    /// Whether it did not come with the program, and therefore has a process of its own.
    pub fn is_foreign(&self) -> bool {
        self.crashes.is_some()
    }

    pub(super) fn ask(&self, request: &Request) -> Result<Response, PluginError> {
        match self.carrier.ask(request) {
            Ok(Response::Failed(cause)) => Err(self.failed(cause)),
            Ok(response) => Ok(response),
            Err(cause) => {
                if let (Some(notes), Some(crash)) = (&self.crashes, cause.crash()) {
                    notes.add(self.id(), &self.path, crash);
                }
                Err(PluginError::Carrier { cause: Box::new(cause), id: self.id().to_string() })
            }
        }
    }

    pub(super) fn failed(&self, cause: String) -> PluginError {
        PluginError::Failed { cause, id: self.id().to_string(), library: self.path.clone() }
    }
}
