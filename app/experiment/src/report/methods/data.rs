//! Which tasks, how many, and how many instances of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use placebo_plugin_api::TaskKind;

use super::prose::{code, plain};
use super::study::{Run, Study};
use crate::report::english::{count, list, thousands};

/// Digits of a digest that are enough to recognise it by.
const DIGITS: usize = 16;

pub(super) fn sentences(study: &Study) -> Vec<String> {
    let mut sentences: Vec<String> = Study::distinct(study.runs.iter(), collection).iter().map(said).collect();
    sentences.extend(training(study));
    sentences.extend(validation(study));
    sentences.extend(test(study));
    sentences.extend(overrides(study));
    sentences.extend(unusable(study));
    sentences
}

/// What identifies a collection: folder, format, track and digest.
type Collection<'s> = (String, &'s str, &'s str, &'s str);

fn collection(run: &Run) -> Collection<'_> {
    let data = &run.spec().data;
    (folder_name(&data.path), &data.format, &data.track, &data.digest)
}

fn said((folder, format, track, digest): &Collection) -> String {
    let digest = format!("SHA-256 of the task files beginning {}", code(shortened(digest)));
    format!("The tasks are those of {} (format {}, track {}; {digest}).", code(folder), code(format), code(track))
}

fn training(study: &Study) -> Option<String> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for run in study.tuned() {
        let (tasks, prompts) = sizes.entry(run.spec().data.train_instances_per_task).or_default();
        *tasks = run.corpus.train.tasks.max(*tasks);
        *prompts = run.corpus.train.prompts.max(*prompts);
    }
    let tasks = sizes.values().map(|(tasks, _)| *tasks).max().filter(|tasks| *tasks > 0)?;
    let each: Vec<_> = sizes.keys().map(|size| thousands(*size)).collect();
    let all: Vec<_> = sizes.values().map(|(_, prompts)| thousands(*prompts)).collect();
    let noun = if sizes.keys().all(|size| *size == 1) { "instance" } else { "instances" };
    let tasks =
        if tasks == 1 { "1 training task".to_owned() } else { format!("each of {} training tasks", thousands(tasks)) };
    Some(format!(
        "Models are trained on up to {} {noun} of {tasks} ({} in all), drawn by the run's seed and the same under every \
         condition.",
        either(&each),
        list(&all)
    ))
}

fn validation(study: &Study) -> Option<String> {
    let held_out = study.tuned().map(|run| run.spec().training.validation_instances_per_task).max()?;
    (held_out > 0).then(|| {
        let held_out = count(held_out, "further instance", "further instances");
        format!("Up to {held_out} of each training task are held out for evaluations during training.")
    })
}

fn test(study: &Study) -> Option<String> {
    let largest = study.runs.iter().max_by_key(|run| run.corpus.test.prompts)?;
    let (test, first) = (&largest.corpus.test, largest.spec().data.test_instances_per_task);
    let tasks = count(test.tasks, "test task", "test tasks");
    let each = if test.tasks == 1 { tasks } else { format!("each of {tasks}") };
    let first = if first == 1 { "instance".to_owned() } else { format!("{} instances", thousands(first)) };
    (test.tasks > 0).then(|| {
        let all = count(test.prompts, "instance", "instances");
        format!("The test set is the first {first} of {each} ({all} in all{}).", kinds(study))
    })
}

/// How many test tasks are of which kind, as they were scored.
fn kinds(study: &Study) -> String {
    let Some(scores) = study.runs.iter().find_map(|run| run.record.scores.as_ref()) else { return String::new() };
    let of_kind = |kind| scores.tasks.values().filter(|task| task.answers.kind == kind).count();
    let classification = count(of_kind(TaskKind::Classification), "classification task", "classification tasks");
    let generation = count(of_kind(TaskKind::Generation), "generation task", "generation tasks");
    format!("; {classification} and {generation}")
}

fn overrides(study: &Study) -> Option<String> {
    let tasks: BTreeSet<_> = study.runs.iter().flat_map(|run| &run.spec().data.tasks).map(|task| &task.name).collect();
    let names: Vec<_> = tasks.iter().map(|name| code(name)).collect();
    let what = if names.len() == 1 { "was" } else { "were" };
    (!names.is_empty()).then(|| format!("Kind or labels of {} {what} set by hand.", list(&names)))
}

fn unusable(study: &Study) -> Option<String> {
    let all = study.runs.iter().flat_map(|run| &run.corpus.problems);
    let files: BTreeMap<_, _> = all.map(|problem| (folder_name(&problem.path), plain(&problem.reason))).collect();
    let said: Vec<_> = files.iter().map(|(file, reason)| format!("{} ({reason})", code(file))).collect();
    (!said.is_empty()).then(|| format!("Not used, or not as it is: {}.", list(&said)))
}

/// `10`, `10 or 50`, `10, 50 or 200`.
fn either(sizes: &[String]) -> String {
    match sizes {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        sizes => sizes.concat(),
    }
}

/// The last part of a path; papers do not name folders of one machine.
pub(super) fn folder_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned()
}

/// The first digits of a digest.
pub(super) fn shortened(digest: &str) -> &str {
    digest.get(..DIGITS).unwrap_or(digest)
}
