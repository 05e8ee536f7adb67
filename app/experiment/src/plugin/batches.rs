//! Asking a plugin for many items: cut into batches, in parallel, each answer checked against what was announced.

use std::collections::BTreeMap;

use placebo_plugin_api::{Instruction, PromptForm, Request, Response, ScoreItem, Settings, TransformItem, Transformed};
use rayon::prelude::*;

use super::cache::{self, Rewritings};
use super::{Plugin, PluginError};

/// Items per message: enough to make its cost small, few enough to keep all cores busy.
const BATCH: usize = 256;

/// Targets that weigh as much as an item: a task may bring thousands.
const TARGETS: usize = 64;

/// The items rewritten, in their order. A plugin that sees all tasks gets them in one batch. What a plugin in a process of
/// its own has answered before, it is not asked again.
pub fn apply(
    plugin: &Plugin,
    settings: &Settings,
    items: Vec<TransformItem>,
    known: &Rewritings,
) -> Result<Vec<Transformed>, PluginError> {
    if !plugin.is_foreign() {
        return apply_anew(plugin, settings, items);
    }
    let keys = cache::keys(plugin, settings, &items);
    let mut results: Vec<Option<Transformed>> = keys.iter().map(|key| known.find(key)).collect();
    if plugin.sees_all_tasks() && results.contains(&None) {
        results.fill(None);
    }
    let missing: Vec<usize> = (0..items.len()).filter(|place| results[*place].is_none()).collect();
    let asked = items.into_iter().zip(&results).filter(|(_, known)| known.is_none()).map(|(item, _)| item).collect();
    for (place, answer) in missing.into_iter().zip(apply_anew(plugin, settings, asked)?) {
        known.keep(keys[place], &answer);
        results[place] = Some(answer);
    }
    Ok(results.into_iter().map(|result| result.expect("known or asked for, and the answers are counted")).collect())
}

fn apply_anew(
    plugin: &Plugin,
    settings: &Settings,
    items: Vec<TransformItem>,
) -> Result<Vec<Transformed>, PluginError> {
    let batches = if plugin.sees_all_tasks() { vec![items] } else { cut(items) };
    let batches = batches.into_par_iter().map(|items| apply_batch(plugin, settings, items));
    in_order(batches.collect())
}

/// Batches of neighbours that weigh as much as so many items without targets.
fn cut(items: Vec<TransformItem>) -> Vec<Vec<TransformItem>> {
    let mut batches: Vec<Vec<TransformItem>> = Vec::new();
    let mut weight = BATCH;
    for item in items {
        let own = 1 + item.instruction.targets.len() / TARGETS;
        if weight + own > BATCH {
            batches.push(Vec::new());
            weight = 0;
        }
        weight += own;
        batches.last_mut().expect("the first item opens a batch").push(item);
    }
    batches
}

/// The items' scores, in their order.
pub fn score(plugin: &Plugin, settings: &Settings, items: &[ScoreItem]) -> Result<Vec<f64>, PluginError> {
    if plugin.sees_all_answers() {
        return score_by_task(plugin, settings, items);
    }
    let batches = items.par_chunks(BATCH).map(|items| score_batch(plugin, settings, items));
    in_order(batches.collect())
}

/// The scores of a metric that sees all answers to a task at once.
fn score_by_task(plugin: &Plugin, settings: &Settings, items: &[ScoreItem]) -> Result<Vec<f64>, PluginError> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        places.entry(&item.task).or_default().push(place);
    }
    let tasks: Vec<Vec<usize>> = places.into_values().collect();
    let of_task = |places: &Vec<usize>| {
        let items: Vec<ScoreItem> = places.iter().map(|place| items[*place].clone()).collect();
        score_batch(plugin, settings, &items)
    };
    let scored = in_order(tasks.par_iter().map(of_task).collect())?;
    let mut scores = vec![0.0; items.len()];
    tasks.iter().flatten().zip(scored).for_each(|(place, score)| scores[*place] = score);
    Ok(scores)
}

/// The answers in the order of the batches, or the first error in that order, whichever batch failed first in time.
fn in_order<T>(batches: Vec<Result<Vec<T>, PluginError>>) -> Result<Vec<T>, PluginError> {
    let batches = batches.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(batches.into_iter().flatten().collect())
}

fn apply_batch(
    plugin: &Plugin,
    settings: &Settings,
    items: Vec<TransformItem>,
) -> Result<Vec<Transformed>, PluginError> {
    let before: Vec<Instruction> = items.iter().map(|item| item.instruction.clone()).collect();
    let request = Request::Transform { id: plugin.id().to_string(), settings: settings.clone(), items };
    let Response::Transformed(results) = plugin.ask(&request)? else {
        return Err(plugin.failed("it answered a request to transform with something else".to_string()));
    };
    check_count(plugin, before.len(), results.len())?;
    for (before, result) in before.iter().zip(&results) {
        if let Some(part) = plugin.descriptor.overreach(before, &result.instruction) {
            let task = &before.task;
            return Err(plugin.failed(format!("it changed the {part} of task `{task}`, which it does not announce")));
        }
        if let Some(problem) = result.instruction.form.as_ref().and_then(PromptForm::problem) {
            return Err(plugin
                .failed(format!("the form that it gives the prompt of task `{}` is unfit: {problem}", before.task)));
        }
    }
    Ok(results)
}

fn score_batch(plugin: &Plugin, settings: &Settings, items: &[ScoreItem]) -> Result<Vec<f64>, PluginError> {
    let request = Request::Score { id: plugin.id().to_string(), settings: settings.clone(), items: items.to_vec() };
    let Response::Scored(scores) = plugin.ask(&request)? else {
        return Err(plugin.failed("it answered a request to score with something else".to_string()));
    };
    check_count(plugin, items.len(), scores.len())?;
    let off_scale = |score: &f64| !plugin.scale().is_some_and(|scale| scale.holds(*score));
    match items.iter().zip(&scores).find(|(_, score)| off_scale(score)) {
        Some((item, score)) => Err(plugin.failed(format!("{score} is off its scale: instance `{}`", item.instance))),
        None => Ok(scores),
    }
}

fn check_count(plugin: &Plugin, asked: usize, answered: usize) -> Result<(), PluginError> {
    if asked == answered { Ok(()) } else { Err(plugin.failed(format!("it answered {answered} of {asked} items"))) }
}
