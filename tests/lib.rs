//! Journeys across the crates; each file beside this one is a test of its own.
