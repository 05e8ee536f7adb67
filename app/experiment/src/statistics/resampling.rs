//! Resampling: how often, and from which seed, so that resamples do not depend on threads or on each other.

use placebo_plugin_api::Rng;
use serde::{Deserialize, Serialize};

/// How many resamples are drawn, and the seed that all of them derive from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resampling {
    /// Ten thousand unless said otherwise.
    pub resamples: usize,
    /// Zero unless said otherwise.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { resamples: 10_000, seed: 0 }
    }
}

impl Resampling {
    /// The generator of one resample, the same on any thread: SplitMix64 from the first number of SplitMix64 from
    /// seed + 0xD1342543DE82EF95 · (index + 1).
    pub fn rng(&self, index: usize) -> Rng {
        const STRIDE: u64 = 0xD134_2543_DE82_EF95;
        let start = self.seed.wrapping_add(STRIDE.wrapping_mul(index as u64 + 1));
        Rng::from_seed(Rng::from_seed(start).next_u64())
    }
}
