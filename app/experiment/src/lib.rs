//! The domain: from task files to comparisons. Pure but for reading data, loading plugins and keeping results.

pub mod plugin;
pub mod event;
pub mod generation;
pub mod plan;
pub mod results;
pub mod run_spec;
pub mod score;
pub mod statistics;
pub mod condition;
pub mod corpus;
pub mod load;
pub mod output_space;
pub mod prompt;
pub mod sample;
pub mod split;
pub mod task;
pub mod baseline;
pub mod report;
