//! The program, the devices, and the runs that did not finish.

use std::collections::{BTreeMap, BTreeSet};

use super::prose::{code, plain};
use super::study::Study;
use crate::report::english::{count, list};
use crate::results::RunState;

/// Digits of a commit that are enough to find it by.
const DIGITS: usize = 12;

pub(super) fn sentences(study: &Study) -> Vec<String> {
    let mut sentences: Vec<_> = program(study).into_iter().collect();
    sentences.extend(devices(study));
    sentences.extend(unfinished(study));
    sentences
}

fn program(study: &Study) -> Option<String> {
    let mut commits: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, manifest) in study.begun() {
        let build = &manifest.build;
        let commits = commits.entry(&build.version).or_default();
        commits.extend(Some(build.commit.get(..DIGITS).unwrap_or(&build.commit)).filter(|commit| !commit.is_empty()));
    }
    let said: Vec<_> = commits.iter().map(|(version, commits)| release(version, commits)).collect();
    (!said.is_empty()).then(|| format!("The experiment was run with {}.", list(&said)))
}

fn release(version: &str, commits: &BTreeSet<&str>) -> String {
    let codes: Vec<_> = commits.iter().map(|commit| code(commit)).collect();
    let word = if codes.len() == 1 { "commit" } else { "commits" };
    let commits = if codes.is_empty() { String::new() } else { format!(" ({word} {})", list(&codes)) };
    format!("Placebo {}{commits}", plain(version))
}

/// The devices of the runs that ask a model, with the number of runs where there are several.
fn devices(study: &Study) -> Option<String> {
    let mut devices: BTreeMap<String, usize> = BTreeMap::new();
    for (_, manifest) in study.begun().filter(|(run, _)| run.spec().kind.needs_model()) {
        *devices.entry(plain(&manifest.device)).or_default() += 1;
    }
    let several = devices.len() > 1;
    let device = |(device, runs): (&String, &usize)| match several {
        true => format!("{device} ({})", count(*runs, "run", "runs")),
        false => device.clone(),
    };
    let said: Vec<_> = devices.iter().map(device).collect();
    (!said.is_empty()).then(|| format!("The model ran on {}.", list(&said)))
}

fn unfinished(study: &Study) -> Option<String> {
    let (all, open) = (study.runs.len(), study.runs.iter().filter(|run| !run.is_finished()).count());
    let failed = study.runs.iter().filter(|run| matches!(run.record.state, RunState::Failed { .. })).count();
    match (all, open) {
        (_, 0) => None,
        (1, _) if failed == 1 => Some("The run failed.".to_owned()),
        (1, _) => Some("The run is not finished.".to_owned()),
        _ => {
            let verb = if open == 1 { "is" } else { "are" };
            let failed = if failed == 0 { String::new() } else { format!("; {failed} failed") };
            Some(format!("Of the {all} runs, {open} {verb} not finished{failed}."))
        }
    }
}
