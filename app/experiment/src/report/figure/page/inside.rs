//! A free corner inside a frame, for a legend that covers nothing.

use crate::report::figure::Colour;
use crate::report::figure::canvas::{Canvas, Item, Outline, Shape};
use crate::report::figure::geometry::{Place, Rect};
use crate::report::figure::style::Style;

/// The top left corner of a box of this size in the first free corner of the frame, upper ones before lower ones.
pub fn free_corner(canvas: &Canvas, frame: Rect, (width, height): (f64, f64), style: &Style) -> Option<Place> {
    let gap = style.em(0.6);
    let (left, right) = (frame.x + gap, frame.right() - gap - width);
    let (top, bottom) = (frame.y + gap, frame.bottom() - gap - height);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let fits = right >= left && bottom >= top;
    let is_free = |corner: &(f64, f64)| {
        let room = Rect { x: corner.0, y: corner.1, width, height }.grown(0.6 * gap);
        canvas.items.iter().all(|item| !covers(item, room))
    };
    corners.into_iter().filter(|_| fits).find(is_free).map(|(x, y)| Place::new(x, y))
}

/// Whether something that matters lies in the room; the grid does not matter.
fn covers(item: &Item, room: Rect) -> bool {
    match item {
        Item::Shape(shape) => !is_grid(shape) && touches(&shape.outline, room),
        Item::Text(text) => {
            touches(&Outline::Closed(text.corners(0.5 * text.size * text.text.chars().count() as f64).into()), room)
        }
        Item::Clip(_) | Item::Unclip => false,
    }
}

fn is_grid(shape: &Shape) -> bool {
    shape.stroke.as_ref().is_some_and(|stroke| stroke.colour == Colour::GRID)
}

fn touches(outline: &Outline, room: Rect) -> bool {
    match outline {
        Outline::Rect(rect) => rect.overlaps(&room),
        Outline::Circle(at, radius) => room.grown(*radius).overlaps(&Rect::around(*at, *at).grown(0.01)),
        Outline::Open(places) => crosses(places, room),
        Outline::Closed(places) => {
            let ring: Vec<_> = places.iter().chain(places.first()).copied().collect();
            crosses(&ring, room) || contains(places, room.centre())
        }
    }
}

fn crosses(places: &[Place], room: Rect) -> bool {
    places.windows(2).any(|pair| room.clip(pair[0], pair[1]).is_some())
}

/// Whether a place lies inside a closed outline: a line from it to the right crosses the outline an odd number of times.
fn contains(places: &[Place], at: Place) -> bool {
    let edges = places.iter().zip(places.iter().cycle().skip(1));
    let crossed = edges.filter(|(one, other)| {
        (one.y > at.y) != (other.y > at.y) && at.x < (other.x - one.x) * (at.y - one.y) / (other.y - one.y) + one.x
    });
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_count_although_no_edge_runs_through_the_room() {
        let ring = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)].map(|(x, y)| Place::new(x, y));
        assert!(contains(&ring, Place::new(5.0, 5.0)) && !contains(&ring, Place::new(15.0, 5.0)));
        let room = Rect { x: 4.0, y: 4.0, width: 2.0, height: 2.0 };
        assert!(touches(&Outline::Closed(ring.into()), room) && !touches(&Outline::Open(ring.into()), room));
    }
}
