//! Simple samples: intervals of a mean and of a share, and whether designs have the power that they promise.

use crate::methods::LEVEL;
use crate::trial::Normals;
use placebo_experiment::statistics::{
    Bootstrap, Components, Design, Estimate, Resampling, StatisticsError, mean, wilson,
};
use placebo_plugin_api::Rng;

/// Whether a simulation with this seed comes out true.
type Simulate = Box<dyn Fn(u64) -> Result<bool, StatisticsError> + Sync>;

/// A simulation that comes out true or false, and how often it should.
pub struct Sample {
    pub name: &'static str,
    pub expected: f64,
    pub simulate: Simulate,
}

/// The power that the designs are sized for.
const POWER: f64 = 0.8;

/// All of them.
///
/// # Errors
/// Never: the designs are possible ones.
pub fn samples() -> Result<Vec<Sample>, StatisticsError> {
    Ok(vec![
        covers("percentile, mean of 20 normal values", |seed| percentile(&normal(seed, 20), 0.0, seed)),
        covers("percentile, mean of 119 normal values", |seed| percentile(&normal(seed, 119), 0.0, seed)),
        covers("percentile, mean of 57 exponential values", |seed| percentile(&exponential(seed, 57), 1.0, seed)),
        covers("BCa, mean of 57 exponential values", |seed| bca(&exponential(seed, 57), 1.0, seed)),
        covers("t, mean of 5 normal values", |seed| t(&normal(seed, 5), 0.0)),
        covers("t, mean of 57 exponential values", |seed| t(&exponential(seed, 57), 1.0)),
        covers("Wilson, 100 answers of which half are right", |seed| share(0.5, 100, seed)),
        covers("Wilson, 100 answers of which a twentieth is right", |seed| share(0.05, 100, seed)),
        paired("power of 5 seeds, deviation 1", 5, 1.0)?,
        paired("power of 57 tasks, deviation 8", 57, 8.0)?,
        two_way("power of 3 seeds × 57 tasks, deviations 1, 8 and 5", 3, 57, [1.0, 8.0, 5.0])?,
        two_way("power of 8 seeds × 119 tasks, deviations 2, 6 and 5", 8, 119, [2.0, 6.0, 5.0])?,
    ])
}

fn covers(name: &'static str, simulate: fn(u64) -> Result<bool, StatisticsError>) -> Sample {
    Sample { name, expected: LEVEL, simulate: Box::new(simulate) }
}

fn normal(seed: u64, n: usize) -> Vec<f64> {
    let mut normals = Normals::of(seed);
    (0..n).map(|_| normals.draw()).collect()
}

fn exponential(seed: u64, n: usize) -> Vec<f64> {
    let mut rng = Rng::from_seed(seed);
    (0..n).map(|_| -(1.0 - rng.unit()).ln()).collect()
}

fn bootstrap(values: &[f64], seed: u64) -> Result<Bootstrap, StatisticsError> {
    Bootstrap::of(values, |drawn| mean(drawn).unwrap_or(0.0), Resampling { resamples: 999, seed })
}

fn percentile(values: &[f64], truth: f64, seed: u64) -> Result<bool, StatisticsError> {
    Ok(bootstrap(values, seed)?.percentile(LEVEL)?.contains(truth))
}

fn bca(values: &[f64], truth: f64, seed: u64) -> Result<bool, StatisticsError> {
    let centre = mean(values).unwrap_or(0.0);
    let influence: Vec<f64> = values.iter().map(|value| value - centre).collect();
    Ok(bootstrap(values, seed)?.bca(&influence, LEVEL)?.contains(truth))
}

fn t(values: &[f64], truth: f64) -> Result<bool, StatisticsError> {
    Ok(Estimate::of_units(values)?.interval(LEVEL)?.contains(truth))
}

fn share(right: f64, answers: u64, seed: u64) -> Result<bool, StatisticsError> {
    let mut rng = Rng::from_seed(seed);
    let found = (0..answers).filter(|_| rng.unit() < right).count() as u64;
    Ok(wilson(found, answers, LEVEL)?.contains(right))
}

/// Whether a paired design finds the smallest effect that it is said to find.
fn paired(name: &'static str, units: usize, deviation: f64) -> Result<Sample, StatisticsError> {
    let effect = Design::paired(units, deviation, 1.0 - LEVEL)?.smallest_detectable(POWER)?;
    let simulate = move |seed| {
        let differences: Vec<f64> = normal(seed, units).into_iter().map(|value| effect + deviation * value).collect();
        Ok(Estimate::of_units(&differences)?.p_value() < 1.0 - LEVEL)
    };
    Ok(Sample { name, expected: POWER, simulate: Box::new(simulate) })
}

/// The same of seeds crossed with tasks.
fn two_way(name: &'static str, seeds: usize, tasks: usize, deviations: [f64; 3]) -> Result<Sample, StatisticsError> {
    let components = Components { seeds: deviations[0], tasks: deviations[1], rest: deviations[2] };
    let effect = Design::two_way(seeds, tasks, components, 1.0 - LEVEL)?.smallest_detectable(POWER)?;
    let simulate = move |seed| {
        let mut normals = Normals::of(seed);
        let of_task: Vec<f64> = (0..tasks).map(|_| effect + components.tasks * normals.draw()).collect();
        let row = |_| {
            let of_seed = components.seeds * normals.draw();
            of_task.iter().map(|task| task + of_seed + components.rest * normals.draw()).collect()
        };
        let table: Vec<Vec<f64>> = (0..seeds).map(row).collect();
        Ok(Estimate::of_table(&table)?.p_value() < 1.0 - LEVEL)
    };
    Ok(Sample { name, expected: POWER, simulate: Box::new(simulate) })
}
