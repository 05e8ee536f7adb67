//! Asking a plugin for many items: cut into batches, in parallel, each answer checked against what was announced.

use placebo_plugin_api::{Instruction, Request, Response, ScoreItem, Settings, TransformItem, Transformed};
use rayon::prelude::*;

use super::cache::{self, Rewritings};
use super::{Plugin, PluginError};

/// Items per message: enough to make its cost small, few enough to keep all cores busy.
const BATCH: usize = 256;

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
    let size = if plugin.sees_all_tasks() { items.len().max(1) } else { BATCH };
    let batches = items.into_par_iter().chunks(size).map(|items| apply_batch(plugin, settings, items));
    in_order(batches.collect())
}

/// The items' scores, in their order.
pub fn score(plugin: &Plugin, settings: &Settings, items: &[ScoreItem]) -> Result<Vec<f64>, PluginError> {
    let batches = items.par_chunks(BATCH).map(|items| score_batch(plugin, settings, items));
    in_order(batches.collect())
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
