//! The domain: from task files to comparisons. Pure but for reading data, loading plugins and keeping results.

pub mod plugin;
