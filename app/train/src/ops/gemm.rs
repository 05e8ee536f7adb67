//! Matrix products of strided f32 views, checked against their slices before the library's kernel runs.

use gemm::Parallelism;
use std::marker::PhantomData;

/// A matrix to read: `rows × cols`, element (r, c) at `r·row_stride + c·col_stride`.
#[derive(Clone, Copy)]
pub struct MatRef<'a> {
    data: &'a [f32],
    rows: usize,
    cols: usize,
    strides: (usize, usize),
}

impl<'a> MatRef<'a> {
    /// A matrix whose rows start every `stride` numbers.
    pub fn new(data: &'a [f32], rows: usize, cols: usize, stride: usize) -> Self {
        assert!(cols <= stride || rows <= 1, "rows of {cols} overlap at a stride of {stride}");
        assert!(data.len() >= extent(rows, cols, stride), "{rows} × {cols} needs more than {} numbers", data.len());
        Self { data, rows, cols, strides: (stride, 1) }
    }

    /// A matrix whose rows follow one another.
    pub fn dense(data: &'a [f32], cols: usize) -> Self {
        Self::new(data, data.len() / cols, cols, cols)
    }

    /// The transpose, without moving anything.
    pub fn t(self) -> Self {
        Self { data: self.data, rows: self.cols, cols: self.rows, strides: (self.strides.1, self.strides.0) }
    }
}

/// A matrix to write, row after row; several may write to disjoint parts of one buffer at a time.
pub struct MatMut<'a> {
    data: *mut f32,
    rows: usize,
    cols: usize,
    stride: usize,
    buffer: PhantomData<&'a mut [f32]>,
}

impl<'a> MatMut<'a> {
    /// A matrix whose rows start every `stride` numbers.
    pub fn new(data: &'a mut [f32], rows: usize, cols: usize, stride: usize) -> Self {
        assert!(cols <= stride || rows <= 1, "rows of {cols} overlap at a stride of {stride}");
        assert!(data.len() >= extent(rows, cols, stride), "{rows} × {cols} needs more than {} numbers", data.len());
        Self { data: data.as_mut_ptr(), rows, cols, stride, buffer: PhantomData }
    }

    /// A matrix whose rows follow one another.
    pub fn dense(data: &'a mut [f32], cols: usize) -> Self {
        let rows = data.len() / cols;
        Self::new(data, rows, cols, cols)
    }

    /// One row.
    pub fn row(&mut self, row: usize) -> &mut [f32] {
        assert!(row < self.rows, "row {row} of {}", self.rows);
        // SAFETY: the view is exclusive and holds `rows` rows of `cols` numbers inside its buffer, as the constructor
        // has checked.
        unsafe { std::slice::from_raw_parts_mut(self.data.add(row * self.stride), self.cols) }
    }
}

/// A buffer of rows of which threads write disjoint column blocks or row ranges.
#[derive(Clone, Copy)]
pub struct SharedRows<'a> {
    data: *mut f32,
    len: usize,
    stride: usize,
    buffer: PhantomData<&'a mut [f32]>,
}

// SAFETY: the pointer stands for an exclusive borrow of a slice of f32, which may be sent to other threads; writing
// through it is possible by the unsafe `block` alone, whose callers answer for disjointness.
unsafe impl Send for SharedRows<'_> {}
// SAFETY: as above; a shared reference gives nothing but `block`.
unsafe impl Sync for SharedRows<'_> {}

impl<'a> SharedRows<'a> {
    /// Takes a buffer of rows of `stride` numbers.
    pub fn new(data: &'a mut [f32], stride: usize) -> Self {
        Self { data: data.as_mut_ptr(), len: data.len(), stride, buffer: PhantomData }
    }

    /// The block of `rows` rows from `row` on and `cols` columns from `col` on.
    ///
    /// # Safety
    /// No two blocks that are alive at one time may share an element.
    pub unsafe fn block(&self, (row, rows): (usize, usize), (col, cols): (usize, usize)) -> MatMut<'a> {
        let start = row * self.stride + col;
        assert!(col + cols <= self.stride && start + extent(rows, cols, self.stride) <= self.len, "outside the buffer");
        // SAFETY: the start lies inside the buffer, as asserted.
        let data = unsafe { self.data.add(start) };
        MatMut { data, rows, cols, stride: self.stride, buffer: PhantomData }
    }
}

/// How many threads a product may use.
#[derive(Clone, Copy)]
pub enum Threads {
    /// The calling one: for products that are themselves one of many.
    One,
    /// All of rayon's.
    All,
}

/// `dst = lhs · rhs`, or `dst += lhs · rhs` where `accumulate`.
pub fn gemm(dst: MatMut, lhs: MatRef, rhs: MatRef, accumulate: bool, threads: Threads) {
    assert_eq!((dst.rows, dst.cols, lhs.cols), (lhs.rows, rhs.cols, rhs.rows), "the matrices do not fit together");
    let parallelism = match threads {
        Threads::One => Parallelism::None,
        Threads::All => Parallelism::Rayon(0),
    };
    if lhs.cols == 0 && !accumulate {
        // Nothing to sum: the library would leave the destination as it was.
        return fill_zero(dst);
    }
    // SAFETY: constructors have checked that every element of the three views lies inside its buffer; `dst` is borrowed
    // exclusively, so it overlaps neither operand.
    unsafe {
        gemm::gemm(
            dst.rows,
            dst.cols,
            lhs.cols,
            dst.data,
            1,
            dst.stride as isize,
            accumulate,
            lhs.data.as_ptr(),
            lhs.strides.1 as isize,
            lhs.strides.0 as isize,
            rhs.data.as_ptr(),
            rhs.strides.1 as isize,
            rhs.strides.0 as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            parallelism,
        );
    }
}

fn fill_zero(mut dst: MatMut) {
    for row in 0..dst.rows {
        dst.row(row).fill(0.0);
    }
}

fn extent(rows: usize, cols: usize, stride: usize) -> usize {
    if rows == 0 || cols == 0 { 0 } else { (rows - 1) * stride + cols }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_follow_strides_and_accumulate() {
        let a = [1., 2., 9., 3., 4., 9.]; // 2 × 2 inside rows of 3
        let b = [5., 6., 7., 8.];
        let mut c = [1f32; 4];
        gemm(MatMut::dense(&mut c, 2), MatRef::new(&a, 2, 2, 3), MatRef::dense(&b, 2), false, Threads::One);
        assert_eq!(c, [19., 22., 43., 50.]);
        gemm(MatMut::dense(&mut c, 2), MatRef::new(&a, 2, 2, 3).t(), MatRef::dense(&b, 2), true, Threads::All);
        assert_eq!(c, [45., 52., 81., 94.]);
    }

    #[test]
    fn an_empty_sum_is_zero() {
        let mut c = [7f32; 2];
        gemm(MatMut::dense(&mut c, 2), MatRef::new(&[], 1, 0, 0), MatRef::new(&[], 0, 2, 2), false, Threads::One);
        assert_eq!(c, [0., 0.]);
    }

    #[test]
    #[should_panic(expected = "do not fit together")]
    fn shapes_are_checked() {
        let a = [0f32; 4];
        gemm(MatMut::dense(&mut [0.; 4], 2), MatRef::dense(&a, 2), MatRef::dense(&a, 4), false, Threads::One);
    }
}
