//! Matrix products of operands in f32 or rounded to bf16, with sums in f32: by tiles of our own where the processor has
//! AVX-512 with bf16 and the operands are rounded or laid out once for several products; by a library elsewhere.

mod few;
mod int8;
mod library;
mod tasks;
#[cfg(not(target_arch = "x86_64"))]
#[path = "absent.rs"]
mod tiles;
#[cfg(target_arch = "x86_64")]
mod tiles;
mod views;

pub use int8::Integers;
pub use tiles::Laid;
pub use views::{MatMut, MatRef, SharedRows};

/// What the operands of a product are rounded to; sums stay in f32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operands {
    F32,
    /// Rounded to the nearest bfloat16 as they are read.
    Bf16,
}

/// How many threads a product may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// The calling one: for products that are themselves one of many.
    One,
    /// All of rayon's.
    All,
}

/// `dst = lhs · rhs`, or `dst += lhs · rhs` where `accumulate`.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    pub operands: Operands,
    pub accumulate: bool,
    pub threads: Threads,
}

impl Product {
    /// A product in f32 that is itself one of many.
    pub fn alone(accumulate: bool) -> Self {
        Self { operands: Operands::F32, accumulate, threads: Threads::One }
    }

    /// Computes it. The result depends on the shapes and the processor, never on the number of threads.
    ///
    /// # Panics
    /// When the shapes do not fit together.
    pub fn run(self, mut dst: MatMut, lhs: MatRef, rhs: MatRef) {
        let (rows, cols, depth) = (lhs.rows(), rhs.cols(), lhs.cols());
        assert_eq!((dst.rows(), dst.cols(), rhs.rows()), (rows, cols, depth), "the matrices do not fit together");
        if depth == 0 && !self.accumulate {
            return (0..rows).for_each(|row| dst.row(row).fill(0.0));
        }
        if rows == 0 || cols == 0 || depth == 0 {
            return;
        }
        if self.operands == Operands::Bf16 && tiles::are_here() {
            return tiles::run(self, dst, lhs, rhs);
        }
        library::run(self, dst, lhs, rhs);
    }
}

/// The right operand of several products of one thread, laid out once where that is worth it.
#[derive(Debug)]
pub enum Right<'a> {
    /// For our tiles.
    Laid(Laid),
    /// As it is, in f32.
    Plain(MatRef<'a>),
}

/// Rows of left operands from which on it is worth laying out the right one.
const WORTH: usize = 8;

impl<'a> Right<'a> {
    /// Of products with so many rows in all.
    pub fn new(operands: Operands, rhs: MatRef<'a>, rows: usize) -> Self {
        let laid = if rows < WORTH { None } else { Laid::new(operands, rhs, Threads::One) };
        laid.map_or(Self::Plain(rhs), Self::Laid)
    }

    /// `dst = lhs · rhs`, where the rows of `lhs` follow one another.
    ///
    /// # Panics
    /// When the shapes do not fit together.
    pub fn multiply(&self, dst: MatMut, lhs: MatRef) {
        match self {
            Self::Laid(laid) => laid.multiply(dst, lhs, Threads::One),
            Self::Plain(rhs) if lhs.rows() < WORTH => few::multiply(dst, lhs, *rhs),
            Self::Plain(rhs) => Product::alone(false).run(dst, lhs, *rhs),
        }
    }
}

#[cfg(test)]
mod tests;
