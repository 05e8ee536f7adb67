//! Redrawn means of small tables, against closed forms and against each other.

use super::*;
use crate::statistics::{Bootstrap, Resampling, Unit, sample_deviation};

/// Two conditions of three seeds on four tasks of two to five instances: run = condition · 3 + seed.
fn scores() -> Vec<Vec<Vec<f64>>> {
    let score = |run: usize, task: usize, at: usize| ((run * 7 + task * 13 + at * 5 + run * task) % 11) as f64;
    let task = |run, task| (0..task + 2).map(|at| score(run, task, at)).collect();
    (0..6).map(|run| (0..4).map(|at| task(run, at)).collect()).collect()
}

fn borrowed(scores: &[Vec<Vec<f64>>]) -> Vec<Vec<&[f64]>> {
    scores.iter().map(|run| run.iter().map(Vec::as_slice).collect()).collect()
}

fn seeds() -> [Contrast; 3] {
    [0, 1, 2].map(|seed| Contrast::difference(seed, seed + 3))
}

fn bootstrap(unit: Unit, weighting: Weighting) -> Bootstrap {
    let scores = scores();
    let crossed = Crossed::new(borrowed(&scores), weighting).unwrap();
    let redrawn = crossed.redraw(unit, Resampling { resamples: 20_000, seed: 5 }, &|_, _| ()).unwrap();
    redrawn.over_seeds(&seeds()).unwrap()
}

fn variance(values: &[f64]) -> f64 {
    sample_deviation(values).unwrap().powi(2) * (values.len() - 1) as f64 / values.len() as f64
}

#[track_caller]
fn assert_close(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 0.04, "{found} is not close to {expected}");
}

#[test]
fn contributions_average_to_the_observed_mean() {
    let scores = scores();
    for weighting in [Weighting::Tasks, Weighting::Instances] {
        let crossed = Crossed::new(borrowed(&scores), weighting).unwrap();
        let observed = mean(&seeds().map(|contrast| crossed.observed(contrast))).unwrap();
        for level in [Level::Seeds, Level::Tasks, Level::Instances] {
            assert!((mean(&crossed.contributions(level, &seeds())).unwrap() - observed).abs() < 1e-12);
            assert!(crossed.influence(level, &seeds()).iter().sum::<f64>().abs() < 1e-12);
        }
        assert!((bootstrap(Unit::Tasks, weighting).observed - observed).abs() < 1e-12);
    }
}

#[test]
fn the_variance_of_a_single_level_is_its_plug_in_variance() {
    let scores = scores();
    let crossed = Crossed::new(borrowed(&scores), Weighting::Tasks).unwrap();
    for (unit, level, n) in [(Unit::Seeds, Level::Seeds, 3.0), (Unit::Tasks, Level::Tasks, 4.0)] {
        let expected = variance(&crossed.contributions(level, &seeds())) / n;
        assert_close(bootstrap(unit, Weighting::Tasks).standard_error().powi(2), expected);
    }
    let within = crossed.instance_scores(&seeds()).iter().map(|task| variance(task) / task.len() as f64).sum::<f64>();
    assert_close(bootstrap(Unit::Instances, Weighting::Tasks).standard_error().powi(2), within / 16.0);
}

/// Owen (2007), theorem 3: the main effects' variances, and the interaction's on top of them.
#[test]
fn seeds_and_tasks_are_drawn_as_pigeonholes() {
    let scores = scores();
    let crossed = Crossed::new(borrowed(&scores), Weighting::Tasks).unwrap();
    let table: Vec<f64> = seeds().iter().flat_map(|seed| crossed.task_means(&[*seed])).collect();
    let by_seed = variance(&crossed.contributions(Level::Seeds, &seeds()));
    let by_task = variance(&crossed.contributions(Level::Tasks, &seeds()));
    let interaction = variance(&table) - by_seed - by_task;
    let expected = by_seed / 3.0 + by_task / 4.0 + interaction / 12.0;
    assert_close(bootstrap(Unit::SeedsAndTasks, Weighting::Tasks).standard_error().powi(2), expected);
    let more = bootstrap(Unit::SeedsTasksAndInstances, Weighting::Tasks).standard_error().powi(2);
    assert!(more > 1.05 * expected, "{more} and {expected}");
}

#[test]
fn instances_count_the_same_where_they_are_to() {
    let scores = scores();
    let crossed = Crossed::new(borrowed(&scores), Weighting::Instances).unwrap();
    let all: Vec<f64> = crossed.instance_scores(&seeds()).concat();
    assert!(
        (crossed.observed(seeds()[0]) - mean(&crossed.instance_scores(&seeds()[..1]).concat()).unwrap()).abs() < 1e-12
    );
    assert!((bootstrap(Unit::SeedsAndTasks, Weighting::Instances).observed - mean(&all).unwrap()).abs() < 1e-12);
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    for unit in Unit::ALL {
        let found = [1, 3].map(|threads| pool(threads).install(|| bootstrap(unit, Weighting::Tasks)));
        assert_eq!(found[0], found[1]);
    }
}

#[test]
fn too_little_is_refused() {
    let one_task = [vec![vec![1.0, 2.0]], vec![vec![2.0, 3.0]]];
    let crossed = Crossed::new(borrowed(&one_task), Weighting::Tasks).unwrap();
    let redraw = |unit| crossed.redraw(unit, Resampling::default(), &|_, _| ());
    assert_eq!(redraw(Unit::Tasks).unwrap_err(), StatisticsError::TooFew { found: 1, needed: 2, unit: "tasks" });
    let seeds = redraw(Unit::Seeds).unwrap();
    let one_seed = seeds.over_seeds(&[Contrast::difference(0, 1)]).unwrap_err();
    assert_eq!(one_seed, StatisticsError::TooFew { found: 1, needed: 2, unit: "seeds" });
    let message = seeds.seedless(Contrast::level(0)).unwrap_err().to_string();
    assert_eq!(message, "nothing here depends on a seed; choose tasks as the unit: `seeds`");
    assert!(redraw(Unit::Instances).unwrap().seedless(Contrast::level(0)).is_ok());
    let unequal = Crossed::new(vec![vec![&[1.0]], vec![&[1.0, 2.0]]], Weighting::Tasks).unwrap_err();
    assert_eq!(unequal, StatisticsError::Unpaired { first: 1, second: 2 });
    assert!(Crossed::new(vec![vec![&[f64::NAN]]], Weighting::Tasks).is_err());
}
