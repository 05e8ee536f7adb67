//! Plugins: found, trusted, and asked through one of three carriers that nobody beyond this module can tell apart.
//!
//! A [`Search`] says where to look and whom to trust; the [`Registry`] that it gives is only read afterwards, by as many
//! threads as like. What could not be loaded is in [`Registry::refused`], with the reason; nothing here fails because one
//! plugin is bad. Those that come with the program are called in this process; every other library, and every script, has
//! a process of its own, in which [`host::serve`] runs.

mod batches;
mod cache;
mod carrier;
mod crashes;
mod discovery;
mod error;
pub mod host;
mod library;
mod loaded;
mod loading;
mod process;
mod registry;
mod search;
mod seed;
mod sidecar;
mod source;
mod stranger;
mod trust;
mod validation;

pub use carrier::CarrierError;
pub use crashes::{Crash, CrashNotes};
pub use error::PluginError;
pub use library::LibraryError;
pub use loaded::{Plugin, Refusal};
pub use process::{Process, ProcessError, Start};
pub use registry::Registry;
pub use search::Search;
pub use seed::item_seed;
pub use sidecar::{Limits, Sidecar, SidecarError};
pub use source::{Kind, Source, SourceError};
pub use stranger::Stranger;
pub use trust::TrustStore;
pub use validation::{Finding, Validation};
