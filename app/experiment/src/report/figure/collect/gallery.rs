//! The figures that a report shows of any runs.

use super::{Choice, Runs, figure_data};
use crate::report::figure::{Figure, FigureError, FigureSpec, Kind, Preset};

/// Draws every kind of figure that the runs have numbers for: what the comparison says, over sizes where there are
/// several, then single tasks, categories and losses.
pub fn gallery(runs: Runs) -> Vec<(Kind, Result<Figure, FigureError>)> {
    let overview = if runs.sizes().len() > 1 { Kind::Lines } else { Kind::Bars };
    let kinds = [overview, Kind::Scatter, Kind::Strip, Kind::Heat, Kind::Loss];
    let drawn = kinds.into_iter().map(|kind| (kind, draw(kind, runs)));
    drawn.filter(|(_, figure)| !matches!(figure, Err(FigureError::Nothing { .. }))).collect()
}

fn draw(kind: Kind, runs: Runs) -> Result<Figure, FigureError> {
    let baseline = runs.comparison.question.as_ref().and_then(|question| question.baseline.clone());
    let choice = Choice { against: baseline, ..Choice::default() };
    let spec = FigureSpec { kind, preset: Preset::AclFull, ..FigureSpec::default() };
    Figure::draw(spec, figure_data(kind, runs, &choice)?)
}
