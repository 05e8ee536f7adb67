//! A sample: the seeds of a cell, or of a cell less the baseline's, with everything that intervals and tests need.

use crate::report::english::count;
use crate::report::{IntervalMethod, PValue, Question, Test};
use crate::statistics::{
    Bootstrap, Contrast, Crossed, Estimate, Interval, Level, Redrawn, StatisticsError, Unit, ZeroMethod,
    approximate_randomisation, cohens_d, mcnemar, mean, sign_flip, wilcoxon,
};

/// One contrast per seed, within a block.
pub(super) struct Sample<'a> {
    pub(super) crossed: &'a Crossed<'a>,
    pub(super) redrawn: &'a Result<Redrawn, StatisticsError>,
    pub(super) contrasts: Vec<Contrast>,
    /// Whether seeds vary; otherwise there is one contrast.
    pub(super) has_seeds: bool,
}

impl Sample<'_> {
    /// The means of the cell and of what is subtracted from it.
    pub(super) fn sides(&self) -> [f64; 2] {
        let sides: [fn(&Contrast) -> usize; 2] =
            [|contrast| contrast.run, |contrast| contrast.less.unwrap_or(contrast.run)];
        sides.map(|side| {
            let levels: Vec<_> = self.contrasts.iter().map(|contrast| Contrast::level(side(contrast))).collect();
            mean(&self.crossed.contributions(Level::Seeds, &levels)).unwrap_or(0.0)
        })
    }

    /// The interval that the question asks for.
    pub(super) fn interval(&self, method: IntervalMethod, question: &Question) -> Result<Interval, StatisticsError> {
        match method {
            IntervalMethod::Percentile => self.bootstrap()?.percentile(question.level),
            IntervalMethod::T => self.estimate(question.unit)?.interval(question.level),
            IntervalMethod::Bca => {
                let reason = "BCa needs a single level of units; choose one, or another interval";
                let subject = question.unit.to_string();
                let level = question.unit.level().ok_or(StatisticsError::NotDefined { reason, subject })?;
                self.bootstrap()?.bca(&self.crossed.influence(level, &self.contrasts), question.level)
            }
        }
    }

    /// The test that the question asks for; the corrected value is still the raw one.
    pub(super) fn test(&self, test: Test, question: &Question) -> Result<PValue, StatisticsError> {
        let one_level = question.unit.level().unwrap_or(Level::Tasks);
        let (raw, smallest, over) = match test {
            Test::Mcnemar => (self.mcnemar()?, None, self.over(Unit::Instances)),
            Test::SignFlip => {
                let found = sign_flip(&self.units(Level::Seeds)?, question.resampling)?;
                (found.p, Some(found.smallest), self.over(Unit::Seeds))
            }
            Test::Wilcoxon => {
                let found = wilcoxon(&self.crossed.task_means(&self.contrasts), ZeroMethod::default())?;
                (found.p, None, self.over(Unit::Tasks))
            }
            Test::ApproximateRandomisation => {
                let found = approximate_randomisation(&self.units(one_level)?, question.resampling)?;
                (found.p, Some(found.smallest), self.over(one_level.unit()))
            }
            Test::PairedBootstrap => {
                let bootstrap = self.bootstrap()?;
                (bootstrap.p_value(), Some(bootstrap.smallest_p()), self.over(question.unit))
            }
            Test::Tost => {
                let margin = question.margin.expect("a question without a margin is refused before");
                let found = self.estimate(question.unit)?.equivalence(margin)?;
                (found.p, None, self.over(question.unit))
            }
            Test::T => (self.estimate(question.unit)?.p_value(), None, self.over(question.unit)),
        };
        Ok(PValue { raw, corrected: raw, smallest, over })
    }

    /// Cohen's d over the units of the test, or over tasks where they are of several levels.
    pub(super) fn cohens_d(&self, question: &Question) -> Result<f64, StatisticsError> {
        cohens_d(&self.units(question.unit.level().unwrap_or(Level::Tasks))?)
    }

    fn bootstrap(&self) -> Result<Bootstrap, StatisticsError> {
        let redrawn = self.redrawn.as_ref().map_err(Clone::clone)?;
        if self.has_seeds { redrawn.over_seeds(&self.contrasts) } else { redrawn.seedless(self.contrasts[0]) }
    }

    /// The t statistic's parts: of one level of units, or of seeds crossed with tasks as far as there are seeds.
    fn estimate(&self, unit: Unit) -> Result<Estimate, StatisticsError> {
        match unit.level() {
            Some(level) => Estimate::of_units(&self.units(level)?),
            None if self.has_seeds => Estimate::of_table(&self.crossed.table(&self.contrasts)),
            None => Estimate::of_units(&self.units(Level::Tasks)?),
        }
    }

    /// One number per unit, whose mean is the mean of the sample.
    fn units(&self, level: Level) -> Result<Vec<f64>, StatisticsError> {
        let found = if self.has_seeds { self.contrasts.len() } else { 0 };
        match level {
            Level::Seeds if found < 2 => Err(StatisticsError::TooFew { found, needed: 2, unit: "seeds" }),
            _ => Ok(self.crossed.contributions(level, &self.contrasts)),
        }
    }

    /// McNemar's test; over several seeds, an instance counts for the side that more seeds are right on.
    fn mcnemar(&self) -> Result<f64, StatisticsError> {
        let runs = self.contrasts.iter().flat_map(|contrast| [Some(contrast.run), contrast.less]).flatten();
        for run in runs {
            let scores = self.crossed.instance_scores(&[Contrast::level(run)]);
            if let Some(score) = scores.iter().flatten().find(|score| **score != 0.0 && **score != 100.0) {
                let reason = "McNemar's test is for answers that are right or wrong; choose another test";
                return Err(StatisticsError::NotDefined { reason, subject: format!("a score of {score}") });
            }
        }
        let instances = self.crossed.instance_scores(&self.contrasts).concat();
        let count = |is: fn(&f64) -> bool| instances.iter().filter(|difference| is(difference)).count() as u64;
        Ok(mcnemar(count(|difference| *difference > 0.0), count(|difference| *difference < 0.0)))
    }

    /// `3 seeds × 119 tasks`.
    fn over(&self, unit: Unit) -> String {
        let seeds = count(self.contrasts.len(), "seed", "seeds");
        let tasks = count(self.crossed.tasks(), "task", "tasks");
        let instances = count(self.crossed.instances(), "instance", "instances");
        let parts = [(unit.has_seeds() && self.has_seeds, seeds), (unit.has_tasks(), tasks)];
        let parts = parts.into_iter().chain([(unit.has_instances(), instances)]);
        parts.filter(|(is_drawn, _)| *is_drawn).map(|(_, part)| part).collect::<Vec<_>>().join(" × ")
    }
}
