//! A grid of runs: laid out on disk, worked through one by one or side by side, each journalled, whoever else works on it.

mod attempt;
mod jobs;
mod log;
mod manifest;
mod model;
mod prepare;
mod run;
mod summary;
mod warnings;
mod work;

pub use jobs::Jobs;
pub use model::Model;
pub use prepare::Prepared;
pub use summary::Summary;
pub use work::{Work, work_through};
