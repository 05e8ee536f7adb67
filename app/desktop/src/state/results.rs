//! The open results: the runs of a folder as the watcher last saw them.

use super::RunView;
use placebo_experiment::results::RunState;
use placebo_experiment::run_spec::RunKind;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder of results under watch.
#[derive(Debug, Default)]
pub struct Results {
    /// The folder.
    pub path: Option<PathBuf>,
    /// Its runs: what is at work first, then what waits, what is done last.
    pub runs: Vec<Arc<RunView>>,
    /// What could not be read.
    pub problems: Vec<String>,
    /// Whether a look has come back.
    pub seen: bool,
    /// The run shown.
    pub selected: Option<PathBuf>,
    /// The runs marked, to do something with all of them.
    pub marked: BTreeSet<PathBuf>,
    /// Processes started by this window that have not ended.
    pub workers: usize,
}

impl Results {
    /// The run shown: the one selected, or what is at work, or the first that has curves.
    pub fn shown(&self) -> Option<&Arc<RunView>> {
        let selected = self.selected.as_deref();
        let first = |is: fn(&RunView) -> bool| self.runs.iter().find(|run| is(run));
        let chosen = self.runs.iter().find(|run| Some(run.path.as_path()) == selected);
        let working = || first(|run| run.state == RunState::Running);
        chosen.or_else(working).or_else(|| first(|run| run.spec.kind == RunKind::FineTune)).or(self.runs.first())
    }

    /// Shows a run and forgets the marks.
    pub fn select(&mut self, path: PathBuf) {
        self.marked.clear();
        self.selected = Some(path);
    }

    /// Marks a run beside the one shown, or takes its mark away.
    pub fn mark(&mut self, path: PathBuf) {
        if self.marked.is_empty() {
            self.marked.extend(self.shown().map(|run| run.path.clone()));
        }
        if !self.marked.remove(&path) {
            self.marked.insert(path);
        }
    }

    /// The marked runs of which something holds.
    pub fn marked_where(&self, holds: impl Fn(&RunView) -> bool) -> Vec<PathBuf> {
        let marked = self.runs.iter().filter(|run| self.marked.contains(&run.path));
        marked.filter(|run| holds(run)).map(|run| run.path.clone()).collect()
    }

    /// How many runs are in a state.
    pub fn count(&self, is: impl Fn(&RunState) -> bool) -> usize {
        self.runs.iter().filter(|run| is(&run.state)).count()
    }

    /// Whether a living process holds any run.
    pub fn is_running(&self) -> bool {
        self.count(|state| *state == RunState::Running) > 0
    }

    /// How many are not finished.
    pub fn unfinished(&self) -> usize {
        self.count(|state| *state != RunState::Finished)
    }

    /// The names of fine-tuned conditions.
    pub fn conditions(&self) -> Vec<&str> {
        let tuned = self.runs.iter().filter(|run| run.spec.kind == RunKind::FineTune);
        tuned.map(|run| run.spec.condition.name.as_str()).collect()
    }

    /// What to call the folder.
    pub fn name(&self) -> String {
        self.path.as_deref().map(name).unwrap_or_default()
    }

    /// Seconds until all runs are done, by what the finished ones of their kind took and by how many go on side by side;
    /// `None` while none is known.
    pub fn seconds_left(&self) -> Option<f64> {
        let is_tuned = |run: &&Arc<RunView>| run.spec.kind == RunKind::FineTune;
        let took: Vec<f64> = self.runs.iter().filter(is_tuned).filter_map(|run| run.progress.seconds).collect();
        if took.is_empty() {
            return None;
        }
        let usual = took.iter().sum::<f64>() / took.len() as f64;
        let open = self.runs.iter().filter(is_tuned).filter(|run| run.state != RunState::Finished);
        let left: f64 = open.map(|run| run.progress.seconds_left.map_or(usual, |left| left.min(usual))).sum();
        let lanes = self.runs.iter().filter(is_tuned).filter(|run| run.state == RunState::Running).count();
        Some(left / lanes.max(1) as f64)
    }
}

/// The last part of a path.
fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
