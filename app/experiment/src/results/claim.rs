//! Claiming runs: several processes share one grid, each run is done by one of them.

use super::{ResultsError, RunFolder, RunLock};

/// A run that this process alone may work on.
#[derive(Debug)]
pub struct Claimed {
    /// The run.
    pub folder: RunFolder,
    /// Keeps the others away until it is dropped.
    pub lock: RunLock,
}

/// The runs of a grid as one process works through them.
///
/// Runs that had failed or were stopped before this process began are taken up again. Runs that fail or are stopped
/// meanwhile, here or in another process, are left alone, so that nobody undoes a stop and a failure is not repeated by
/// everyone. A run whose process was killed is free at once.
#[derive(Debug)]
pub struct Claims {
    candidates: Vec<Candidate>,
}

#[derive(Debug)]
struct Candidate {
    folder: RunFolder,
    /// Orderly unfinished ends in the journal when this process began.
    ends: usize,
    tried: bool,
}

impl Claims {
    /// Begins to work through `runs`; wishes to stop that nobody heeds any more are taken back.
    ///
    /// # Errors
    /// A folder that cannot be read or written to.
    pub fn begin(runs: Vec<RunFolder>) -> Result<Self, ResultsError> {
        Ok(Self { candidates: runs.into_iter().map(Candidate::new).collect::<Result<_, _>>()? })
    }

    /// The next run that is unfinished and free; `None` when this process has nothing left to do.
    ///
    /// # Errors
    /// A folder that cannot be read or written to.
    pub fn claim_next(&mut self) -> Result<Option<Claimed>, ResultsError> {
        for candidate in &mut self.candidates {
            if let Some(claimed) = candidate.claim()? {
                return Ok(Some(claimed));
            }
        }
        Ok(None)
    }
}

impl Candidate {
    fn new(folder: RunFolder) -> Result<Self, ResultsError> {
        if folder.holder().is_none() {
            folder.clear_stop()?;
        }
        Ok(Self { ends: ends(&folder)?, folder, tried: false })
    }

    fn claim(&mut self) -> Result<Option<Claimed>, ResultsError> {
        if self.tried || !self.is_open()? {
            return Ok(None);
        }
        let Some(lock) = self.folder.try_lock()? else { return Ok(None) };
        // Between the look and the lock another process may have done it all.
        if !self.is_open()? {
            return Ok(None);
        }
        self.tried = true;
        Ok(Some(Claimed { folder: self.folder.clone(), lock }))
    }

    fn is_open(&self) -> Result<bool, ResultsError> {
        Ok(!self.folder.is_finished() && !self.folder.stop_requested() && ends(&self.folder)? == self.ends)
    }
}

fn ends(folder: &RunFolder) -> Result<usize, ResultsError> {
    let journaled = folder.journaled()?;
    Ok(journaled.entries.iter().filter(|entry| entry.event.is_unfinished_end()).count())
}
