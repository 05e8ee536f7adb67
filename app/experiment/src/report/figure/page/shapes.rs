//! Single values and hatches as lines and areas.

use std::f64::consts::PI;

use crate::report::figure::canvas::Outline;
use crate::report::figure::geometry::{Place, Rect};
use crate::report::figure::palette::{Hatch, Marker};

/// The outline of a mark around a place; `radius` is a disc's, others are as large to the eye.
pub fn marker(marker: Marker, at: Place, radius: f64) -> Outline {
    let regular = |corners, turn, size| Outline::Closed(star(at, &[radius * size], corners, turn));
    match marker {
        Marker::Circle => Outline::Circle(at, radius),
        Marker::Square => regular(4, PI / 4.0, 1.25),
        Marker::Diamond => regular(4, 0.0, 1.3),
        Marker::Triangle => regular(3, 0.0, 1.4),
        Marker::Wedge => regular(3, PI, 1.4),
        Marker::Left => regular(3, -PI / 2.0, 1.4),
        Marker::Right => regular(3, PI / 2.0, 1.4),
        Marker::Pentagon => regular(5, 0.0, 1.15),
        Marker::Hexagon => regular(6, PI / 6.0, 1.12),
        Marker::Star => Outline::Closed(star(at, &[1.5 * radius, 0.62 * radius], 10, 0.0)),
        Marker::Plus => Outline::Closed(plus(at, radius, 0.0)),
        Marker::Cross => Outline::Closed(plus(at, radius, PI / 4.0)),
    }
}

/// Corners around a place, the first one upwards, at distances that take turns.
fn star(at: Place, distances: &[f64], corners: usize, turn: f64) -> Vec<Place> {
    let corner = |number: usize| {
        let angle = turn + 2.0 * PI * number as f64 / corners as f64;
        let distance = distances[number % distances.len()];
        Place::new(at.x + distance * angle.sin(), at.y - distance * angle.cos())
    };
    (0..corners).map(corner).collect()
}

fn plus(at: Place, radius: f64, turn: f64) -> Vec<Place> {
    let (far, near) = (1.25 * radius, 0.42 * radius);
    let quarter = [(near, -far), (near, -near), (far, -near)];
    let (sin, cos) = turn.sin_cos();
    let all = (0..4).flat_map(|turns| {
        quarter.map(|(x, y)| match turns {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        })
    });
    all.map(|(x, y)| Place::new(at.x + x * cos - y * sin, at.y + x * sin + y * cos)).collect()
}

/// The lines of a hatch over a rectangle, `gap` apart; they run on the page's grid, so that neighbours are in step.
pub fn hatch(hatch: Hatch, rect: Rect, gap: f64) -> Vec<(Place, Place)> {
    match hatch {
        Hatch::Rising => slanted(rect, gap, -1.0),
        Hatch::Falling => slanted(rect, gap, 1.0),
        Hatch::Crossed => [slanted(rect, gap, -1.0), slanted(rect, gap, 1.0)].concat(),
        Hatch::Level => {
            let rows = steps(rect.y, rect.bottom(), gap).into_iter();
            rows.map(|y| (Place::new(rect.x, y), Place::new(rect.right(), y))).collect()
        }
    }
}

fn slanted(rect: Rect, gap: f64, slope: f64) -> Vec<(Place, Place)> {
    // The lines y = slope * x + offset that touch the rectangle.
    let corners = [(rect.x, rect.y), (rect.right(), rect.y), (rect.x, rect.bottom()), (rect.right(), rect.bottom())];
    let offsets = corners.map(|(x, y)| y - slope * x);
    let low = offsets.into_iter().fold(f64::INFINITY, f64::min);
    let high = offsets.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let at = |x: f64, offset: f64| Place::new(x, slope * x + offset);
    let offsets = steps(low, high, gap * 2.0_f64.sqrt()).into_iter();
    offsets.filter_map(|offset| rect.clip(at(rect.x, offset), at(rect.right(), offset))).collect()
}

/// Multiples of `gap` between two numbers.
fn steps(from: f64, to: f64, gap: f64) -> Vec<f64> {
    let (first, last) = ((from / gap).ceil() as i64, (to / gap).floor() as i64);
    (first..=last).map(|count| count as f64 * gap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatches_stay_inside() {
        let rect = Rect { x: 3.0, y: 7.0, width: 20.0, height: 11.0 };
        for kind in [Hatch::Rising, Hatch::Falling, Hatch::Crossed, Hatch::Level] {
            let lines = hatch(kind, rect, 2.5);
            assert!(lines.len() >= 4, "{kind:?}");
            let around = rect.grown(1e-9);
            let inside = |place: Place| {
                (around.x..=around.right()).contains(&place.x) && (around.y..=around.bottom()).contains(&place.y)
            };
            assert!(lines.iter().all(|(from, to)| inside(*from) && inside(*to)), "{kind:?}");
        }
    }

    #[test]
    fn markers_lie_around_their_place() {
        for kind in Marker::ALL {
            let Outline::Closed(corners) = marker(kind, Place::new(5.0, 5.0), 2.0) else { continue };
            let middle = corners.iter().fold((0.0, 0.0), |sum, corner| (sum.0 + corner.x, sum.1 + corner.y));
            let count = corners.len() as f64;
            assert!((middle.0 / count - 5.0).abs() < 1e-9 && (middle.1 / count - 5.0).abs() < 1e-9, "{kind:?}");
        }
    }
}
