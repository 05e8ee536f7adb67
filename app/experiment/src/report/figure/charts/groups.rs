//! Groups along an axis of names, and the place of each condition within a group.

use crate::report::figure::cast::{Actor, Scene};
use crate::report::figure::chart::Axis;
use crate::report::figure::{At, Point};

/// Which names stand on the axis.
pub(super) struct Groups<'f> {
    /// What the points are at: numbers rising, names as in the data.
    groups: Vec<&'f At>,
    actors: Vec<&'f Actor>,
}

/// Share of a group that its bars take.
const FILLED: f64 = 0.8;
/// Share of its place that a lone bar takes.
const LONE: f64 = 0.56;

impl<'f> Groups<'f> {
    pub(super) fn of(scene: &Scene<'f>) -> Self {
        let series = scene.series();
        let groups = distinct(series.iter().flat_map(|(_, series)| &series.points));
        Self { groups, actors: series.into_iter().map(|(actor, _)| actor).collect() }
    }

    /// Whether the conditions themselves are named on the axis, because there is nothing to group them by.
    pub(super) fn are_actors(&self) -> bool {
        self.groups.len() < 2
    }

    pub(super) fn axis(&self, scene: &Scene) -> Axis {
        if self.are_actors() {
            let names = self.actors.iter().map(|actor| actor.shown.clone()).collect();
            return Axis::of_names(scene.spec.x.label.clone().unwrap_or_default(), names);
        }
        let names = self.groups.iter().map(|group| scene.spec.shown(&group.text())).collect();
        Axis::of_names(scene.spec.x.label.clone().unwrap_or_else(|| scene.panel.x.clone()), names)
    }

    /// Both sides of the place of a condition's values at `at`; `None` of a condition that is not shown.
    pub(super) fn sides(&self, actor: &str, at: &At) -> Option<(f64, f64)> {
        let group = self.groups.iter().position(|group| *group == at);
        let place = self.actors.iter().position(|known| known.name == actor)?;
        if self.are_actors() {
            return Some((place as f64 - LONE / 2.0, place as f64 + LONE / 2.0));
        }
        let width = FILLED / self.actors.len() as f64;
        let left = group? as f64 - FILLED / 2.0 + width * place as f64;
        Some((left + 0.04 * width, left + 0.96 * width))
    }

    /// How high a name's place is, where each condition takes `lane` in it.
    pub(super) fn lanes(&self, lane: f64) -> f64 {
        if self.are_actors() { lane } else { lane * self.actors.len() as f64 }
    }

    /// The middle of a group.
    pub(super) fn middle(&self, at: &At) -> Option<f64> {
        self.groups.iter().position(|group| *group == at).map(|group| group as f64)
    }
}

/// What the points are at, each once: numbers rising, names as they come.
pub(super) fn distinct<'f>(points: impl Iterator<Item = &'f Point>) -> Vec<&'f At> {
    let mut found: Vec<&At> = Vec::new();
    for point in points {
        if !found.contains(&&point.at) {
            found.push(&point.at);
        }
    }
    found.sort_by(|one, other| match (one, other) {
        (At::Number(one), At::Number(other)) => one.total_cmp(other),
        _ => std::cmp::Ordering::Equal,
    });
    found
}
