//! Watching a folder of results: what changed since the last look, read piece by piece on a thread of its own.

mod account;
mod curve;
mod log;
#[cfg(test)]
mod tests;

use super::Jobs;
use crate::message::{Message, Seen, Told};
use crate::state::RunView;
use account::{Account, Stand};
use placebo_experiment::results::{JournalTail, RunFolder, RunState, scan};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Between two looks while something runs, and while nothing does.
const BUSY: Duration = Duration::from_millis(400);
const IDLE: Duration = Duration::from_secs(2);
/// Every so many looks the folder is searched for new runs; in between, only known ones are looked at.
const SEARCH: usize = 5;

/// A watched folder; dropping it ends the watch.
#[derive(Debug)]
pub struct Watch {
    nudge: Sender<()>,
}

impl Watch {
    /// Watches the runs at or below `path`.
    pub fn begin(jobs: &Jobs, path: PathBuf) -> Self {
        let (nudge, nudged) = channel();
        let mut watcher = Watcher::new(path.clone());
        if !jobs.is_threaded() {
            jobs.post(Message::Seen(path, watcher.look(true).map(|seen| seen.unwrap_or_default())));
            return Self { nudge };
        }
        jobs.talk("watch results", move |tell| watcher.keep_looking(&nudged, tell));
        Self { nudge }
    }

    /// Asks for a look now.
    pub fn nudge(&self) {
        let _ = self.nudge.send(());
    }
}

/// What is known of the folder.
struct Watcher {
    path: PathBuf,
    runs: BTreeMap<PathBuf, Watched>,
    problems: Vec<String>,
    /// Folders named like runs that are not readable as runs.
    damaged: Vec<String>,
    failed: bool,
}

/// What is known of one run.
struct Watched {
    folder: RunFolder,
    tail: JournalTail,
    account: Account,
    view: Option<Arc<RunView>>,
}

impl Watcher {
    fn new(path: PathBuf) -> Self {
        Self { path, runs: BTreeMap::new(), problems: Vec::new(), damaged: Vec::new(), failed: false }
    }

    /// Looks again and again, until nobody watches any more.
    fn keep_looking(mut self, nudged: &Receiver<()>, tell: &dyn Fn(Message)) {
        let mut searching = true;
        for looks in 0usize.. {
            if let Some(seen) = self.look(searching || looks.is_multiple_of(SEARCH)).transpose() {
                tell(Message::Seen(self.path.clone(), seen));
            }
            let pause = if self.is_busy() { BUSY } else { IDLE };
            searching = match nudged.recv_timeout(pause) {
                Ok(()) => true,
                Err(RecvTimeoutError::Timeout) => !self.is_busy(),
                Err(RecvTimeoutError::Disconnected) => return,
            };
        }
    }

    fn is_busy(&self) -> bool {
        self.runs.values().filter_map(|run| run.view.as_ref()).any(|view| view.state == RunState::Running)
    }

    /// Looks at the folder; `None` where nothing changed.
    fn look(&mut self, search: bool) -> Told<Option<Seen>> {
        let mut changed = if search { self.search()? } else { false };
        let mut problems = Vec::new();
        for run in self.runs.values_mut() {
            match run.look() {
                Ok(news) => changed |= news,
                Err(problem) => problems.push(problem),
            }
        }
        changed |= problems != self.problems;
        self.problems = problems;
        Ok(changed.then(|| self.seen()))
    }

    /// Finds runs that came and forgets those that went.
    fn search(&mut self) -> Told<bool> {
        let found = scan(&self.path).map_err(|error| {
            self.runs.clear();
            let first = !std::mem::replace(&mut self.failed, true);
            if first { gone(&self.path, &error.to_string()) } else { String::new() }
        });
        let found = match found {
            Ok(found) => found,
            Err(known) if known.is_empty() => return Ok(false),
            Err(news) => return Err(news),
        };
        let back = std::mem::take(&mut self.failed);
        let damaged: Vec<_> = found.problems.iter().map(ToString::to_string).collect();
        let other = std::mem::replace(&mut self.damaged, damaged) != self.damaged;
        let (before, known) = (self.runs.len(), found.runs.len());
        self.runs.retain(|path, _| found.runs.iter().any(|folder| folder.path() == path));
        let kept = self.runs.len();
        for folder in found.runs {
            self.runs.entry(folder.path().to_owned()).or_insert_with(|| Watched::new(folder));
        }
        Ok(back || other || kept != before || kept != known || (before == 0 && self.runs.is_empty()))
    }

    fn seen(&self) -> Seen {
        let mut runs: Vec<_> = self.runs.values().filter_map(|run| run.view.clone()).collect();
        runs.sort_by_key(|view| (rank(&view.state), view.first.is_none(), view.first, view.id.clone()));
        let problems = self.damaged.iter().chain(&self.problems).cloned().collect();
        Seen { runs, problems }
    }
}

/// The order of the queue: what is at work, what failed, what waits in its turn, what is done.
fn rank(state: &RunState) -> usize {
    match state {
        RunState::Running => 0,
        RunState::Failed { .. } => 1,
        RunState::Stopped => 2,
        RunState::Waiting => 3,
        RunState::Finished => 4,
    }
}

fn gone(path: &Path, error: &str) -> String {
    format!(
        "the results can no longer be read ({error}); bring the folder back or open another, the window looks again by \
         itself: `{}`",
        path.display()
    )
}

impl Watched {
    fn new(folder: RunFolder) -> Self {
        Self { tail: folder.follow(), account: Account::default(), view: None, folder }
    }

    /// Looks at the run; whether anything is to be shown anew.
    fn look(&mut self) -> Told<bool> {
        let grown = self.tail.read().map_err(|error| error.to_string())?;
        if grown.anew {
            self.account = Account::default();
        }
        let news = grown.anew || !grown.entries.is_empty() || grown.unreadable > 0;
        self.account.unreadable += grown.unreadable;
        grown.entries.into_iter().for_each(|entry| self.account.add(entry));
        let stand = self.stand();
        let seen = |view: &Arc<RunView>| {
            let (state, stopping, first) = (view.state.clone(), view.stopping, view.first);
            Stand { state, stopping, first } == stand
        };
        if self.view.as_ref().is_some_and(seen) && !news {
            return Ok(false);
        }
        self.view = Some(Arc::new(self.account.view(&self.folder, stand)));
        Ok(true)
    }

    fn stand(&self) -> Stand {
        let is_held = || self.folder.holder().is_some();
        let (state, stopping) = match () {
            () if self.folder.is_finished() => (RunState::Finished, false),
            () if is_held() => (RunState::Running, self.folder.stop_requested()),
            () => (RunState::after(self.account.turn.as_ref()), false),
        };
        let first = (state == RunState::Waiting).then(|| self.folder.first_since()).flatten();
        Stand { state, stopping, first }
    }
}
