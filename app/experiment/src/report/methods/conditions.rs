//! What each condition alters, and how often it was repeated.

use placebo_plugin_api::{Settings, Stage, Value};

use super::prose::{code, name};
use super::study::{Run, Study, seeds};
use crate::corpus::Alterations;
use crate::plan::{Condition, TransformUse};
use crate::report::english::{capitalised, count, list};

pub(super) fn sentences(study: &Study) -> Vec<String> {
    let conditions = study.conditions();
    let mut sentences = Vec::new();
    if conditions.len() > 1 {
        sentences.push(format!("{} conditions are compared.", capitalised(&in_words(conditions.len()))));
    }
    for (_, runs) in &conditions {
        sentences.extend(Study::distinct(runs.iter().copied(), |run| &run.spec().condition).into_iter().map(said));
        sentences.extend(runs.iter().find_map(|run| extent(run)));
    }
    sentences.extend(repetitions(&conditions));
    sentences
}

fn said(condition: &Condition) -> String {
    let subject = name(&condition.name);
    if condition.transforms.is_empty() {
        return format!("{subject} leaves the instructions as they are.");
    }
    let uses: Vec<_> = condition.transforms.iter().map(transform).collect();
    let stages = match condition.apply_to.as_slice() {
        [Stage::Train] => ", in training only",
        [Stage::Test] => ", in testing only",
        _ => ", in training and in testing",
    };
    format!("{subject} rewrites them by {}{stages}.", uses.join(" and then "))
}

/// How far a condition went in one of its runs; the others draw other instances, and perhaps other words.
fn extent(run: &Run) -> Option<String> {
    let Alterations { train, test } = &run.corpus.alterations;
    let stages = [("training", train), ("testing", test)].into_iter().filter(|(_, stage)| stage.altered > 0);
    let stages: Vec<_> = stages.map(|(stage, found)| in_stage(stage, &found.sentences())).collect();
    (!stages.is_empty()).then(|| format!("Under seed {}, that is {}.", run.spec().seed, stages.join(", and ")))
}

fn in_stage(stage: &str, sentences: &[String]) -> String {
    match sentences {
        [tasks] => format!("{tasks} in {stage}"),
        [tasks, particulars @ ..] => format!("{tasks} in {stage} ({})", particulars.join("; ")),
        [] => String::new(),
    }
}

fn transform(used: &TransformUse) -> String {
    plugin(&used.id, used.version.as_deref(), &used.settings)
}

/// A plugin with its version and settings; an empty text says that there is none.
pub(super) fn plugin(id: &str, version: Option<&str>, settings: &Settings) -> String {
    let version = version.map(|version| format!("version {version}"));
    let given = settings.0.iter().filter(|(_, value)| **value != Value::Text(String::new()));
    let settings = given.map(|(name, value)| code(&format!("{name} = {value}")));
    let particulars: Vec<_> = version.into_iter().chain(settings).collect();
    if particulars.is_empty() { code(id) } else { format!("{} ({})", code(id), particulars.join(", ")) }
}

/// The seeds of the finished runs.
fn repetitions(conditions: &[(&str, Vec<&Run>)]) -> Vec<String> {
    let seeds: Vec<Vec<u64>> = conditions.iter().map(|(_, runs)| seeds(runs)).collect();
    let Some(first) = seeds.first() else { return Vec::new() };
    if !first.is_empty() && seeds.iter().all(|seeds| seeds == first) {
        let subject = if conditions.len() > 1 { "Each condition" } else { "It" };
        return vec![format!("{subject} was run with {}.", numbered(first))];
    }
    let said = conditions.iter().zip(&seeds).map(|((condition, _), seeds)| (name(condition), numbered(seeds)));
    said.map(|(condition, seeds)| format!("{condition} was run with {seeds}.")).collect()
}

fn numbered(seeds: &[u64]) -> String {
    let numbers: Vec<_> = seeds.iter().map(ToString::to_string).collect();
    match seeds {
        [] => "no seed to the end".to_owned(),
        [only] => format!("one seed ({only})"),
        _ => format!("{} ({})", count(seeds.len(), "seed", "seeds"), list(&numbers)),
    }
}

fn in_words(number: usize) -> String {
    const WORDS: [&str; 11] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    number.checked_sub(2).and_then(|at| WORDS.get(at)).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
