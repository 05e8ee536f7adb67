//! Checks of a plugin, for its author's `cargo test`.
