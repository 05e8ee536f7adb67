//! What differs between scores as they stand in a bundle and as they follow from its answers, in one sentence.

use crate::score::{MetricScores, Scores, TaskScores};

/// The first difference and how many more there are; the metrics that were not computed anew are passed over.
pub(super) fn of_scores(stored: &Scores, found: &Scores) -> Option<String> {
    if stored.tasks != found.tasks {
        return Some("tasks or instances are not those that were answered".to_owned());
    }
    let pairs = found.metrics.iter().filter_map(|found| Some((stored.find(&found.id, Some(&found.settings))?, found)));
    let mut differences = pairs.flat_map(|(stored, found)| of_metric(stored, found, found_instances(stored, found)));
    let first = differences.next()?;
    Some(match differences.count() {
        0 => first,
        more => format!("{first}, and {more} more"),
    })
}

/// Numbers of single answers under all metrics.
pub(super) fn count(scores: &Scores) -> usize {
    scores.metrics.iter().flat_map(|metric| metric.tasks.values()).map(|task| task.instances.len()).sum()
}

fn of_metric(stored: &MetricScores, found: &MetricScores, instances: Vec<String>) -> Vec<String> {
    let versions = if stored.version == found.version {
        String::new()
    } else {
        format!(" (scored by version {}, now by {})", stored.version, found.version)
    };
    let aggregates = [
        ("overall", stored.overall, found.overall),
        ("classification", stored.classification, found.classification),
        ("generation", stored.generation, found.generation),
    ];
    let aggregates = aggregates.into_iter().filter(|(_, stored, found)| stored != found);
    let aggregates = aggregates.map(|(name, stored, found)| said(name, stored, found));
    let guess = (stored.guess != found.guess).then(|| "the bounds of guessing differ".to_owned());
    let all = instances.into_iter().chain(aggregates).chain(guess);
    all.map(|difference| format!("{}{versions}, {difference}", stored.id)).collect()
}

fn found_instances(stored: &MetricScores, found: &MetricScores) -> Vec<String> {
    let mut differences = Vec::new();
    for name in stored.tasks.keys().chain(found.tasks.keys().filter(|name| !stored.tasks.contains_key(*name))) {
        match (stored.tasks.get(name), found.tasks.get(name)) {
            (Some(stored), Some(found)) => differences.extend(of_task(name, stored, found)),
            (stored, _) => differences.push(said(name, stored.map(|task| task.mean), None)),
        }
    }
    differences
}

fn of_task(name: &str, stored: &TaskScores, found: &TaskScores) -> Vec<String> {
    let pairs =
        stored.instances.iter().zip(&found.instances).enumerate().filter(|(_, (stored, found))| stored != found);
    let mut differences: Vec<_> = pairs
        .map(|(at, (stored, found))| said(&format!("answer {} of {name}", at + 1), Some(*stored), Some(*found)))
        .collect();
    if stored.instances.len() != found.instances.len() {
        let lengths = (stored.instances.len(), found.instances.len());
        differences.push(format!("{name} has {} scores where {} were computed", lengths.0, lengths.1));
    } else if stored.mean != found.mean {
        differences.push(said(&format!("mean of {name}"), Some(stored.mean), Some(found.mean)));
    }
    differences
}

fn said(what: &str, stored: Option<f64>, found: Option<f64>) -> String {
    let number = |number: Option<f64>| number.map_or_else(|| "nothing".to_owned(), |number| number.to_string());
    format!("{what}: {} stands there, {} was computed", number(stored), number(found))
}
