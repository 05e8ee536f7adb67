//! Tells every event of a run to its journal and to the person who waits.

use crate::progress::RunProgress;
use placebo_experiment::event::Event;
use placebo_experiment::results::{Journal, ResultsError};
use std::cell::{OnceCell, RefCell};

/// The two listeners of a run.
pub struct Log<'a, 'p> {
    journal: RefCell<Journal>,
    progress: RefCell<&'a mut RunProgress<'p>>,
    fault: OnceCell<ResultsError>,
}

impl<'a, 'p> Log<'a, 'p> {
    /// Begins to listen.
    pub fn new(journal: Journal, progress: &'a mut RunProgress<'p>) -> Self {
        Self { journal: RefCell::new(journal), progress: RefCell::new(progress), fault: OnceCell::new() }
    }

    /// Writes and shows an event.
    pub fn tell(&self, event: Event) {
        self.progress.borrow_mut().event(&event);
        if let Err(error) = self.journal.borrow_mut().write(event) {
            // The first failure is the cause; those after it are its echo.
            let _ = self.fault.set(error);
        }
    }

    /// Whether the journal has a gap, after which a run had better save and end.
    pub fn is_faulty(&self) -> bool {
        self.fault.get().is_some()
    }

    /// Why the journal has a gap.
    pub fn into_fault(self) -> Option<ResultsError> {
        self.fault.into_inner()
    }
}
