//! Integers against what they stand for, and the instructions against plain sums.

use super::super::tests::numbers;
use super::*;

const SHAPES: [(usize, usize, usize); 5] = [(1, 1, 1), (14, 32, 64), (15, 33, 65), (3, 100, 7), (130, 70, 301)];

fn operands((rows, cols, depth): (usize, usize, usize)) -> (Vec<f32>, Vec<f32>) {
    (numbers(rows * depth, 1), numbers(cols * depth, 2))
}

fn product((rows, cols, depth): (usize, usize, usize), threads: Threads) -> Vec<f32> {
    let (a, b) = operands((rows, cols, depth));
    let mut dst = vec![7f32; rows * cols];
    let integers = Integers::new(MatRef::dense(&b, depth).t());
    integers.multiply(MatMut::dense(&mut dst, cols), MatRef::dense(&a, depth), threads);
    dst
}

#[test]
fn a_product_is_off_by_no_more_than_its_rounding() {
    for shape @ (_, cols, depth) in SHAPES {
        let (a, b) = operands(shape);
        for (place, found) in product(shape, Threads::All).iter().enumerate() {
            let (a, b) = (&a[place / cols * depth..][..depth], &b[place % cols * depth..][..depth]);
            let wanted: f64 = a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
            // Numbers are at most 1, so each is rounded by at most half of 1/127.
            let bound = a.iter().zip(b).map(|(a, b)| f64::from(a.abs() + b.abs()) * 0.5 / 127.0 + 2e-5).sum::<f64>();
            assert!((f64::from(*found) - wanted).abs() <= bound, "{shape:?}: {found} is not {wanted}");
        }
    }
}

#[test]
fn threads_change_no_bit() {
    let shape = (130, 170, 301);
    assert_eq!(product(shape, Threads::One), product(shape, Threads::All));
}

#[test]
fn every_tile_equals_plain_sums_to_the_last_bit() {
    for (rows, cols, depth) in [(1, 1, 1), (14, 32, 64), (9, 17, 131)] {
        let (a, b) = operands((rows, cols, depth));
        let (left, right) =
            (Left::new(MatRef::dense(&a, depth), Threads::One), Integers::new(MatRef::dense(&b, depth).t()));
        let result = |tile: fn(Rows, Panel, MatMut)| {
            let mut dst = vec![0f32; rows * cols];
            let rows = Rows { items: &left.panels, scales: &left.scales };
            let panel = Panel { items: &right.panels, scales: &right.scales, excesses: &right.excesses };
            tile(rows, panel, MatMut::dense(&mut dst, cols));
            dst
        };
        assert_eq!(result(multiply), result(portable));
    }
}

#[test]
fn zeros_stay_zeros() {
    let mut dst = [7f32; 4];
    let integers = Integers::new(MatRef::dense(&[0.0, 0.0, 1.0, -1.0], 2).t());
    integers.multiply(MatMut::dense(&mut dst, 2), MatRef::dense(&[0.0, 0.0, 3.0, 1.0], 2), Threads::One);
    assert_eq!((dst[0], dst[1], dst[2]), (0.0, 0.0, 0.0));
    assert!((dst[3] - 2.0).abs() < 0.03, "{}", dst[3]);
}
