//! What did not come out as the plan wanted it: texts cut, examples left out, instructions that could not be altered.

use std::collections::{BTreeMap, BTreeSet};

use super::prose::{name, plain};
use super::study::{Run, Study};
use crate::corpus::StageReport;
use crate::report::english::{count, list, thousands};

/// Notes that are told word by word; a plugin may write more of them.
const TOLD: usize = 5;

pub(super) fn sentences(study: &Study) -> Vec<String> {
    let mut conditions = study.conditions();
    conditions.iter_mut().for_each(|(_, runs)| runs.retain(|run| run.manifest.is_some()));
    if conditions.iter().all(|(_, runs)| runs.is_empty()) {
        return Vec::new();
    }
    let cut: Vec<_> = conditions.iter().filter_map(|(condition, runs)| cut(condition, runs)).collect();
    let notes = conditions.iter().flat_map(|(condition, runs)| notes(condition, runs));
    let cut = if cut.is_empty() { vec!["No text had to be cut, and no example was left out.".to_owned()] } else { cut };
    cut.into_iter().chain(notes).collect()
}

/// What was cut under a condition, summed over its runs.
fn cut(condition: &str, runs: &[&Run]) -> Option<String> {
    let sum = |stage: fn(&Run) -> &StageReport, count: fn(&StageReport) -> usize| -> usize {
        runs.iter().map(|run| count(stage(run))).sum()
    };
    let of = |stage: fn(&Run) -> &StageReport, word: &str| {
        let prompts = sum(stage, |stage| stage.prompts);
        let targets = sum(stage, |stage| stage.target_tokens.n);
        let parts = [
            share(sum(stage, |stage| stage.truncated_sources), prompts, &format!("{word} prompts")),
            share(sum(stage, |stage| stage.truncated_targets), targets, &format!("{word} targets")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>()
    };
    let cut = [of(|run| &run.corpus.train, "training"), of(|run| &run.corpus.test, "test")].concat();
    let dropped = sum(|run| &run.corpus.train, |stage| stage.dropped_examples)
        + sum(|run| &run.corpus.test, |stage| stage.dropped_examples);
    let dropped = (dropped > 0).then(|| format!("{} found no room", count(dropped, "example", "examples")));
    let cut = (!cut.is_empty()).then(|| format!("{} lost their ends", list(&cut)));
    let parts: Vec<_> = cut.into_iter().chain(dropped).collect();
    let over = if runs.len() == 1 { "In the run".to_owned() } else { format!("Over the {} runs", runs.len()) };
    (!parts.is_empty()).then(|| format!("{over} under {}, {}.", name(condition), parts.join(", and ")))
}

/// `27 of 1,550 training prompts (1.7%)`.
fn share(part: usize, whole: usize, what: &str) -> Option<String> {
    let percent = 100.0 * part as f64 / whole.max(1) as f64;
    let percent = if percent < 0.05 { "less than 0.1".to_owned() } else { format!("{percent:.1}") };
    (part > 0).then(|| format!("{} of {} {what} ({percent}%)", thousands(part), thousands(whole)))
}

/// What the transforms had to say of tasks that they could not alter just so.
fn notes(condition: &str, runs: &[&Run]) -> Vec<String> {
    let mut tasks: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (task, notes) in runs.iter().flat_map(|run| &run.corpus.notes) {
        for note in notes {
            tasks.entry(note).or_default().insert(task);
        }
    }
    let mut notes: Vec<_> = tasks.into_iter().map(|(note, tasks)| (tasks.len(), note)).collect();
    notes.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let told = notes.iter().take(TOLD);
    let mut said: Vec<_> =
        told.map(|(tasks, note)| format!("“{}” for {}", plain(note), count(*tasks, "task", "tasks"))).collect();
    let rest = notes.len().saturating_sub(TOLD);
    said.extend((rest > 0).then(|| count(rest, "other note", "other notes")));
    if said.is_empty() { Vec::new() } else { vec![format!("Noted under {}: {}.", name(condition), list(&said))] }
}
