//! Products against plain sums, at every edge of panels, tiles and blocks, for every instruction set that is here.

use super::*;
use crate::ops::floats::nearest_bf16;
use placebo_plugin_api::Rng;

pub fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut rng = Rng::from_seed(seed);
    (0..count).map(|_| rng.below(1 << 24) as f32 / (1 << 23) as f32 - 1.0).collect()
}

/// A product of dense matrices, either of them possibly stored turned.
struct Case {
    shape: (usize, usize, usize),
    turned: (bool, bool),
    product: Product,
}

type Runner = fn(Product, MatMut, MatRef, MatRef);

impl Case {
    fn view(data: &[f32], (rows, cols): (usize, usize), turned: bool) -> MatRef<'_> {
        if turned { MatRef::new(data, cols, rows, rows).t() } else { MatRef::new(data, rows, cols, cols) }
    }

    /// Largest error of a runner's result relative to the sum of magnitudes.
    fn error(&self, run: Runner) -> f64 {
        let (rows, cols, depth) = self.shape;
        let (a, b, before) = (numbers(rows * depth, 1), numbers(depth * cols, 2), numbers(rows * cols, 3));
        let (lhs, rhs) = (Self::view(&a, (rows, depth), self.turned.0), Self::view(&b, (depth, cols), self.turned.1));
        let mut found = before.clone();
        run(self.product, MatMut::new(&mut found, rows, cols, cols), lhs, rhs);
        let at = |m: MatRef, row: usize, col: usize| {
            let number = m.data()[row * m.strides().0 + col * m.strides().1];
            f64::from(if self.product.operands == Operands::Bf16 { nearest_bf16(number) } else { number })
        };
        let mut worst = 0f64;
        for (place, found) in found.iter().enumerate() {
            let terms = (0..depth).map(|k| at(lhs, place / cols, k) * at(rhs, k, place % cols));
            let start = if self.product.accumulate { f64::from(before[place]) } else { 0.0 };
            let (sum, size) = terms.fold((start, start.abs()), |(sum, size), x| (sum + x, size + x.abs()));
            worst = worst.max((f64::from(*found) - sum).abs() / size.max(1e-9));
        }
        worst
    }
}

fn runners() -> Vec<Runner> {
    let own: Runner = tiles::run;
    [Product::run, library::run, laid].into_iter().chain(tiles::are_here().then_some(own)).collect()
}

/// By a right operand that is laid out; it has no sums to add to.
fn laid(product: Product, dst: MatMut, lhs: MatRef, rhs: MatRef) {
    match Laid::new(product.operands, rhs, product.threads) {
        Some(laid) if !product.accumulate => laid.multiply(dst, lhs, product.threads),
        _ => product.run(dst, lhs, rhs),
    }
}

#[test]
fn every_edge_equals_plain_sums() {
    let shapes = [(1, 1, 1), (14, 32, 256), (15, 33, 257), (3, 100, 7), (130, 17, 70), (13, 290, 515), (29, 64, 1030)];
    for shape in shapes {
        for index in 0..16 {
            let is = |bit: usize| index >> bit & 1 == 1;
            let product = Product {
                operands: if is(0) { Operands::Bf16 } else { Operands::F32 },
                accumulate: is(1),
                threads: if is(1) { Threads::One } else { Threads::All },
            };
            let case = Case { shape, turned: (is(2), is(3)), product };
            for run in runners() {
                let error = case.error(run);
                assert!(error < 2e-6, "{shape:?} {:?} {product:?}: off by {error}", case.turned);
            }
        }
    }
}

#[test]
fn threads_change_no_bit() {
    let (rows, cols, depth) = (300, 520, 600);
    let (a, b) = (numbers(rows * depth, 1), numbers(depth * cols, 2));
    for operands in [Operands::F32, Operands::Bf16] {
        let result = |threads| {
            let mut dst = vec![0f32; rows * cols];
            let product = Product { operands, accumulate: false, threads };
            product.run(MatMut::dense(&mut dst, cols), MatRef::dense(&a, depth), MatRef::dense(&b, cols));
            dst
        };
        assert_eq!(result(Threads::One), result(Threads::All));
    }
}

#[test]
fn a_few_rows_take_the_matrix_as_it_lies() {
    for shape in [(1, 1, 1), (3, 70, 64), (7, 33, 37), (2, 16, 300)] {
        for turned in [false, true] {
            let product = Product { operands: Operands::F32, accumulate: false, threads: Threads::One };
            let case = Case { shape, turned: (false, turned), product };
            let error = case.error(|_, dst, lhs, rhs| few::multiply(dst, lhs, rhs));
            assert!(error < 2e-6, "{shape:?} {turned}: off by {error}");
        }
    }
}

#[test]
fn a_row_knows_nothing_of_the_rows_beside_it() {
    let (rows, cols, depth) = (31, 70, 300);
    let (a, b) = (numbers(rows * depth, 1), numbers(depth * cols, 2));
    for operands in [Operands::F32, Operands::Bf16] {
        let Some(laid) = Laid::new(operands, MatRef::dense(&b, cols), Threads::All) else { continue };
        let result = |rows: std::ops::Range<usize>| {
            let mut dst = vec![0f32; rows.len() * cols];
            laid.multiply(
                MatMut::dense(&mut dst, cols),
                MatRef::dense(&a[rows.start * depth..rows.end * depth], depth),
                Threads::All,
            );
            dst
        };
        let together = result(0..rows);
        (0..rows).for_each(|row| assert_eq!(result(row..row + 1), together[row * cols..(row + 1) * cols]));
    }
}

#[test]
fn strided_rows_leave_what_lies_between_them() {
    let a = [1., 2., 9., 3., 4., 9.]; // 2 × 2 inside rows of 3
    let b = [5., 6., 7., 8.];
    let mut c = [0.5f32; 6];
    let product = Product { operands: Operands::F32, accumulate: false, threads: Threads::One };
    product.run(MatMut::new(&mut c, 2, 2, 3), MatRef::new(&a, 2, 2, 3), MatRef::dense(&b, 2));
    assert_eq!(c, [19., 22., 0.5, 43., 50., 0.5]);
}

#[test]
fn an_empty_sum_is_zero() {
    let mut c = [7f32; 2];
    let product = Product { operands: Operands::F32, accumulate: false, threads: Threads::One };
    product.run(MatMut::dense(&mut c, 2), MatRef::new(&[], 1, 0, 0), MatRef::new(&[], 0, 2, 2));
    assert_eq!(c, [0., 0.]);
}

#[test]
#[should_panic(expected = "do not fit together")]
fn shapes_are_checked() {
    let a = [0f32; 4];
    let product = Product { operands: Operands::F32, accumulate: false, threads: Threads::One };
    product.run(MatMut::dense(&mut [0.; 4], 2), MatRef::dense(&a, 2), MatRef::dense(&a, 4));
}
