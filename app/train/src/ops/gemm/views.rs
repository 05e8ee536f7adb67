//! Strided f32 matrices over slices, checked once when they are made.

use std::marker::PhantomData;

/// A matrix to read: `rows × cols`, element (r, c) at `r·row_stride + c·col_stride`; one of the strides is 1.
#[derive(Clone, Copy, Debug)]
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

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn cols(&self) -> usize {
        self.cols
    }

    /// From a row to the next, and from a column to the next.
    pub fn strides(&self) -> (usize, usize) {
        self.strides
    }

    /// The buffer from the first element on.
    pub fn data(&self) -> &'a [f32] {
        self.data
    }

    /// One row, of a matrix whose rows follow one another.
    pub fn row(&self, row: usize) -> &'a [f32] {
        assert!(
            row < self.rows && self.strides.1 == 1,
            "row {row} of {}, at a stride of {}",
            self.rows,
            self.strides.1
        );
        &self.data[row * self.strides.0..][..self.cols]
    }

    /// The same places of another buffer.
    pub fn over<'b>(self, data: &'b [f32]) -> MatRef<'b> {
        assert_eq!(data.len(), self.data.len(), "a buffer of another size");
        MatRef { data, ..self }
    }

    /// The block of these rows and columns.
    #[cfg(target_arch = "x86_64")]
    pub fn block(self, rows: std::ops::Range<usize>, cols: std::ops::Range<usize>) -> Self {
        assert!(rows.end <= self.rows && cols.end <= self.cols, "a block outside the matrix");
        let start = rows.start * self.strides.0 + cols.start * self.strides.1;
        Self { data: &self.data[start..], rows: rows.len(), cols: cols.len(), strides: self.strides }
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

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn cols(&self) -> usize {
        self.cols
    }

    /// From a row to the next.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// The first element.
    pub fn as_mut_ptr(&mut self) -> *mut f32 {
        self.data
    }

    /// The same, to be written by several.
    pub fn shared(self) -> SharedRows<'a> {
        let stride = self.stride.max(self.cols);
        SharedRows { data: self.data, len: extent(self.rows, self.cols, stride), stride, buffer: PhantomData }
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

fn extent(rows: usize, cols: usize, stride: usize) -> usize {
    if rows == 0 || cols == 0 { 0 } else { (rows - 1) * stride + cols }
}
