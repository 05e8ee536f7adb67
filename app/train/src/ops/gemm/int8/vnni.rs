//! A tile by AVX-512's dot products of four bytes.

use super::super::tasks::{COLS, LINE, ROWS};
use super::{MatMut, Panel, Rows};
use std::arch::x86_64::*;

/// Lanes of a register.
const LANES: usize = 16;

/// Whether this processor has the instructions.
pub fn is_here() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni")
}

/// Writes the product of some rows and a panel.
///
/// # Panics
/// Where [`is_here`] says no.
pub fn multiply(rows: Rows, panel: Panel, dst: MatMut) {
    assert!(is_here(), "this processor lacks the instructions");
    // SAFETY: the instructions are there, as asserted.
    unsafe { BY_HEIGHT[dst.rows() - 1](rows, panel, dst) }
}

type Tile = unsafe fn(Rows, Panel, MatMut);

/// For each number of rows a function of its own, whose sums all have a register.
macro_rules! by_height {
    ($($height:literal)*) => { [$(of_height::<$height>),*] };
}

const BY_HEIGHT: [Tile; ROWS] = by_height!(1 2 3 4 5 6 7 8 9 10 11 12 13 14);

#[target_feature(enable = "avx512f,avx512vnni")]
fn of_height<const HEIGHT: usize>(rows: Rows, panel: Panel, mut dst: MatMut) {
    let mut sums = [[_mm512_setzero_si512(); 2]; HEIGHT];
    for (item, right) in panel.items.as_chunks::<COLS>().0.iter().enumerate() {
        let first = item / LINE * ROWS * LINE + item % LINE;
        let left = &rows.items[first..=first + (HEIGHT - 1) * LINE];
        let (low, high) = right.split_at(LANES);
        let right = [load(low), load(high)];
        for (row, sums) in sums.iter_mut().enumerate() {
            let left = _mm512_set1_epi32(left[row * LINE].cast_signed());
            sums[0] = _mm512_dpbusd_epi32(sums[0], left, right[0]);
            sums[1] = _mm512_dpbusd_epi32(sums[1], left, right[1]);
        }
    }
    for (row, (sums, scale)) in sums.iter().zip(rows.scales).enumerate() {
        let mut integers = [0i32; COLS];
        for (sum, integers) in sums.iter().zip(integers.as_chunks_mut::<LANES>().0) {
            // SAFETY: as many are there as a register has lanes.
            unsafe { _mm512_storeu_si512(integers.as_mut_ptr().cast(), *sum) };
        }
        panel.write(dst.row(row), &integers, *scale);
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(items: &[u32]) -> __m512i {
    assert!(items.len() == LANES);
    // SAFETY: as many are there, as asserted.
    unsafe { _mm512_loadu_si512(items.as_ptr().cast()) }
}
