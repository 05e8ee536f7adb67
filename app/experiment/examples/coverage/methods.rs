//! The intervals and tests under examination, each with what may vary for it to hold.

use crate::trial::Trial;
use placebo_experiment::statistics::{
    Estimate, Interval, Level, Permutation, Resampling, StatisticsError, Unit, ZeroMethod, approximate_randomisation,
    mcnemar, sign_flip, wilcoxon,
};

/// The level of all intervals; tests are at one less it.
pub const LEVEL: f64 = 0.95;
/// Points below which differences do not matter, in the equivalence tests.
pub const MARGIN: f64 = 2.0;

/// An interval of the difference, or a test of it.
pub struct Method {
    /// What it is called.
    pub name: &'static str,
    /// Whether it allows for differences that vary from seed to seed …
    pub allows_seeds: bool,
    /// … and from task to task.
    pub allows_tasks: bool,
    /// Fewer seeds than this cannot reject.
    pub needs_seeds: usize,
    pub examine: Examine,
}

/// What is computed from a trial, with a seed for its resamples.
pub enum Examine {
    Interval(fn(&Trial, Resampling) -> Result<Interval, StatisticsError>),
    P(fn(&Trial, Resampling) -> Result<f64, StatisticsError>),
}

const fn interval(
    name: &'static str,
    [allows_seeds, allows_tasks]: [bool; 2],
    examine: fn(&Trial, Resampling) -> Result<Interval, StatisticsError>,
) -> Method {
    Method { name, allows_seeds, allows_tasks, needs_seeds: 2, examine: Examine::Interval(examine) }
}

const fn test(
    name: &'static str,
    [allows_seeds, allows_tasks]: [bool; 2],
    examine: fn(&Trial, Resampling) -> Result<f64, StatisticsError>,
) -> Method {
    Method { name, allows_seeds, allows_tasks, needs_seeds: 2, examine: Examine::P(examine) }
}

const SEEDS: [bool; 2] = [true, false];
const TASKS: [bool; 2] = [false, true];
const BOTH: [bool; 2] = [true, true];
const NEITHER: [bool; 2] = [false, false];

/// All intervals of the difference.
pub const INTERVALS: [Method; 8] = [
    interval("percentile, instances", NEITHER, |trial, by| percentile(trial, Unit::Instances, by)),
    interval("percentile, tasks", TASKS, |trial, by| percentile(trial, Unit::Tasks, by)),
    interval("BCa, tasks", TASKS, bca),
    interval("percentile, seeds", SEEDS, |trial, by| percentile(trial, Unit::Seeds, by)),
    interval("percentile, seeds × tasks", BOTH, |trial, by| percentile(trial, Unit::SeedsAndTasks, by)),
    interval("percentile, seeds × tasks × instances", BOTH, |trial, by| {
        percentile(trial, Unit::SeedsTasksAndInstances, by)
    }),
    interval("t, seeds", SEEDS, |trial, _| estimate(trial, Level::Seeds)?.interval(LEVEL)),
    interval("t, seeds × tasks (two-way)", BOTH, |trial, _| two_way(trial)?.interval(LEVEL)),
];

/// All tests of a difference.
pub const TESTS: [Method; 8] = [
    test("McNemar, instances", NEITHER, |trial, _| Ok(mcnemar_p(trial))),
    test("approximate randomisation, instances", NEITHER, |trial, by| randomised(trial, Level::Instances, by)),
    test("approximate randomisation, tasks", TASKS, |trial, by| randomised(trial, Level::Tasks, by)),
    test("Wilcoxon, tasks", TASKS, |trial, _| wilcoxon_p(trial)),
    test("paired bootstrap, tasks", TASKS, |trial, by| bootstrapped(trial, Unit::Tasks, by)),
    Method { needs_seeds: 6, ..test("sign flips, seeds", SEEDS, flipped) },
    test("paired bootstrap, seeds × tasks", BOTH, |trial, by| bootstrapped(trial, Unit::SeedsAndTasks, by)),
    test("t, seeds × tasks (two-way)", BOTH, |trial, _| Ok(two_way(trial)?.p_value())),
];

/// The tests of equivalence.
pub const EQUIVALENCE: [Method; 2] = [
    test("equivalence, tasks", TASKS, |trial, _| Ok(estimate(trial, Level::Tasks)?.equivalence(MARGIN)?.p)),
    test("equivalence, seeds × tasks (two-way)", BOTH, |trial, _| Ok(two_way(trial)?.equivalence(MARGIN)?.p)),
];

fn bootstrap(
    trial: &Trial,
    unit: Unit,
    by: Resampling,
) -> Result<placebo_experiment::statistics::Bootstrap, StatisticsError> {
    trial.crossed().redraw(unit, by, &|_, _| ())?.over_seeds(&trial.differences())
}

fn percentile(trial: &Trial, unit: Unit, by: Resampling) -> Result<Interval, StatisticsError> {
    bootstrap(trial, unit, by)?.percentile(LEVEL)
}

fn bca(trial: &Trial, by: Resampling) -> Result<Interval, StatisticsError> {
    bootstrap(trial, Unit::Tasks, by)?.bca(&trial.crossed().influence(Level::Tasks, &trial.differences()), LEVEL)
}

fn bootstrapped(trial: &Trial, unit: Unit, by: Resampling) -> Result<f64, StatisticsError> {
    Ok(bootstrap(trial, unit, by)?.p_value())
}

fn estimate(trial: &Trial, level: Level) -> Result<Estimate, StatisticsError> {
    Estimate::of_units(&trial.crossed().contributions(level, &trial.differences()))
}

fn two_way(trial: &Trial) -> Result<Estimate, StatisticsError> {
    Estimate::of_table(&trial.crossed().table(&trial.differences()))
}

fn mcnemar_p(trial: &Trial) -> f64 {
    let differences = trial.crossed().instance_scores(&trial.differences()).concat();
    let count = |is: fn(&f64) -> bool| differences.iter().filter(|difference| is(difference)).count() as u64;
    mcnemar(count(|difference| *difference > 0.0), count(|difference| *difference < 0.0))
}

fn randomised(trial: &Trial, level: Level, by: Resampling) -> Result<f64, StatisticsError> {
    let units = trial.crossed().contributions(level, &trial.differences());
    approximate_randomisation(&units, by).map(|Permutation { p, .. }| p)
}

fn flipped(trial: &Trial, by: Resampling) -> Result<f64, StatisticsError> {
    let units = trial.crossed().contributions(Level::Seeds, &trial.differences());
    sign_flip(&units, by).map(|Permutation { p, .. }| p)
}

fn wilcoxon_p(trial: &Trial) -> Result<f64, StatisticsError> {
    Ok(wilcoxon(&trial.crossed().task_means(&trial.differences()), ZeroMethod::default())?.p)
}
