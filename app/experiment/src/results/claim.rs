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
        for place in self.order() {
            if let Some(claimed) = self.candidates[place].claim()? {
                // A wish that is fulfilled; where it cannot be removed it does no harm.
                let _ = claimed.folder.put_back();
                return Ok(Some(claimed));
            }
        }
        Ok(None)
    }

    /// Those that somebody wants first, in the order of their wishes; then the others in the grid's order.
    fn order(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.candidates.len()).collect();
        places.sort_by_cached_key(|place| {
            let wish = self.candidates[*place].folder.first_since();
            (wish.is_none(), wish)
        });
        places
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::Mutex;

    use super::*;
    use crate::event::Event;
    use crate::results::testing::{spec, started};
    use crate::score::Scores;

    fn grid(results: &Path, runs: u64) -> Vec<RunFolder> {
        (0..runs).map(|seed| RunFolder::create(results, &spec(seed)).unwrap()).collect()
    }

    fn say(claimed: &Claimed, event: Event) {
        claimed.folder.journal(&claimed.lock).unwrap().write(event).unwrap();
    }

    #[test]
    fn claimers_side_by_side_do_every_run_once() {
        let results = tempfile::tempdir().unwrap();
        let done = Mutex::new(BTreeMap::<String, usize>::new());
        let work = || {
            let mut claims = Claims::begin(grid(results.path(), 40)).unwrap();
            while let Some(claimed) = claims.claim_next().unwrap() {
                say(&claimed, started());
                *done.lock().unwrap().entry(claimed.folder.id().to_string()).or_default() += 1;
                claimed.folder.write_scores(&Scores::default()).unwrap();
            }
        };
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
        let done = done.into_inner().unwrap();
        assert_eq!(done.len(), 40);
        assert!(done.values().all(|times| *times == 1), "{done:?}");
    }

    #[test]
    fn a_run_that_fails_meanwhile_is_left_alone_and_taken_up_by_the_next_process() {
        let results = tempfile::tempdir().unwrap();
        let runs = grid(results.path(), 1);
        let (mut mine, mut others) = (Claims::begin(runs.clone()).unwrap(), Claims::begin(runs.clone()).unwrap());
        let claimed = mine.claim_next().unwrap().unwrap();
        assert!(others.claim_next().unwrap().is_none());
        say(&claimed, Event::Failed { message: "no memory".into() });
        drop(claimed);
        assert!(mine.claim_next().unwrap().is_none());
        assert!(others.claim_next().unwrap().is_none());
        assert!(Claims::begin(runs).unwrap().claim_next().unwrap().is_some());
    }

    #[test]
    fn a_run_that_was_asked_to_stop_waits_for_the_next_process() {
        let results = tempfile::tempdir().unwrap();
        let runs = grid(results.path(), 1);
        let mut claims = Claims::begin(runs.clone()).unwrap();
        runs[0].request_stop().unwrap();
        assert!(claims.claim_next().unwrap().is_none());
        let mut next = Claims::begin(runs.clone()).unwrap();
        assert!(next.claim_next().unwrap().is_some());
        assert!(!runs[0].stop_requested());
    }

    #[test]
    fn a_run_that_is_wanted_first_is_claimed_first_and_wanted_no_more() {
        let results = tempfile::tempdir().unwrap();
        let runs = grid(results.path(), 3);
        let mut claims = Claims::begin(runs.clone()).unwrap();
        runs[2].put_first().unwrap();
        runs[1].put_first().unwrap();
        runs[1].put_back().unwrap();
        let order: Vec<_> = std::iter::from_fn(|| claims.claim_next().unwrap()).collect();
        let paths: Vec<_> = order.iter().map(|claimed| claimed.folder.path()).collect();
        assert_eq!(paths, [runs[2].path(), runs[0].path(), runs[1].path()]);
        assert_eq!(runs[2].first_since(), None);
    }

    #[test]
    fn a_run_whose_process_vanished_is_free_at_once() {
        let results = tempfile::tempdir().unwrap();
        let runs = grid(results.path(), 1);
        let mut claims = Claims::begin(runs.clone()).unwrap();
        let held = runs[0].try_lock().unwrap().unwrap();
        assert!(claims.claim_next().unwrap().is_none());
        runs[0].journal(&held).unwrap().write(started()).unwrap();
        drop(held);
        assert!(claims.claim_next().unwrap().is_some());
    }
}
