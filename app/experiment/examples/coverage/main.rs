//! Coverage of the intervals and false positives of the tests on simulated trials, as Markdown tables.
//!
//! `cargo run --release -p placebo-experiment --example coverage [TRIALS]`; the tables are in `STATISTICS.md`.

mod methods;
mod samples;
mod trial;

use methods::{EQUIVALENCE, Examine, INTERVALS, LEVEL, MARGIN, Method, TESTS};
use placebo_experiment::statistics::Resampling;
use rayon::prelude::*;
use trial::{SCENARIOS, Scenario, Size, Trial};

/// Seeds per condition, each a number in every cell of the tables.
const SEEDS: [usize; 3] = [3, 6, 10];
/// Resamples and drawn signs.
const RESAMPLES: usize = 999;

fn main() {
    let trials = std::env::args().nth(1).map_or(2000, |count| count.parse().expect("a number of trials"));
    println!("{trials} trials per number; Monte-Carlo error (one deviation) {}.\n", errors(trials));
    table("Coverage of 95 % intervals of a difference that is 0", &INTERVALS, 0.0, trials);
    table("False positives at 5 % where there is no difference", &TESTS, 0.0, trials);
    table("False positives at 5 % where the difference is the margin", &EQUIVALENCE, MARGIN, trials);
    println!("| simple samples | expected | found |\n| --- | ---: | ---: |");
    for sample in samples::samples().expect("the designs are possible ones") {
        let is_true = |seed: &u64| (sample.simulate)(1 + seed * 7919).expect("simple samples carry everything");
        let found = (0..10 * trials as u64).into_par_iter().filter(is_true).count();
        let share = 100.0 * found as f64 / (10 * trials) as f64;
        println!("| {} | {:.1} | {share:.1} |", sample.name, 100.0 * sample.expected);
    }
}

fn errors(trials: usize) -> String {
    let error = |share: f64| 100.0 * (share * (1.0 - share) / trials as f64).sqrt();
    format!("{:.2} at 95 % or 5 %, {:.2} at 70 %", error(LEVEL), error(0.7))
}

/// A row per method, a column per scenario; bold where the method allows for everything that varies.
fn table(title: &str, methods: &[Method], points: f64, trials: usize) {
    let scenarios = SCENARIOS.map(|scenario| scenario.name).join(" | ");
    println!("| {title} | {scenarios} |\n| --- |{}", " ---: |".repeat(SCENARIOS.len()));
    for method in methods {
        let cells = SCENARIOS.map(|scenario| cell(method, &scenario, points, trials));
        println!("| {} | {} |", method.name, cells.join(" | "));
    }
    println!();
}

fn cell(method: &Method, scenario: &Scenario, points: f64, trials: usize) -> String {
    let share = |seeds: usize| match seeds < method.needs_seeds {
        true => "–".to_owned(),
        false => format!("{:.1}", 100.0 * examined(method, scenario, points, seeds, trials)),
    };
    let numbers = SEEDS.map(share).join(" / ");
    let is_allowed =
        (method.allows_seeds || scenario.by_seed == 0.0) && (method.allows_tasks || scenario.by_task == 0.0);
    if is_allowed { format!("**{numbers}**") } else { numbers }
}

/// The share of trials whose interval holds the true difference, or whose p is below the level; without those that the
/// method refuses, such as a t over three equal numbers.
fn examined(method: &Method, scenario: &Scenario, points: f64, seeds: usize, trials: usize) -> f64 {
    let size = Size { seeds, tasks: 57, instances: 30 };
    let effect = if points == 0.0 { 0.0 } else { scenario.effect_of(points) };
    let is_positive = |index: usize| {
        let trial = Trial::simulate(scenario, size, effect, 1 + index as u64 * 7919);
        let by = Resampling { resamples: RESAMPLES, seed: index as u64 };
        let found = match method.examine {
            Examine::Interval(interval) => interval(&trial, by).map(|interval| interval.contains(0.0)),
            Examine::P(p) => p(&trial, by).map(|p| p < 1.0 - LEVEL),
        };
        found.ok()
    };
    let answers: Vec<bool> = (0..trials).into_par_iter().filter_map(is_positive).collect();
    answers.iter().filter(|is_positive| **is_positive).count() as f64 / answers.len() as f64
}
