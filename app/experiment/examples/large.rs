//! Times the comparison of a large results folder: 300 runs of 119 tasks of 100 instances, 10,000 resamples.
//!
//! `cargo run --release -p placebo-experiment --example large [DIR]`; the folder is made up, in a temporary place unless
//! one is named, and left there for other programs to read.

use placebo_experiment::plan::{Inputs, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::report::{Question, Test, compare, read_records, text};
use placebo_experiment::results::RunFolder;
use placebo_experiment::run_spec::RunSpec;
use placebo_experiment::score::{AnswerSpace, MetricScores, ScoredTask, Scores, TaskScores};
use placebo_plugin_api::{Rng, Settings, TaskKind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

const TASKS: usize = 119;
const CLASSIFICATION_TASKS: usize = 57;
const INSTANCES: usize = 100;

/// Four conditions on 75 seeds.
fn plan() -> String {
    let seeds: Vec<String> = (1..=75).map(|seed| seed.to_string()).collect();
    let condition = |name: &str, transform: &str| format!("[[condition]]\nname = \"{name}\"\n{transform}\n");
    [
        format!("name = \"large\"\nseeds = [{}]\n", seeds.join(", ")),
        "[data]\npath = \"data\"\ntrain = { instances_per_task = 10 }\n[model]\ncheckpoint = \"bundled:nano\"\n".into(),
        condition("Original", ""),
        condition("Simplified", "transforms = [{ id = \"definition.simplified\" }]"),
        condition("Empty", "transforms = [{ id = \"definition.empty\" }]"),
        condition("Delusive", "transforms = [{ id = \"examples.delusive\" }]"),
    ]
    .concat()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).map_or_else(|| std::env::temp_dir().join("placebo-large"), PathBuf::from);
    let results = folder.join("results");
    timed("made up", || make(&folder, &results))?;
    let (records, problems) = timed("read", || read_records(&results))?;
    assert!(problems.is_empty(), "made-up records are whole");
    let question = Question { baseline: Some("Original".into()), test: Some(Test::T), ..Question::default() };
    let comparison = timed("compared", || compare(&records, &question, &|_| {}))?;
    println!("{} runs, {} resamples\n\n{}", records.len(), question.resampling.resamples, text::write(&comparison));
    Ok(())
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    println!("{what} in {:.2} s", begun.elapsed().as_secs_f64());
    done
}

fn make(folder: &Path, results: &Path) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join("plan.toml");
    std::fs::write(&path, plan())?;
    for spec in Plan::read(&path)?.runs(&plugins()?, &Inputs::default())?.runs {
        RunFolder::create(results, &spec)?.write_scores(&scores(&spec))?;
    }
    Ok(())
}

/// The plugins that cargo has built: examples lie beside the folder that holds them.
fn plugins() -> std::io::Result<Registry> {
    let built = std::env::current_exe()?;
    Ok(Registry::load(&built.ancestors().skip(1).take(2).map(|folder| folder.join("deps")).collect::<Vec<_>>()))
}

fn name(task: usize) -> String {
    format!("task{task:04}_made_up")
}

fn scores(spec: &RunSpec) -> Scores {
    let answers = |task: usize| {
        let is_classification = task < CLASSIFICATION_TASKS;
        AnswerSpace {
            kind: if is_classification { TaskKind::Classification } else { TaskKind::Generation },
            labels: if is_classification { vec!["yes".into(), "no".into()] } else { Vec::new() },
            categories: vec![format!("Category {}", task % 12)],
        }
    };
    let instances = |task| (0..INSTANCES).map(|at| format!("{}-{at}", name(task))).collect();
    let scored = |task| (name(task), ScoredTask { answers: answers(task), instances: instances(task) });
    let condition = spec.condition.transforms.len() as u64;
    let mut rng = Rng::from_seed(spec.seed * 10 + condition);
    Scores {
        tasks: (0..TASKS).map(scored).collect(),
        metrics: vec![
            metric("exact-match", &mut |_| if rng.unit() < 0.6 - 0.1 * condition as f64 { 100.0 } else { 0.0 }),
            metric("rouge-l", &mut |at| (at * 7919 % 10_007) as f64 / 100.07),
        ],
    }
}

fn metric(id: &str, draw: &mut dyn FnMut(usize) -> f64) -> MetricScores {
    let mut task = |task: usize| {
        let instances: Vec<f64> = (0..INSTANCES).map(|at| draw(task * INSTANCES + at)).collect();
        (name(task), TaskScores { mean: mean(instances.iter()), instances })
    };
    let tasks: BTreeMap<String, TaskScores> = (0..TASKS).map(&mut task).collect();
    let of = |from: usize, to: usize| Some(mean(tasks.values().take(to).skip(from).map(|task| &task.mean)));
    MetricScores {
        id: id.into(),
        version: "0.1.0".into(),
        settings: Settings::default(),
        overall: of(0, TASKS),
        classification: of(0, CLASSIFICATION_TASKS),
        generation: of(CLASSIFICATION_TASKS, TASKS),
        guess: None,
        tasks,
    }
}

fn mean<'v>(values: impl ExactSizeIterator<Item = &'v f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}
