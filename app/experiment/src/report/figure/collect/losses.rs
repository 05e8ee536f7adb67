//! Losses over training steps, from the journals of runs in any state.

use std::collections::BTreeMap;

use super::{Choice, Condition, Runs, tasks};
use crate::event::Event;
use crate::report::Record;
use crate::report::figure::{At, FigureData, FigureError, Panel, Point, Series};
use crate::results::RunFolder;
use crate::statistics::mean;

/// Points of a line: more would be narrower than the line is thick.
const POINTS: usize = 120;

/// One line per condition: the mean over seeds, between the lowest and the highest of them.
pub(super) fn losses(runs: Runs, choice: &Choice) -> Result<FigureData, FigureError> {
    let size = runs.size(choice)?;
    let mut series = Vec::new();
    for condition in runs.conditions() {
        let curves: Result<Vec<_>, _> = runs.of(&condition, size).map(steps).collect();
        series.push(merged(&condition, &curves?));
    }
    let (x, y) = ("Training step".to_owned(), "Training loss (nats per token)".to_owned());
    let caption = format!(
        "Training loss{}, mean over seeds; bands reach from the lowest to the highest seed.",
        tasks::at(size).replace(", after training", ", training")
    );
    let panels = vec![Panel { x, y, series, ..Panel::default() }];
    Ok(FigureData { panels, caption, ..FigureData::default() })
}

/// Step and loss.
fn steps(record: &Record) -> Result<Vec<(usize, f64)>, FigureError> {
    let journaled = RunFolder::open(&record.path)?.journaled()?;
    let steps = journaled.steps().into_iter().filter_map(|event| match event {
        Event::Step { step, loss, .. } if loss.is_finite() => Some((*step, *loss)),
        _ => None,
    });
    Ok(steps.collect())
}

/// Means over equally wide stretches of steps, first within a run, then over runs.
fn merged(condition: &Condition, curves: &[Vec<(usize, f64)>]) -> Series {
    let last = curves.iter().flatten().map(|(step, _)| *step).max().unwrap_or(0);
    let width = last.div_ceil(POINTS).max(1);
    let mut stretches: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for curve in curves {
        let mut own: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        curve.iter().for_each(|(step, loss)| own.entry(step.saturating_sub(1) / width).or_default().push(*loss));
        for (stretch, losses) in own {
            stretches.entry(stretch).or_default().extend(mean(&losses));
        }
    }
    let points = stretches.into_iter().filter_map(|(stretch, losses)| point(stretch * width, width, &losses));
    Series { name: condition.name.clone(), points: points.collect() }
}

/// The middle of the stretch that begins after `before` steps.
fn point(before: usize, width: usize, losses: &[f64]) -> Option<Point> {
    let at = At::Number(before as f64 + (width as f64 + 1.0) / 2.0);
    let several = losses.len() > 1;
    let low = losses.iter().copied().reduce(f64::min).filter(|_| several);
    let high = losses.iter().copied().reduce(f64::max).filter(|_| several);
    Some(Point { at, of: None, mean: mean(losses)?, low, high, n: losses.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_averaged_stretch_by_stretch() {
        let condition = Condition { name: "A".into(), plan: "p", condition: "A" };
        let curve = |base: f64| (1..=240).map(|step| (step, base + step as f64)).collect::<Vec<_>>();
        let series = merged(&condition, &[curve(0.0), curve(10.0)]);
        assert_eq!(series.points.len(), POINTS);
        let first = &series.points[0];
        assert_eq!(
            (first.at.clone(), first.mean, first.low, first.high),
            (At::Number(1.5), 6.5, Some(1.5), Some(11.5))
        );
        let single = merged(&condition, &[vec![(1, 4.0), (2, 3.0)]]);
        assert_eq!((single.points.len(), single.points[0].low), (2, None));
    }
}
