//! Matrix products in f32, by the library, and of operands rounded to bf16 with sums in f32, by tiles of our own where
//! the processor multiplies pairs of bf16.

#[cfg(not(target_arch = "x86_64"))]
#[path = "absent.rs"]
mod bf16;
#[cfg(target_arch = "x86_64")]
mod bf16;
mod library;
mod views;

pub use bf16::Laid;

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
        if self.operands == Operands::Bf16 && bf16::is_here() {
            return bf16::run(self, dst, lhs, rhs);
        }
        library::run(self, dst, lhs, rhs);
    }
}

#[cfg(test)]
mod tests;
