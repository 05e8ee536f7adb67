//! Statistics over scores: intervals, tests, corrections, effect sizes and the size of designs.
//!
//! Pure functions over slices in double precision. What is random follows from a seed and comes out the same whatever
//! the number of threads; what the data cannot carry is refused with a reason. Which question wants which test, and how
//! intervals and tests behave on simulated trials, is in `app/experiment/STATISTICS.md`.

mod bootstrap;
mod correction;
mod crossed;
mod distribution;
mod effect;
mod equivalence;
mod error;
mod estimate;
#[cfg(test)]
mod golden;
mod interval;
mod mcnemar;
mod moments;
mod power;
mod quantile;
mod resampling;
mod sign_flip;
mod two_way;
mod unit;
mod wilcoxon;
mod wilson;

pub use bootstrap::{Bootstrap, jackknife, paired_bootstrap};
pub use correction::{Correction, benjamini_hochberg, holm};
pub use crossed::{Contrast, Crossed, Progress, Redrawn, Weighting};
pub use effect::{cohens_d, performance_drop_rate};
pub use equivalence::{Equivalence, equivalence};
pub use error::StatisticsError;
pub use estimate::Estimate;
pub use interval::Interval;
pub use mcnemar::mcnemar;
pub use moments::{mean, normal_interval, sample_deviation};
pub use power::Design;
pub use quantile::quantile;
pub use resampling::Resampling;
pub use sign_flip::{Permutation, approximate_randomisation, sign_flip};
pub use two_way::{Components, TwoWay};
pub use unit::{Level, Unit};
pub use wilcoxon::{Wilcoxon, ZeroMethod, wilcoxon};
pub use wilson::wilson;
