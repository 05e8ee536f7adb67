//! Redrawn means: what every run's mean came out as in each resample, and the seeds drawn from them.

use placebo_plugin_api::seed_of;
use rayon::prelude::*;

use super::Contrast;
use crate::statistics::{Bootstrap, Resampling, StatisticsError, Unit, mean};

/// The means of runs in every resample of tasks and instances.
#[derive(Debug, Clone, PartialEq)]
pub struct Redrawn {
    pub(super) unit: Unit,
    pub(super) resampling: Resampling,
    pub(super) runs: usize,
    /// Run → its mean as it was observed.
    pub(super) observed: Vec<f64>,
    /// Resample → run → its mean; empty where neither tasks nor instances are drawn.
    pub(super) means: Vec<f64>,
}

impl Redrawn {
    /// The bootstrap of the mean over seeds, one contrast per seed; seeds are drawn anew if the unit says so.
    ///
    /// # Errors
    /// No seed, or fewer than two where seeds are drawn.
    pub fn over_seeds(&self, contrasts: &[Contrast]) -> Result<Bootstrap, StatisticsError> {
        let needed = if self.unit.has_seeds() { 2 } else { 1 };
        if contrasts.len() < needed {
            return Err(StatisticsError::TooFew { found: contrasts.len(), needed, unit: "seeds" });
        }
        let seeds = Resampling { seed: self.seed_of_seeds(), ..self.resampling };
        let resample = |index: usize| {
            let means = self.resample(index);
            let mut rng = seeds.rng(index);
            let draw = |at| if self.unit.has_seeds() { rng.below(contrasts.len()) } else { at };
            let drawn = (0..contrasts.len()).map(draw).map(|at| contrasts[at].of(|run| means[run]));
            drawn.sum::<f64>() / contrasts.len() as f64
        };
        let resampled = (0..self.resampling.resamples).into_par_iter().map(resample).collect();
        let observed: Vec<f64> = contrasts.iter().map(|contrast| contrast.of(|run| self.observed[run])).collect();
        Bootstrap::new(mean(&observed).expect("there is a contrast"), resampled)
    }

    /// The bootstrap of a number that no seed went into, such as a baseline's that draws nothing.
    ///
    /// # Errors
    /// Seeds are all that is drawn.
    pub fn seedless(&self, contrast: Contrast) -> Result<Bootstrap, StatisticsError> {
        if self.means.is_empty() {
            let reason = "nothing here depends on a seed; choose tasks as the unit";
            return Err(StatisticsError::NotDefined { reason, subject: self.unit.to_string() });
        }
        let resampled = self.means.chunks(self.runs).map(|means| contrast.of(|run| means[run])).collect();
        Bootstrap::new(contrast.of(|run| self.observed[run]), resampled)
    }

    fn resample(&self, index: usize) -> &[f64] {
        let row = index * self.runs..(index + 1) * self.runs;
        if self.means.is_empty() { &self.observed } else { &self.means[row] }
    }

    /// Seeds are drawn from generators of their own, so that they are the same whatever else is drawn.
    fn seed_of_seeds(&self) -> u64 {
        seed_of(&["seeds", &self.resampling.seed.to_string()])
    }
}
