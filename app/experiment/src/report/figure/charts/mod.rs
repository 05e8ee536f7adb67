//! The kinds of figures: each turns a panel's numbers into axes and marks.

mod bars;
mod groups;
mod heat;
mod legend;
mod lines;
mod range;
mod references;
mod scatter;
mod slope;
mod strip;

use super::Kind;
use super::cast::Scene;
use super::chart::Plot;

pub(super) use legend::legend;

/// The plot of a panel; `None` where the panel has no points of a shown condition.
pub(super) fn plot(scene: &Scene) -> Option<Plot> {
    if scene.series().is_empty() {
        return None;
    }
    Some(match scene.spec.kind {
        Kind::Bars => bars::plot(scene),
        Kind::Lines | Kind::Loss => lines::plot(scene),
        Kind::Scatter => scatter::plot(scene),
        Kind::Slope => slope::plot(scene),
        Kind::Strip => strip::plot(scene),
        Kind::Heat => heat::plot(scene),
    })
}
