//! References: random guessing with its band, baselines, and what others reported.

use crate::report::figure::cast::{Cast, Scene};
use crate::report::figure::mark::{DotStyle, Ink, Mark, Pen};
use crate::report::figure::palette::{Dash, Marker};
use crate::report::figure::scale::Scale;
use crate::report::figure::{Colour, Reference};

const BAND: f64 = 0.22;
/// Shapes are counted from here, since the first ones are those of conditions.
const LEVEL_MARKERS: usize = 3;

/// What references are drawn with: bands behind the data, single values before it, and levels where the kind has them.
pub(super) struct Referenced {
    pub(super) behind: Vec<Mark>,
    pub(super) levels: Vec<Mark>,
    pub(super) before: Vec<Mark>,
}

impl Referenced {
    /// The marks of a panel's references; `place` says where on the axis one with a place of its own stands.
    pub(super) fn of(
        scene: &Scene,
        (ends, up): ((f64, f64), Scale),
        place: impl Fn(&Reference) -> Option<f64>,
    ) -> Self {
        let mut marks = Self { behind: Vec::new(), levels: Vec::new(), before: Vec::new() };
        for reference in scene.references() {
            if reference.at.is_none() && up.contains(reference.value) {
                marks.level(scene.cast, reference, ends);
            } else if let Some(across) = place(reference) {
                marks.single(scene.cast, reference, across);
            }
        }
        marks
    }

    fn level(&mut self, cast: &Cast, reference: &Reference, (from, to): (f64, f64)) {
        if reference.reported {
            self.before.push(Mark::Dot {
                at: (to, reference.value),
                ink: level_ink(cast, reference),
                style: DotStyle::Hollow,
            });
            return;
        }
        if let Some((low, high)) = reference.low.zip(reference.high) {
            let points = vec![(from, low, high), (to, low, high)];
            self.behind.push(Mark::Band { points, colour: Colour::grey(0.45), opacity: BAND });
        }
        let points = vec![(from, reference.value), (to, reference.value)];
        self.levels.push(Mark::Line { points, pen: pen(cast, reference), cased: true });
    }

    fn single(&mut self, cast: &Cast, reference: &Reference, across: f64) {
        if let Some(up) = reference.low.zip(reference.high) {
            self.before.push(Mark::Whisker {
                sides: (across, across),
                up,
                pen: Pen::solid(ink(cast, reference).colour, 1.2),
                cased: true,
            });
        }
        let style = if reference.reported { DotStyle::Hollow } else { DotStyle::Filled };
        self.before.push(Mark::Dot { at: (across, reference.value), ink: ink(cast, reference), style });
    }
}

/// The line of a level: every level of a figure has a pattern of its own.
pub(super) fn pen(cast: &Cast, reference: &Reference) -> Pen {
    let at = cast.levels.iter().position(|name| *name == reference.name).unwrap_or(0);
    let dashes = [Dash::Dashed, Dash::Dotted, Dash::DashDotted, Dash::Solid];
    let colour = ink(cast, reference).colour.mixed(Colour::WHITE, if at < dashes.len() { 0.0 } else { 0.45 });
    Pen { colour, weight: 1.6, dash: dashes[at % dashes.len()], opacity: 1.0 }
}

/// The mark of a reported level, at the end of its axis: every level of a figure has a shape of its own.
pub(super) fn level_ink(cast: &Cast, reference: &Reference) -> Ink {
    let at = cast.levels.iter().position(|name| *name == reference.name).unwrap_or(0);
    Ink { marker: Marker::ALL[(at + LEVEL_MARKERS) % Marker::ALL.len()], ..ink(cast, reference) }
}

/// The ink of the condition that a reference belongs to, a neutral one otherwise.
pub(super) fn ink(cast: &Cast, reference: &Reference) -> Ink {
    let actor = reference.series.as_deref().and_then(|name| cast.find(name));
    actor.map_or_else(|| cast.palette.neutral(), |actor| actor.ink)
}

/// The colour of a level's band, for legends.
pub(super) fn band(reference: &Reference) -> Option<Colour> {
    reference.low.map(|_| Colour::grey(0.45).mixed(Colour::WHITE, 1.0 - BAND))
}
