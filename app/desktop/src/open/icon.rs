//! The window's icon, drawn here so that no picture has to be found at run time.

use egui::IconData;

/// The mark: three bars, two alike and one apart, as conditions of a trial are.
pub(super) fn icon() -> IconData {
    const SIZE: u32 = 64;
    const BARS: [(u32, u32, [u8; 3]); 3] =
        [(12, 30, [0x56, 0xb4, 0xe9]), (27, 30, [0x56, 0xb4, 0xe9]), (42, 14, [0xe6, 0x9f, 0x00])];
    let pixel = |x: u32, y: u32| -> [u8; 4] {
        let bar = BARS.iter().find(|(left, top, _)| (*left..left + 10).contains(&x) && (*top..52).contains(&y));
        let corner = |at: u32| at.min(SIZE - 1 - at);
        let (dx, dy) = (10u32.saturating_sub(corner(x)), 10u32.saturating_sub(corner(y)));
        match bar {
            _ if dx * dx + dy * dy > 100 => [0; 4],
            Some((_, _, [r, g, b])) => [*r, *g, *b, 0xff],
            None => [0x14, 0x1f, 0x2b, 0xff],
        }
    };
    let pixels = (0..SIZE).flat_map(|y| (0..SIZE).map(move |x| (x, y)));
    IconData { rgba: pixels.flat_map(|(x, y)| pixel(x, y)).collect(), width: SIZE, height: SIZE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_square_and_has_round_corners() {
        let icon = icon();
        assert_eq!(icon.rgba.len(), 64 * 64 * 4);
        assert_eq!(icon.rgba[3], 0, "corners are clear");
        assert!(icon.rgba.chunks(4).any(|pixel| pixel == [0xe6, 0x9f, 0x00, 0xff]));
    }
}
