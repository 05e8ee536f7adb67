//! Results that nobody has run, in the sizes that a laboratory may reach.

use egui::Event as Input;
use placebo_experiment::event::Event;
use placebo_experiment::generation::Generation;
use placebo_experiment::plan::{Inputs, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::results::{Journal, RunFolder, RunLock, scan};
use placebo_experiment::run_spec::{RunKind, RunSpec};
use placebo_experiment::score::{AnswerSpace, MetricScores, ScoredTask, Scores, TaskScores};
use placebo_plugin_api::{Rng, Settings, TaskKind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Runs of the large grid.
pub const RUNS: usize = 300;
/// Answers of one run.
pub const ANSWERS: usize = 1_000_000;
const STEPS: usize = 20_000;

/// What is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A run at its beginning.
    Live,
    /// 300 finished runs of 119 tasks of 100 instances.
    Many,
    /// Two finished runs with a million answers each.
    Answers,
}

impl Kind {
    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Live => "live",
            Kind::Many => "many",
            Kind::Answers => "answers",
        }
    }

    fn seeds(self) -> usize {
        if self == Kind::Many { RUNS / 4 } else { 1 }
    }

    /// Tasks, and instances of each.
    fn size(self) -> (usize, usize) {
        if self == Kind::Answers { (100, ANSWERS / 100) } else { (119, 100) }
    }
}

/// Makes the folder of the plan's results.
pub fn results(folder: &Path, kind: Kind) -> Result<PathBuf, Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join("plan.toml");
    std::fs::write(&path, plan(kind.seeds()))?;
    let runs = Plan::read(&path)?.runs(&plugins()?, &Inputs::default())?.runs;
    let finished = if kind == Kind::Answers { 2 } else { runs.len() };
    for spec in runs.iter().take(finished) {
        let run = RunFolder::create(folder, spec)?;
        if kind == Kind::Answers {
            run.write_generations(&answers(kind.size()))?;
        }
        if kind != Kind::Live {
            run.write_scores(&scores(spec, kind.size()))?;
        }
    }
    Ok(folder.join("made-up"))
}

fn plan(seeds: usize) -> String {
    let seeds: Vec<String> = (1..=seeds).map(|seed| seed.to_string()).collect();
    let condition = |name: &str, transform: &str| format!("[[condition]]\nname = \"{name}\"\n{transform}\n");
    [
        format!("name = \"made-up\"\nseeds = [{}]\n", seeds.join(", ")),
        "[data]\npath = \"data\"\ntrain = { instances_per_task = 10 }\n[model]\ncheckpoint = \"bundled:nano\"\n".into(),
        condition("Original", ""),
        condition("Simplified", "transforms = [{ id = \"definition.simplified\" }]"),
        condition("Empty", "transforms = [{ id = \"definition.empty\" }]"),
        condition("Delusive", "transforms = [{ id = \"examples.delusive\" }]"),
    ]
    .concat()
}

/// The plugins that cargo has built: examples lie beside the folder that holds them.
fn plugins() -> std::io::Result<Registry> {
    let built = std::env::current_exe()?;
    Ok(Registry::load(&built.ancestors().skip(1).take(2).map(|folder| folder.join("deps")).collect::<Vec<_>>()))
}

fn name(task: usize) -> String {
    format!("task{task:04}_made_up")
}

fn answers((tasks, instances): (usize, usize)) -> Vec<Generation> {
    let answer = |task: usize, at: usize| Generation {
        task: name(task),
        instance: format!("{}-{at}", name(task)),
        prompt_sha256: String::new(),
        prediction: if (task + at).is_multiple_of(3) { "yes" } else { "an answer of some words, as models give" }
            .into(),
        references: vec!["yes".into()],
    };
    (0..tasks).flat_map(|task| (0..instances).map(move |at| answer(task, at))).collect()
}

fn scores(spec: &RunSpec, (tasks, instances): (usize, usize)) -> Scores {
    let answers = |task: usize| AnswerSpace {
        kind: if task < tasks / 2 { TaskKind::Classification } else { TaskKind::Generation },
        labels: if task < tasks / 2 { vec!["yes".into(), "no".into()] } else { Vec::new() },
        categories: vec![format!("Category {}", task % 12)],
    };
    let ids = |task| (0..instances).map(|at| format!("{}-{at}", name(task))).collect();
    let mut rng = Rng::from_seed(spec.seed * 10 + spec.condition.transforms.len() as u64);
    let mut draw = |size| metric("exact-match", size, &mut || if rng.unit() < 0.5 { 100.0 } else { 0.0 });
    let exact = draw((tasks, instances));
    let rouge = MetricScores { id: "rouge-l".into(), ..draw((tasks, instances)) };
    Scores {
        tasks: (0..tasks)
            .map(|task| (name(task), ScoredTask { answers: answers(task), instances: ids(task) }))
            .collect(),
        metrics: vec![exact, rouge],
    }
}

fn metric(id: &str, (tasks, instances): (usize, usize), draw: &mut dyn FnMut() -> f64) -> MetricScores {
    let mut task = |task: usize| {
        let scores: Vec<f64> = (0..instances).map(|_| draw()).collect();
        (name(task), TaskScores { mean: scores.iter().sum::<f64>() / instances as f64, instances: scores })
    };
    let scored: BTreeMap<String, TaskScores> = (0..tasks).map(&mut task).collect();
    let mean = Some(scored.values().map(|task| task.mean).sum::<f64>() / tasks as f64);
    MetricScores {
        id: id.into(),
        version: "0.1.0".into(),
        settings: Settings::default(),
        overall: mean,
        classification: mean,
        generation: mean,
        guess: None,
        tasks: scored,
    }
}

/// A run that goes on by a step whenever it is asked to.
pub struct Live {
    journal: Journal,
    step: usize,
    _held: RunLock,
}

impl Live {
    /// Takes up the first run with training.
    pub fn begin(results: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let found = scan(results)?.runs;
        let run = found.iter().find(|run| run.spec().kind == RunKind::FineTune).ok_or("no run is there")?;
        let held = run.try_lock()?.ok_or("somebody holds the run")?;
        let mut live = Self { journal: run.journal(&held)?, step: 0, _held: held };
        (0..STEPS / 2).for_each(|_| drop(live.step()));
        Ok(live)
    }

    /// A step, and nothing that a person does.
    pub fn step(&mut self) -> Vec<Input> {
        self.step += 1;
        let step = Event::Step {
            step: self.step,
            steps: STEPS,
            epoch: 0.5,
            loss: 2.0 + (self.step as f64 * 0.37).sin() + 500.0 / (self.step as f64 + 100.0),
            learning_rate: 1e-3,
            gradient_norm: 1.0,
            tokens_per_s: 20_000.0,
            examples_per_s: 100.0,
        };
        self.journal.write(step).expect("the folder is made a moment before");
        Vec::new()
    }
}
