//! Simulated trials: right and wrong answers of two conditions that differ by chance only, or by a known effect.

use placebo_experiment::statistics::{Contrast, Crossed, Weighting};
use placebo_plugin_api::Rng;
use statrs::distribution::{ContinuousCDF, Normal};

/// What varies between two conditions that are the same on average.
///
/// An answer is right where a normal variable is above zero: the ease of its task, which varies by
/// [`BETWEEN_TASKS`], of its instance and of the answer itself, which vary by 1, and for each condition apart what this
/// scenario adds.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// What varies.
    pub name: &'static str,
    /// From task to task, for all seeds.
    pub by_task: f64,
    /// From seed to seed, for all tasks.
    pub by_seed: f64,
    /// From seed to seed on each task.
    pub by_both: f64,
}

/// How much easier one task is than another, for all conditions.
const BETWEEN_TASKS: f64 = 0.8;
/// How easy the average task is.
const EASE: f64 = 0.2;

/// Task effects are of some nine points on a task, seed effects of some two points on all tasks.
pub const SCENARIOS: [Scenario; 4] = [
    Scenario { name: "nothing", by_task: 0.0, by_seed: 0.0, by_both: 0.0 },
    Scenario { name: "tasks", by_task: 0.25, by_seed: 0.0, by_both: 0.1 },
    Scenario { name: "seeds", by_task: 0.0, by_seed: 0.06, by_both: 0.1 },
    Scenario { name: "tasks and seeds", by_task: 0.25, by_seed: 0.06, by_both: 0.1 },
];

/// The size of a trial.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub seeds: usize,
    pub tasks: usize,
    pub instances: usize,
}

/// The answers of two conditions, 0 or 100, as run → task → instance; run = condition · seeds + seed.
pub struct Trial {
    size: Size,
    scores: Vec<Vec<Vec<f64>>>,
}

impl Scenario {
    /// The effect, on the scale of the normal variable, that makes the second condition better by so many points.
    pub fn effect_of(&self, points: f64) -> f64 {
        let (mut low, mut high) = (0.0, 2.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            let difference = self.true_mean(middle) - self.true_mean(0.0);
            if difference < points { low = middle } else { high = middle }
        }
        high
    }

    /// The mean over all tasks, instances and seeds of a condition that finds everything easier by `effect`.
    fn true_mean(&self, effect: f64) -> f64 {
        let deviations = [BETWEEN_TASKS, 1.0, 1.0, self.by_task, self.by_seed, self.by_both];
        let variance: f64 = deviations.iter().map(|deviation| deviation * deviation).sum();
        100.0 * Normal::standard().cdf((EASE + effect) / variance.sqrt())
    }
}

impl Trial {
    /// A trial in which the second condition finds everything easier by `effect`.
    pub fn simulate(scenario: &Scenario, size: Size, effect: f64, seed: u64) -> Self {
        let mut normal = Normals::of(seed);
        let tasks: Vec<Task> = (0..size.tasks).map(|_| Task::draw(scenario, size, &mut normal)).collect();
        let run = |run: usize| {
            let condition = run / size.seeds;
            let ease = EASE + condition as f64 * effect + scenario.by_seed * normal.draw();
            let of_task = |task: &Task| {
                let ease = ease + task.ease[condition] + scenario.by_both * normal.draw();
                task.instances.iter().map(|own| if ease + own + normal.draw() > 0.0 { 100.0 } else { 0.0 }).collect()
            };
            tasks.iter().map(of_task).collect()
        };
        Self { size, scores: (0..2 * size.seeds).map(run).collect() }
    }

    /// The scores as the statistics take them.
    pub fn crossed(&self) -> Crossed<'_> {
        let scores = self.scores.iter().map(|run| run.iter().map(Vec::as_slice).collect()).collect();
        Crossed::new(scores, Weighting::Tasks).expect("a trial has tasks and instances")
    }

    /// The second condition less the first, seed by seed.
    pub fn differences(&self) -> Vec<Contrast> {
        (0..self.size.seeds).map(|seed| Contrast::difference(seed + self.size.seeds, seed)).collect()
    }
}

/// A task: how easy each condition finds it, and how easy each instance is.
struct Task {
    ease: [f64; 2],
    instances: Vec<f64>,
}

impl Task {
    fn draw(scenario: &Scenario, size: Size, normal: &mut Normals) -> Self {
        let ease = BETWEEN_TASKS * normal.draw();
        let ease = [0, 1].map(|_| ease + scenario.by_task * normal.draw());
        Self { ease, instances: (0..size.instances).map(|_| normal.draw()).collect() }
    }
}

/// Standard normal numbers, two at a time by the method of Box and Muller.
pub struct Normals {
    rng: Rng,
    spare: Option<f64>,
}

impl Normals {
    /// The numbers of this seed.
    pub fn of(seed: u64) -> Self {
        Self { rng: Rng::from_seed(seed), spare: None }
    }

    /// The next number.
    pub fn draw(&mut self) -> f64 {
        self.spare.take().unwrap_or_else(|| {
            let radius = (-2.0 * (1.0 - self.rng.unit()).ln()).sqrt();
            let (sine, cosine) = (std::f64::consts::TAU * self.rng.unit()).sin_cos();
            self.spare = Some(radius * sine);
            radius * cosine
        })
    }
}
