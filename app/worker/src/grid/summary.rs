//! What became of a grid's runs, in words and in JSON.

use placebo_experiment::results::RunFolder;
use serde::Serialize;

/// How one run ended in this process.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum End {
    /// Its scores are written.
    Finished,
    /// It saved itself because it was asked to.
    Stopped {
        /// Optimizer steps done.
        step: usize,
    },
    /// It could not go on.
    Failed {
        /// The error and its causes.
        message: String,
    },
}

/// How many runs ended how.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Runs of the grid.
    pub runs: usize,
    /// Finished before this process began.
    pub finished_before: usize,
    /// Finished by this process.
    pub finished: usize,
    /// Failed in this process.
    pub failed: usize,
    /// Stopped in this process.
    pub stopped: usize,
    /// Neither: another process has them, or nobody yet.
    pub open: usize,
}

impl Summary {
    /// A grid before this process does anything.
    pub fn before(runs: &[RunFolder]) -> Self {
        let finished_before = runs.iter().filter(|run| run.is_finished()).count();
        Self { runs: runs.len(), finished_before, ..Self::default() }
    }

    /// Counts a run's end.
    pub fn count(&mut self, end: &End) {
        match end {
            End::Finished => self.finished += 1,
            End::Failed { .. } => self.failed += 1,
            End::Stopped { .. } => self.stopped += 1,
        }
    }

    /// Looks once more at the folders, for what other processes did meanwhile.
    pub fn conclude(&mut self, runs: &[RunFolder]) {
        let finished = runs.iter().filter(|run| run.is_finished()).count();
        self.open = (self.runs - finished).saturating_sub(self.failed + self.stopped);
    }

    /// `12 runs: 9 finished (3 before), 1 failed, 2 open`.
    pub fn in_words(&self) -> String {
        let before =
            if self.finished_before > 0 { format!(" ({} before)", self.finished_before) } else { String::new() };
        let parts = [(self.failed, "failed"), (self.stopped, "stopped"), (self.open, "open or with other processes")];
        let others = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}"));
        let finished = self.runs - self.failed - self.stopped - self.open;
        let runs = if self.runs == 1 { "run" } else { "runs" };
        format!("{} {runs}: {finished} finished{before}{}", self.runs, others.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_leave_out_what_did_not_happen() {
        let all = Summary { runs: 3, finished: 3, ..Summary::default() };
        assert_eq!(all.in_words(), "3 runs: 3 finished");
        let some = Summary { runs: 9, finished_before: 2, finished: 3, failed: 1, stopped: 1, open: 2 };
        assert_eq!(
            some.in_words(),
            "9 runs: 5 finished (2 before), 1 failed, 1 stopped, 2 open or with other processes"
        );
    }
}
