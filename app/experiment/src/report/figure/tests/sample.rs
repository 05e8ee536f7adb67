//! Made-up numbers for every kind of figure, and names that are hard to place.

use super::super::*;

/// Two to twelve conditions: short names, long ones, one that cannot be broken at a blank.
pub const NAMES: [&str; 12] = [
    "Original",
    "Empty definition, delusive examples in training, original examples at test time",
    "Simplified",
    "definition.simplified+examples.delusive",
    "Delusive",
    "Label words replaced by nonsense words",
    "Delusive at test only",
    "WrongTaskDefinitionFromAnotherCategory",
    "Empty",
    "The original definition with the first positive example only",
    "Shuffled words",
    "Définition < 50 % & “vide” → ±",
];

pub const SHORT: [&str; 12] = [
    "Original",
    "Simplified",
    "Empty",
    "Delusive",
    "Shuffled",
    "Foreign",
    "Nonsense",
    "Random",
    "Swapped",
    "Negated",
    "First only",
    "None",
];

const SIZES: [f64; 5] = [10.0, 20.0, 50.0, 200.0, 800.0];

const CATEGORIES: [&str; 12] = [
    "Answerability Classification",
    "Cause Effect Classification",
    "Coreference Resolution",
    "Data to Text",
    "Dialogue Act Recognition",
    "Grammar Error Correction",
    "Keyword Tagging",
    "Overlap Extraction",
    "Question Rewriting",
    "Textual Entailment",
    "Title Generation",
    "Word Analogy",
];

/// A number between 0 and 1 that looks random and is always the same.
fn noise(seed: usize) -> f64 {
    let mixed = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x1234_5678);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed >> 40) as f64) / ((1_u64 << 24) as f64)
}

pub fn data(kind: Kind, names: &[&str]) -> FigureData {
    let panels = match kind {
        Kind::Bars => vec![panel("Classification tasks", "Exact match (%)", names, bars)],
        Kind::Lines => vec![
            panel("Classification tasks", "Exact match (%)", names, sizes),
            panel("All tasks", "ROUGE-L", names, sizes),
        ],
        Kind::Scatter => vec![scatter(names)],
        Kind::Slope | Kind::Strip => vec![panel("", "ROUGE-L of a task", names, tasks)],
        Kind::Heat => vec![panel("", "ROUGE-L", names, categories)],
        Kind::Loss => vec![panel("", "Training loss (nats per token)", names, losses)],
    };
    let caption = "Made-up numbers; intervals are made up, too.".to_owned();
    FigureData { panels, caption, ..FigureData::default() }
}

/// Bars in groups, which the conditions share.
pub fn grouped(names: &[&str]) -> FigureData {
    let panels = vec![panel("", "ROUGE-L", names, sizes)];
    FigureData { panels, ..data(Kind::Bars, names) }
}

fn panel(title: &str, y: &str, names: &[&str], points: fn(usize) -> Vec<Point>) -> Panel {
    let series = names.iter().enumerate();
    let series = series.map(|(at, name)| Series { name: (*name).to_owned(), points: points(at) }).collect();
    let x = if points(0).len() < 10 { "Training instances per task" } else { "Training step" };
    Panel { title: title.into(), x: x.into(), y: y.into(), series, references: references(title, names) }
}

fn references(title: &str, names: &[&str]) -> Vec<Reference> {
    let reference = |name: &str, value: f64| Reference {
        name: name.into(),
        panel: None,
        series: None,
        at: None,
        value,
        low: None,
        high: None,
        reported: false,
    };
    if title.starts_with("Classification") {
        let guess = Reference { low: Some(41.4), high: Some(43.9), ..reference("Random guess", 42.65) };
        return vec![guess, Reference { reported: true, ..reference("Untuned T5, reported", 12.78) }];
    }
    let reported = |(at, value): (&f64, f64)| Reference {
        series: Some(names[0].to_owned()),
        at: Some((*at).into()),
        reported: true,
        ..reference("Reported (Kung & Peng, 2023)", value)
    };
    let values = [43.96, 45.37, 45.86, 50.63].into_iter();
    if title == "All tasks" { SIZES.iter().zip(values).map(reported).collect() } else { Vec::new() }
}

fn point(at: At, mean: f64, reach: f64) -> Point {
    Point { at, of: None, mean, low: Some(mean - reach), high: Some(mean + reach), n: 3 }
}

fn bars(condition: usize) -> Vec<Point> {
    vec![point("Exact match".into(), 43.0 + 12.0 * noise(condition), 0.6 + 1.5 * noise(condition + 40))]
}

fn sizes(condition: usize) -> Vec<Point> {
    let mean =
        |size: f64| 38.0 + 4.0 * size.log10() + 4.0 * noise(condition) + 2.0 * noise(condition * 7 + size as usize);
    SIZES.iter().map(|size| point((*size).into(), mean(*size), 0.5 + noise(condition + 5))).collect()
}

fn task(condition: usize, task: usize) -> f64 {
    let own = 100.0 * noise(task * 31 + 1);
    (own + 26.0 * (noise(task * 13 + condition * 101 + 7) - 0.45)).clamp(0.0, 100.0)
}

fn tasks(condition: usize) -> Vec<Point> {
    let point = |at: usize| Point {
        at: "200".into(),
        of: Some(format!("task{at:04}")),
        mean: task(condition, at),
        low: None,
        high: None,
        n: 3,
    };
    (0..119).map(point).collect()
}

fn scatter(names: &[&str]) -> Panel {
    let points = |condition: usize| {
        let task = |at: usize| Point { at: task(0, at).into(), ..tasks(condition)[at].clone() };
        (0..119).map(task).collect()
    };
    let series = names.iter().enumerate().skip(1);
    let series = series.map(|(at, name)| Series { name: (*name).to_owned(), points: points(at) }).collect();
    let label = |name: &str| format!("ROUGE-L of a task, {name}");
    let y = if names.len() == 2 { label(names[1]) } else { "ROUGE-L of a task, altered".to_owned() };
    Panel { title: String::new(), x: label(names[0]), y, series, references: Vec::new() }
}

fn categories(condition: usize) -> Vec<Point> {
    let mean = |at: usize| 20.0 + 50.0 * noise(at * 3 + 2) + 14.0 * noise(at * 17 + condition);
    CATEGORIES.iter().enumerate().map(|(at, name)| point((*name).into(), mean(at), 1.0)).collect()
}

fn losses(condition: usize) -> Vec<Point> {
    let loss = |step: f64| {
        0.9 + 0.1 * condition as f64 + 3.2 * (-step / 2600.0).exp() + 0.1 * noise(step as usize + condition)
    };
    (1..=150).map(|at| f64::from(at) * 80.0).map(|step| point(step.into(), loss(step), 0.08)).collect()
}
