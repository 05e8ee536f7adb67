//! What the carriers cost: `cargo test --release -p placebo --test plugins overhead -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use placebo_experiment::load::load_split;
use placebo_experiment::plan::Plan;
use placebo_experiment::plugin::Registry;
use placebo_experiment::resources;
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_plugin_api::{Example, Instruction, Settings, TransformItem};

use crate::children::confined;
use crate::scripts::script;
use crate::{hosted, misbehaving};

const ITEMS: usize = 100_000;

/// Instructions of a usual size, all different.
fn items() -> Vec<TransformItem> {
    let item = |number: usize| {
        TransformItem::new(Instruction {
            task: format!("task{number}"),
            definition: format!("In this task you are asked about number {number}. Answer with yes or no. ").repeat(3),
            positive_examples: vec![Example::new(format!("Is {number} a large number?"), "yes"); 2],
            ..Instruction::default()
        })
    };
    (0..ITEMS).map(item).collect()
}

/// The best of three times through a transform that leaves everything as it is; each registry is new to all items.
fn time(id: &str, load: impl Fn() -> Registry) -> Duration {
    let once = || {
        let (registry, items) = (load(), items());
        let begun = Instant::now();
        assert_eq!(registry.apply(id, &Settings::default(), items).unwrap().len(), ITEMS);
        begun.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

#[test]
#[ignore = "a measurement"]
fn overhead_of_the_carriers() {
    let folder = confined("");
    let inside = time("misbehaving.not", misbehaving);
    let child = time("misbehaving.not", || hosted(folder.path()));
    eprintln!("{ITEMS} items in this process: {inside:.2?}");
    eprintln!("{ITEMS} items in a child: {child:.2?}, {:.2} times that", child.as_secs_f64() / inside.as_secs_f64());
    if let Some(folder) = script("behaves", "") {
        let script = time("misbehaving.script", || hosted(folder.path()));
        eprintln!("{ITEMS} items in a Python script: {script:.2?}");
    }
    assert!(child <= 3 * inside, "a child costs more than three times as much");
}

/// What the demo takes, from app/README.md.
const DEMO: Duration = Duration::from_secs(59);

/// All tasks of the demo, through a child for every condition and seed, its start included: nothing is remembered.
#[test]
#[ignore = "a measurement"]
fn overhead_in_the_demo() {
    let plan = Plan::read(&resources::find("experiments/sample.toml").unwrap()).unwrap();
    let tasks = |split| load_split(&plan.data, split, Keep::First(0)).unwrap().tasks;
    let tasks = [tasks(Split::Train), tasks(Split::Test)].concat();
    let items = || -> Vec<_> { tasks.iter().map(|task| TransformItem::new(task.instruction())).collect() };
    let (folder, runs) = (confined(""), plan.conditions.len() * plan.seeds.len());
    let begun = Instant::now();
    for _ in 0..runs {
        let answered = hosted(folder.path()).apply("misbehaving.not", &Settings::default(), items()).unwrap();
        assert_eq!(answered.len(), tasks.len());
    }
    let (took, count) = (begun.elapsed(), tasks.len());
    let share = 100.0 * took.as_secs_f64() / DEMO.as_secs_f64();
    eprintln!("{runs} runs of {count} tasks through a child: {took:.2?}, {share:.2} % of the demo");
    assert!(share < 1.0);
}
