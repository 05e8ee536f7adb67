//! Lays operands out for the tiles: `[items][height]`, or in lines as they lie, where an item is a number, or two numbers
//! that follow one another in depth, rounded to bf16.

use super::super::MatRef;
use super::super::tasks::{LINE, ROWS};
use super::tile::mask;
use super::{Operands, per_item};
use std::arch::x86_64::*;
use std::ops::Range;

/// Items of a register.
const LANES: usize = 16;

/// Lays out the rows of a matrix as a panel of `height` rows; those that the matrix lacks become zeros.
#[target_feature(enable = "avx512f,avx512bf16")]
pub fn panel(operands: Operands, matrix: MatRef, height: usize, panel: &mut [u32]) {
    for first in (0..height).step_by(LANES) {
        let group = Group { operands, matrix, first, rows: LANES.min(matrix.rows().saturating_sub(first)) };
        let places = (height, first..height.min(first + LANES));
        if matrix.strides().1 == 1 {
            group.along(panel, places);
        } else {
            group.across(panel, places);
        }
    }
}

/// Lays out up to [`ROWS`] rows that lie in memory one after another as `[lines][ROWS][LINE]`: nothing is turned. Of rows
/// that the matrix lacks the panel keeps what it has.
#[target_feature(enable = "avx512f,avx512bf16")]
pub fn lines(operands: Operands, matrix: MatRef, panel: &mut [u32]) {
    for row in 0..matrix.rows() {
        let numbers = matrix.row(row).chunks(per_item(operands) * LINE);
        for (lines, numbers) in panel.chunks_mut(ROWS * LINE).zip(numbers) {
            write(&mut lines[row * LINE..][..LINE], items_along(operands, numbers));
        }
    }
}

/// The items of up to a register's numbers that follow one another in depth.
#[inline]
#[target_feature(enable = "avx512f,avx512bf16")]
fn items_along(operands: Operands, numbers: &[f32]) -> __m512i {
    let (low, high) = numbers.split_at(numbers.len().min(LANES));
    match operands {
        Operands::F32 => _mm512_castps_si512(read(low)),
        Operands::Bf16 => bits(_mm512_cvtne2ps_pbh(read(high), read(low))),
    }
}

/// Rows that a register holds side by side.
struct Group<'a> {
    operands: Operands,
    matrix: MatRef<'a>,
    first: usize,
    rows: usize,
}

/// The height of a panel, and the group's places in each of its lines.
type Places = (usize, Range<usize>);

impl Group<'_> {
    /// Of rows that lie in memory one after another: squares of them are turned.
    #[target_feature(enable = "avx512f,avx512bf16")]
    fn along(&self, panel: &mut [u32], (height, places): Places) {
        let width = per_item(self.operands) * LANES;
        for (lines, col) in panel.chunks_mut(height * LANES).zip((0..).step_by(width)) {
            let mut square = [_mm512_setzero_si512(); LANES];
            for (row, items) in square[..self.rows].iter_mut().enumerate() {
                let line = &self.matrix.data()[(self.first + row) * self.matrix.strides().0..];
                *items = items_along(self.operands, &line[col..self.matrix.cols().min(col + width)]);
            }
            for (line, items) in lines.chunks_mut(height).zip(turned(square)) {
                write(&mut line[places.clone()], items);
            }
        }
    }

    /// Of rows that lie in memory side by side.
    #[target_feature(enable = "avx512f,avx512bf16")]
    fn across(&self, panel: &mut [u32], (height, places): Places) {
        for (line, col) in panel.chunks_mut(height).zip((0..).step_by(per_item(self.operands))) {
            write(&mut line[places.clone()], self.items_across(col));
        }
    }

    /// The items of the rows at a column; a pair is taken from two.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bf16")]
    fn items_across(&self, col: usize) -> __m512i {
        let first = read(self.column(col));
        match self.operands {
            Operands::F32 => _mm512_castps_si512(first),
            Operands::Bf16 => {
                let (low, high) = (_mm512_cvtneps_pbh(first), _mm512_cvtneps_pbh(read(self.column(col + 1))));
                // The second number of a pair stands in the upper half of its item.
                _mm512_or_si512(halves(low), _mm512_slli_epi32::<16>(halves(high)))
            }
        }
    }

    /// The group's numbers in a column; none after the last, and none of a group that the matrix lacks.
    fn column(&self, col: usize) -> &[f32] {
        match self.rows > 0 && col < self.matrix.cols() {
            true => &self.matrix.data()[self.first + col * self.matrix.strides().1..][..self.rows],
            false => &[],
        }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn bits(pairs: __m512bh) -> __m512i {
    // SAFETY: both types are 512 bits without meaning of their own.
    unsafe { std::mem::transmute(pairs) }
}

/// Numbers of 16 bits in lanes of 32.
#[inline]
#[target_feature(enable = "avx512f")]
fn halves(numbers: __m256bh) -> __m512i {
    // SAFETY: both types are 256 bits without meaning of their own.
    _mm512_cvtepu16_epi32(unsafe { std::mem::transmute::<__m256bh, __m256i>(numbers) })
}

/// Up to 16 numbers, then zeros.
#[inline]
#[target_feature(enable = "avx512f")]
fn read(numbers: &[f32]) -> __m512 {
    // SAFETY: the mask keeps the instruction inside the slice.
    unsafe { _mm512_maskz_loadu_ps(mask(numbers.len()), numbers.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn write(items: &mut [u32], lanes: __m512i) {
    // SAFETY: the mask keeps the instruction inside the slice.
    unsafe { _mm512_mask_storeu_epi32(items.as_mut_ptr().cast(), mask(items.len()), lanes) }
}

/// A square of 16 × 16 items with its rows turned into columns.
#[inline]
#[target_feature(enable = "avx512f")]
fn turned(rows: [__m512i; LANES]) -> [__m512i; LANES] {
    let mut pairs = rows;
    for i in 0..8 {
        pairs[2 * i] = _mm512_unpacklo_epi32(rows[2 * i], rows[2 * i + 1]);
        pairs[2 * i + 1] = _mm512_unpackhi_epi32(rows[2 * i], rows[2 * i + 1]);
    }
    // Line 4i + j: of each quarter, column j of rows 4i to 4i + 3.
    let mut fours = pairs;
    for i in 0..4 {
        for j in 0..2 {
            fours[4 * i + 2 * j] = _mm512_unpacklo_epi64(pairs[4 * i + j], pairs[4 * i + 2 + j]);
            fours[4 * i + 2 * j + 1] = _mm512_unpackhi_epi64(pairs[4 * i + j], pairs[4 * i + 2 + j]);
        }
    }
    let mut columns = fours;
    for j in 0..4 {
        let even = [0, 8].map(|i| _mm512_shuffle_i32x4::<0x88>(fours[i + j], fours[i + 4 + j]));
        let odd = [0, 8].map(|i| _mm512_shuffle_i32x4::<0xdd>(fours[i + j], fours[i + 4 + j]));
        columns[j] = _mm512_shuffle_i32x4::<0x88>(even[0], even[1]);
        columns[8 + j] = _mm512_shuffle_i32x4::<0xdd>(even[0], even[1]);
        columns[4 + j] = _mm512_shuffle_i32x4::<0x88>(odd[0], odd[1]);
        columns[12 + j] = _mm512_shuffle_i32x4::<0xdd>(odd[0], odd[1]);
    }
    columns
}
