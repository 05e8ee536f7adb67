//! Ctrl-C and a scheduler's terminate signal: the first asks to save and end, the second ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether somebody asked this process to save and end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Begins to listen; a process does so once.
    ///
    /// # Errors
    /// When the system refuses a signal handler, or one is in place.
    pub fn listen() -> anyhow::Result<Self> {
        let interrupt = Self::default();
        let raised = interrupt.clone();
        ctrlc::set_handler(move || raised.on_signal())?;
        Ok(interrupt)
    }

    /// What is raised, for those who wait elsewhere.
    pub fn flag(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }

    /// True from the first signal on.
    pub fn requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn on_signal(&self) {
        if self.0.swap(true, Ordering::Relaxed) {
            // Run folders survive an end at any moment, so nothing is lost but the steps since the last checkpoint.
            std::process::exit(3);
        }
        eprintln!("saving; once more to end at once");
    }
}
