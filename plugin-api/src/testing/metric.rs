//! Whether a metric's scores mean what its scale says.

use super::{Subject, probes};
use crate::{Direction, MetricScope, PluginKind, Scale, ScoreItem, TaskKind};

pub fn stays_on_its_scale(subject: &Subject) -> Result<(), String> {
    let Some(scale) = scale(subject) else { return Ok(()) };
    let items = probes::generations();
    let scores = subject.score(&subject.settings()?, items.clone())?;
    let off = items.iter().zip(scores).find(|(_, score)| !scale.holds(*score));
    off.map_or(Ok(()), |(item, score)| Err(format!("{score} for {:?}, {:?}", item.prediction, item.references)))
}

pub fn order_does_not_matter(subject: &Subject) -> Result<(), String> {
    let Some(_) = scale(subject) else { return Ok(()) };
    let (settings, items) = (subject.settings()?, probes::generations());
    let together = subject.score(&settings, items.clone())?;
    if sees_all_answers(subject) {
        let mut backwards = subject.score(&settings, items.into_iter().rev().collect())?;
        backwards.reverse();
        let same = together.iter().zip(&backwards).all(|(one, other)| one.to_bits() == other.to_bits());
        return if same { Ok(()) } else { Err("the answers to a task in another order score otherwise".to_string()) };
    }
    for (item, score) in items.into_iter().zip(together).rev() {
        let prediction = item.prediction.clone();
        let alone = subject.score(&settings, vec![item])?[0];
        if alone.to_bits() != score.to_bits() {
            return Err(format!("{prediction:?} scores {alone} alone and {score} among others"));
        }
    }
    Ok(())
}

pub fn perfection_scores_best(subject: &Subject) -> Result<(), String> {
    let best = match scale(subject) {
        Some(Scale { direction: Direction::HigherIsBetter, maximum: Some(best), .. }) => *best,
        Some(Scale { direction: Direction::LowerIsBetter, minimum, .. }) => *minimum,
        _ => return Ok(()),
    };
    let answer = "the cat sat on the mat".to_string();
    let item = ScoreItem {
        kind: TaskKind::Classification,
        labels: vec![answer.clone(), "the dog lay on the log".to_string()],
        references: vec!["something else".to_string(), answer.clone()],
        prediction: answer,
        ..ScoreItem::default()
    };
    let score = subject.score(&subject.settings()?, vec![item])?[0];
    if (score - best).abs() <= 1e-9 { Ok(()) } else { Err(format!("{score} instead of {best}")) }
}

fn sees_all_answers(subject: &Subject) -> bool {
    matches!(subject.descriptor().kind, PluginKind::Metric { scope: MetricScope::OneTask, .. })
}

fn scale<'a>(subject: &'a Subject) -> Option<&'a Scale> {
    match &subject.descriptor().kind {
        PluginKind::Metric { scale, .. } => Some(scale),
        PluginKind::Transform { .. } => None,
    }
}
