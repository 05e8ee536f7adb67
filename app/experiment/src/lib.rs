//! The domain: from task files to comparisons. Pure but for reading data, loading plugins and keeping results.

pub mod baseline;
pub mod bundle;
pub mod condition;
pub mod corpus;
pub mod event;
pub mod footprint;
pub mod generation;
pub mod load;
mod nearest;
pub mod output_space;
pub mod plan;
pub mod plugin;
pub mod prompt;
pub mod report;
pub mod resources;
pub mod results;
pub mod run_spec;
pub mod sample;
pub mod score;
pub mod split;
pub mod statistics;
pub mod task;
