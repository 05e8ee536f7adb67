//! The window without a display: pages and commands found by their labels, jobs done on the spot.

#![allow(clippy::unwrap_used, reason = "a test may fail wherever it stands")]

mod composing;
#[cfg(target_os = "linux")]
mod disk;
mod failing;
mod finding;
mod fixture;
mod following;
mod getting_around;
mod judging;
