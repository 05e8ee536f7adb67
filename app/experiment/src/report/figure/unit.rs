//! Lengths: everything on a page is in points.

/// Points in an inch.
pub const INCH: f64 = 72.0;

/// Points in a centimetre.
pub const CENTIMETRE: f64 = INCH / 2.54;
