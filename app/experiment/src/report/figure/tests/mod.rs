//! Figures of made-up numbers: geometry, files, and every kind on every page.

mod files;
mod gallery;
mod geometry;
mod sample;
mod spec;
