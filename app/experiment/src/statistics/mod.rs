//! Statistics over scores: intervals, tests, corrections, effect sizes and the size of designs.
//!
//! Pure functions over slices in double precision. What is random follows from a seed and comes out the same whatever
//! the number of threads; what the data cannot carry is refused with a reason. Which question wants which test, and how
//! intervals and tests behave on simulated trials, is in `app/experiment/STATISTICS.md`.

mod correction;
mod interval;
mod moments;
mod resampling;
mod unit;

pub use correction::{Correction, benjamini_hochberg, holm};
pub use interval::Interval;
pub use moments::{mean, normal_interval, sample_deviation};
pub use resampling::Resampling;
pub use unit::Unit;
