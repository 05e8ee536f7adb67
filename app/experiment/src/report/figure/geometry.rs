//! Points and rectangles on the page, in points (1/72 inch), y growing downwards.

/// A place on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// From the left edge.
    pub x: f64,
    /// From the top edge.
    pub y: f64,
}

impl Place {
    /// The place at these coordinates.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its top edge.
    pub y: f64,
    /// Its width, never negative.
    pub width: f64,
    /// Its height, never negative.
    pub height: f64,
}

impl Rect {
    /// The smallest rectangle around two places.
    pub fn around(one: Place, other: Place) -> Self {
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        Self { x, y, width: (one.x - other.x).abs(), height: (one.y - other.y).abs() }
    }

    /// Its right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Its bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Its middle.
    pub fn centre(&self) -> Place {
        Place::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The rectangle with its edges moved outwards by `by`.
    pub fn grown(&self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    /// Whether the two share an area.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The part of the line from `a` to `b` that lies inside, if any (Liang and Barsky's method).
    pub fn clip(&self, a: Place, b: Place) -> Option<(Place, Place)> {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let edges = [(-dx, a.x - self.x), (dx, self.right() - a.x), (-dy, a.y - self.y), (dy, self.bottom() - a.y)];
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (towards, room) in edges {
            match towards {
                0.0 if room < 0.0 => return None,
                0.0 => {}
                _ if towards < 0.0 => enters = enters.max(room / towards),
                _ => leaves = leaves.min(room / towards),
            }
        }
        let at = |share: f64| Place::new(a.x + share * dx, a.y + share * dy);
        (enters < leaves).then(|| (at(enters), at(leaves)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_the_edges() {
        let rect = Rect { x: 0.0, y: 0.0, width: 10.0, height: 10.0 };
        let cut = |a: (f64, f64), b: (f64, f64)| rect.clip(Place::new(a.0, a.1), Place::new(b.0, b.1));
        assert_eq!(cut((-5.0, 5.0), (15.0, 5.0)), Some((Place::new(0.0, 5.0), Place::new(10.0, 5.0))));
        assert_eq!(cut((-5.0, 5.0), (5.0, 15.0)), None);
        assert_eq!(cut((2.0, 2.0), (2.0, 20.0)), Some((Place::new(2.0, 2.0), Place::new(2.0, 10.0))));
        assert_eq!(cut((-1.0, 2.0), (-1.0, 4.0)), None);
    }
}
