//! Whether a transform's results depend on what they may depend on, and on nothing else.

use super::Subject;
use crate::{PluginKind, PromptForm, Scope, TransformItem, Transformed};

pub fn is_repeatable(subject: &Subject) -> Result<(), String> {
    let Some((_, _)) = transform_kind(subject) else { return Ok(()) };
    let first = rewrite(subject, subject.items(&[1, 2]))?;
    if first == rewrite(subject, subject.items(&[1, 2]))? { Ok(()) } else { Err("two calls differ".to_string()) }
}

pub fn order_does_not_matter(subject: &Subject) -> Result<(), String> {
    let Some((Scope::OneTask, _)) = transform_kind(subject) else { return Ok(()) };
    let items = subject.items(&[1, 2]);
    let together = rewrite(subject, items.clone())?;
    for (item, result) in items.into_iter().zip(&together).rev() {
        let task = item.instruction.task.clone();
        if rewrite(subject, vec![item])?[0] != *result {
            return Err(format!("`{task}` is rewritten otherwise alone than among others"));
        }
    }
    Ok(())
}

pub fn seeds_matter(subject: &Subject) -> Result<(), String> {
    let Some((_, random)) = transform_kind(subject) else { return Ok(()) };
    let rewritings: Result<Vec<_>, String> = (0..16).map(|seed| rewrite(subject, subject.items(&[seed * 2]))).collect();
    let differ = rewritings?.windows(2).any(|pair| pair[0] != pair[1]);
    match (random, differ) {
        (true, false) => Err("it announces randomness, but 16 seeds give one result".to_string()),
        (false, true) => Err("it announces no randomness, but seeds give different results".to_string()),
        _ => Ok(()),
    }
}

pub fn keeps_to_its_parts(subject: &Subject) -> Result<(), String> {
    let Some(_) = transform_kind(subject) else { return Ok(()) };
    let items = subject.items(&[1, 2]);
    let results = rewrite(subject, items.clone())?;
    for (item, result) in items.iter().zip(&results) {
        if let Some(part) = subject.descriptor().overreach(&item.instruction, &result.instruction) {
            return Err(format!("it changed the {part} of `{}`", item.instruction.task));
        }
        if let Some(problem) = result.instruction.form.as_ref().and_then(PromptForm::problem) {
            return Err(format!(
                "the form that it gives the prompt of `{}` is unfit: {problem}",
                item.instruction.task
            ));
        }
    }
    Ok(())
}

pub fn keeps_its_labels(subject: &Subject) -> Result<(), String> {
    let PluginKind::Transform { keeps_labels: true, .. } = subject.descriptor().kind else { return Ok(()) };
    let items = subject.items(&[1, 2]);
    let results = rewrite(subject, items.clone())?;
    for (TransformItem { instruction: before, .. }, result) in items.iter().zip(&results) {
        let is_lost =
            |label: &&String| before.definition.contains(*label) && !result.instruction.definition.contains(*label);
        if let Some(label) = before.labels.iter().filter(|label| !label.trim().is_empty()).find(is_lost) {
            return Err(format!("the definition of `{}` no longer names its label {label:?}", before.task));
        }
    }
    Ok(())
}

fn transform_kind(subject: &Subject) -> Option<(Scope, bool)> {
    match subject.descriptor().kind {
        PluginKind::Transform { scope, random, .. } => Some((scope, random)),
        PluginKind::Metric { .. } => None,
    }
}

fn rewrite(subject: &Subject, items: Vec<TransformItem>) -> Result<Vec<Transformed>, String> {
    subject.transform(&subject.settings()?, items)
}
