//! A tile of the destination in registers: 14 rows × 32 columns, to which one item of depth after another is added.

use super::super::tasks::{COLS, LINE, ROWS};
use super::{MatMut, Operands, Order};
use std::arch::x86_64::*;

/// Lanes of a register.
const LANES: usize = 16;

/// Writes `lhs · rhs` to the destination, or adds it: `lhs` in its order, `rhs` `[items][COLS]`; the destination may be
/// smaller than a tile.
#[target_feature(enable = "avx512f,avx512bf16")]
pub fn multiply(operands: Operands, (lhs, order, rhs): (&[u32], Order, &[u32]), dst: MatMut, accumulate: bool) {
    let by_height = match (operands, order) {
        (Operands::F32, Order::Lines) => &F32_LINES,
        (Operands::F32, Order::Columns) => &F32_COLUMNS,
        (Operands::Bf16, Order::Lines) => &BF16_LINES,
        (Operands::Bf16, Order::Columns) => &BF16_COLUMNS,
    };
    // SAFETY: these functions need the same instructions as this one.
    unsafe { by_height[dst.rows() - 1](lhs, rhs, dst, accumulate) }
}

type Tile = unsafe fn(&[u32], &[u32], MatMut, bool);

/// For each number of rows a function of its own, whose sums all have a register.
macro_rules! by_height {
    ($paired:literal, $lines:literal: $($height:literal)*) => { [$(of_height::<$height, $paired, $lines>),*] };
}

const F32_LINES: [Tile; ROWS] = by_height!(false, true: 1 2 3 4 5 6 7 8 9 10 11 12 13 14);
const F32_COLUMNS: [Tile; ROWS] = by_height!(false, false: 1 2 3 4 5 6 7 8 9 10 11 12 13 14);
const BF16_LINES: [Tile; ROWS] = by_height!(true, true: 1 2 3 4 5 6 7 8 9 10 11 12 13 14);
const BF16_COLUMNS: [Tile; ROWS] = by_height!(true, false: 1 2 3 4 5 6 7 8 9 10 11 12 13 14);

#[target_feature(enable = "avx512f,avx512bf16")]
fn of_height<const HEIGHT: usize, const PAIRED: bool, const LINES: bool>(
    lhs: &[u32],
    rhs: &[u32],
    mut dst: MatMut,
    accumulate: bool,
) {
    fetch(&mut dst);
    let mut sums = [[_mm512_setzero_ps(); 2]; HEIGHT];
    let step = if LINES { LINE } else { 1 };
    for (item, right) in rhs.as_chunks::<COLS>().0.iter().enumerate() {
        let first = if LINES { item / LINE * ROWS * LINE + item % LINE } else { item * ROWS };
        let left = &lhs[first..=first + (HEIGHT - 1) * step];
        let (low, high) = right.split_at(LANES);
        let right = [load(low), load(high)];
        for (row, sums) in sums.iter_mut().enumerate() {
            let left = _mm512_set1_epi32(left[row * step].cast_signed());
            sums[0] = add_product::<PAIRED>(sums[0], left, right[0]);
            sums[1] = add_product::<PAIRED>(sums[1], left, right[1]);
        }
    }
    store(&sums, dst, accumulate);
}

/// Of items that are pairs of bf16, or f32.
#[inline]
#[target_feature(enable = "avx512f,avx512bf16")]
fn add_product<const PAIRED: bool>(sum: __m512, left: __m512i, right: __m512i) -> __m512 {
    if PAIRED {
        _mm512_dpbf16_ps(sum, paired(left), paired(right))
    } else {
        _mm512_fmadd_ps(_mm512_castsi512_ps(left), _mm512_castsi512_ps(right), sum)
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(items: &[u32]) -> __m512i {
    assert!(items.len() == LANES);
    // SAFETY: as many are there, as asserted.
    unsafe { _mm512_loadu_si512(items.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn paired(items: __m512i) -> __m512bh {
    // SAFETY: both types are 512 bits without meaning of their own.
    unsafe { std::mem::transmute(items) }
}

/// Asks for the destination, which otherwise would be waited for when the sums are ready.
#[inline]
fn fetch(dst: &mut MatMut) {
    for row in 0..dst.rows() {
        let row = dst.row(row);
        // SAFETY: hints read nothing.
        unsafe {
            _mm_prefetch::<_MM_HINT_T1>(row.as_ptr().cast());
            _mm_prefetch::<_MM_HINT_T1>(row.as_ptr().wrapping_add(row.len() - 1).cast());
        }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(sums: &[[__m512; 2]], mut dst: MatMut, accumulate: bool) {
    assert!(dst.rows() == sums.len() && dst.cols() <= COLS, "a destination of another size");
    let masks = [mask(dst.cols()), mask(dst.cols().saturating_sub(LANES))];
    for (row, sums) in sums.iter().enumerate() {
        let row = dst.row(row).as_mut_ptr();
        for (half, (sum, mask)) in sums.iter().zip(masks).enumerate() {
            // Wrapping: a row that ends in the first half has no second one, which the empty mask then leaves alone.
            let place = row.wrapping_add(half * LANES);
            // SAFETY: the mask keeps both instructions inside the row.
            unsafe {
                let before = if accumulate { _mm512_maskz_loadu_ps(mask, place) } else { _mm512_setzero_ps() };
                _mm512_mask_storeu_ps(place, mask, _mm512_add_ps(*sum, before));
            }
        }
    }
}

/// The first so many lanes.
pub fn mask(lanes: usize) -> __mmask16 {
    if lanes >= LANES { !0 } else { (1 << lanes) - 1 }
}
