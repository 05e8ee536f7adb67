//! Curves of a run: every step is kept, and thinned out to what a screen can show.

use crate::state::Curve;

/// Stretches that a curve is cut into; each gives its lowest and its highest point.
const STRETCHES: usize = 300;
/// The weight of the steps before in the smoothed loss.
const MEMORY: f64 = 0.95;

/// All steps of a run.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// Step, loss, learning rate.
    steps: Vec<(usize, f64, f64)>,
    validation: Vec<[f64; 2]>,
}

impl Steps {
    /// Adds a step; one done again after a restart replaces its first account and what followed.
    pub(super) fn add(&mut self, step: usize, loss: f64, learning_rate: f64) {
        if self.steps.last().is_some_and(|(last, ..)| *last >= step) {
            self.steps.truncate(self.steps.partition_point(|(earlier, ..)| *earlier < step));
            self.validation.retain(|[at, _]| (*at as usize) < step);
        }
        self.steps.push((step, loss, learning_rate));
    }

    /// Adds a validation loss.
    pub(super) fn validate(&mut self, step: usize, loss: f64) {
        if loss.is_finite() {
            self.validation.push([step as f64, loss]);
        }
    }

    /// The curves.
    pub(super) fn curve(&self) -> Curve {
        let finite: Vec<[f64; 2]> = self
            .steps
            .iter()
            .filter(|(_, loss, _)| loss.is_finite())
            .map(|(step, loss, _)| [*step as f64, *loss])
            .collect();
        let rates: Vec<[f64; 2]> = self.steps.iter().map(|(step, _, rate)| [*step as f64, *rate]).collect();
        Curve {
            diverged: self.steps.len() - finite.len(),
            smooth: thinned(&smoothed(&finite)),
            loss: thinned(&finite),
            learning_rate: thinned(&rates),
            validation: self.validation.clone(),
        }
    }
}

/// A running mean that forgets, made up for its slow beginning.
fn smoothed(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let (mut mean, mut weight) = (0.0, 0.0);
    let smooth = |[at, value]: &[f64; 2]| {
        mean = MEMORY * mean + (1.0 - MEMORY) * value;
        weight = MEMORY * weight + (1.0 - MEMORY);
        [*at, mean / weight]
    };
    points.iter().map(smooth).collect()
}

/// The lowest and the highest point of every stretch, in their order; few points stay as they are.
fn thinned(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    if points.len() <= 2 * STRETCHES {
        return points.to_vec();
    }
    let mut kept = Vec::with_capacity(2 * STRETCHES + 2);
    for stretch in points.chunks(points.len().div_ceil(STRETCHES)) {
        let by = |one: &&[f64; 2], other: &&[f64; 2]| one[1].total_cmp(&other[1]);
        let ends = [stretch.iter().min_by(by), stretch.iter().max_by(by)];
        let mut ends: Vec<[f64; 2]> = ends.into_iter().flatten().copied().collect();
        ends.sort_by(|one, other| one[0].total_cmp(&other[0]));
        ends.dedup();
        kept.extend(ends);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thinning_keeps_the_extremes_and_the_order() {
        let mut points: Vec<[f64; 2]> = (0..100_000).map(|at| [f64::from(at), f64::from(at % 7)]).collect();
        points[55_555][1] = 1000.0;
        let kept = thinned(&points);
        assert!(kept.len() <= 2 * STRETCHES, "{}", kept.len());
        assert!(kept.contains(&[55_555.0, 1000.0]));
        assert!(kept.windows(2).all(|pair| pair[0][0] < pair[1][0]));
    }

    #[test]
    fn a_step_done_again_replaces_what_came_after_it() {
        let mut steps = Steps::default();
        for step in [1, 2, 3, 2, 3] {
            steps.add(step, step as f64, 0.1);
        }
        steps.add(4, f64::NAN, 0.1);
        let curve = steps.curve();
        assert_eq!(curve.loss, [[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]);
        assert_eq!((curve.learning_rate.len(), curve.diverged), (4, 1));
    }

    #[test]
    fn a_constant_stays_itself_when_smoothed() {
        let points = vec![[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]];
        assert!(smoothed(&points).iter().all(|[_, value]| (value - 5.0).abs() < 1e-12));
    }
}
