//! Plugins: the libraries found, what they offer, and how they are asked.
//!
//! A [`Registry`] is loaded once and only read afterwards, by as many threads as like. What could not be loaded is in
//! [`Registry::refused`], with the reason; nothing here fails because one library is bad.

mod batches;
mod discovery;
mod error;
mod library;
mod loaded;
mod loading;
mod registry;
mod seed;

pub use discovery::standard_places;
pub use error::PluginError;
pub use library::LibraryError;
pub use loaded::{Plugin, Refusal};
pub use registry::Registry;
pub use seed::item_seed;
