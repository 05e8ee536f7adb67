//! What the three carriers cost: `cargo test --release -p placebo --test plugins overhead -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use placebo_experiment::plugin::Registry;
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
