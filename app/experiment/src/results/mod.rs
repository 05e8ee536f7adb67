//! Results on disk: one folder per plan, one folder per run, plain files that survive crashes and full disks.

mod atomic;
mod changes;
mod claim;
mod error;
mod folder;
mod follow;
mod journal;
mod lock;
mod manifest;
mod plan_folder;
mod rescore;
mod scan;
mod state;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use atomic::{replace_file, write_atomically};
pub use claim::{Claimed, Claims};
pub use error::ResultsError;
pub use folder::RunFolder;
pub use follow::{Grown, JournalTail};
pub use journal::{Entry, Journal, Journaled, read_journal};
pub use lock::{RunLock, host};
pub use manifest::{Build, Manifest, PluginUse};
pub use plan_folder::PlanFolder;
pub use rescore::{RescoreError, add_scores};
pub use scan::{Scan, scan};
pub use state::RunState;
