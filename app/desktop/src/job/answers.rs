//! Answers of two runs, instance by instance, and the choice among them.

use crate::message::Told;
use crate::settings::write_file;
use crate::state::{AnswerRow, Asked};
use placebo_experiment::generation::Generation;
use placebo_experiment::results::RunFolder;
use placebo_experiment::score::Scores;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The score that counts as right.
const RIGHT: f64 = 100.0;

/// Task and instance → whether the answer is right.
type Marks = BTreeMap<(String, String), bool>;

/// Reads what both runs answered.
///
/// # Errors
/// A run without answers or scores.
pub(crate) fn read_answers(asked: &Asked) -> Told<Arc<Vec<AnswerRow>>> {
    let (Some(a), Some(b)) = (&asked.a, &asked.b) else {
        return Err("choose two finished runs to lay side by side".to_owned());
    };
    let (mut answers, marks) = read(a)?;
    let (others, other_marks) = read(b)?;
    let mut others: BTreeMap<(String, String), Generation> =
        others.into_iter().map(|answer| ((answer.task.clone(), answer.instance.clone()), answer)).collect();
    let rows = answers.drain(..).filter_map(|answer| {
        let key = (answer.task.clone(), answer.instance.clone());
        let other = others.remove(&key)?;
        let is_right = |marks: &Marks| marks.get(&key).copied().unwrap_or(false);
        Some(AnswerRow {
            a_right: is_right(&marks),
            b_right: is_right(&other_marks),
            task: answer.task,
            instance: answer.instance,
            references: answer.references,
            a: answer.prediction,
            b: other.prediction,
        })
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Err("the two runs have no instance in common; choose runs of one plan".to_owned());
    }
    Ok(Arc::new(rows))
}

fn read(path: &Path) -> Told<(Vec<Generation>, Marks)> {
    let folder = RunFolder::open(path).map_err(|error| error.to_string())?;
    let answers = folder.generations().map_err(|error| {
        format!("this run kept no answers ({error}); baselines in closed form have none, choose another")
    })?;
    let scores = folder.scores().map_err(|error| error.to_string())?;
    Ok((answers, marks(&scores)))
}

/// By exact match, and by the plan's first metric where it has no exact match.
fn marks(scores: &Scores) -> Marks {
    let Some(metric) = scores.find("exact-match", None).or(scores.metrics.first()) else { return Marks::new() };
    let mut marks = Marks::new();
    for (task, scored) in &scores.tasks {
        let given = metric.tasks.get(task).map(|scores| scores.instances.as_slice()).unwrap_or_default();
        for (instance, score) in scored.instances.iter().zip(given) {
            marks.insert((task.clone(), instance.clone()), *score >= RIGHT);
        }
    }
    marks
}

/// The places of the rows that are wanted.
pub(crate) fn pick(rows: &[AnswerRow], asked: &Asked) -> Arc<Vec<usize>> {
    let text = asked.text.to_lowercase();
    let holds = |row: &AnswerRow| {
        let mut texts = [&row.task, &row.a, &row.b].into_iter().chain(&row.references);
        text.is_empty() || texts.any(|part| part.to_lowercase().contains(&text))
    };
    let wanted = rows.iter().enumerate().filter(|(_, row)| asked.verdict.admits(row) && holds(row));
    Arc::new(wanted.map(|(place, _)| place).collect())
}

/// Writes the rows wanted as JSON lines.
///
/// # Errors
/// A folder that cannot be written to.
pub(crate) fn write_answers(rows: &[AnswerRow], found: &[usize], path: &Path) -> Told<Vec<PathBuf>> {
    let mut text = String::new();
    for row in found.iter().filter_map(|place| rows.get(*place)) {
        let line = serde_json::json!({
            "task": row.task, "instance": row.instance, "references": row.references,
            "a": row.a, "a_right": row.a_right, "b": row.b, "b_right": row.b_right,
        });
        text.push_str(&format!("{line}\n"));
    }
    write_file(path, text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(vec![path.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Verdict;

    #[test]
    fn rows_are_picked_by_verdict_and_text() {
        let row = |task: &str, a_right| AnswerRow {
            task: task.into(),
            instance: "1".into(),
            references: vec!["Yes".into()],
            a: "maybe".into(),
            a_right,
            b: "no".into(),
            b_right: false,
        };
        let rows = [row("one", true), row("two", false)];
        let picked = |verdict, text: &str| {
            pick(&rows, &Asked { verdict, text: text.into(), ..Asked::default() }).as_ref().clone()
        };
        assert_eq!(picked(Verdict::All, ""), [0, 1]);
        assert_eq!(picked(Verdict::OnlyA, ""), [0]);
        assert_eq!(picked(Verdict::All, "TWO"), [1]);
        assert_eq!(picked(Verdict::All, "yes"), [0, 1]);
        assert!(picked(Verdict::OnlyB, "").is_empty());
    }
}
