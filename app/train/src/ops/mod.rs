//! The operations of T5, each with its backward pass: fused kernels on the CPU, and a composite twin of plain
//! tensor operations that serves every other device and is the kernel's test.

pub mod attention;
pub mod cross_entropy;
pub mod dropout;
pub mod embedding;
pub mod feed_forward;
pub mod floats;
pub(crate) mod gemm;
mod lanes;
pub mod linear;
pub mod packed;
pub mod rms_norm;
mod rows;

use candle_core::Tensor;

/// Whether the fused kernels serve this tensor; otherwise the composite twins do.
pub(crate) fn fused(tensor: &Tensor) -> bool {
    tensor.device().is_cpu() && !twins::wanted()
}

#[cfg(not(test))]
mod twins {
    //! Twins serve other devices alone.

    pub fn wanted() -> bool {
        false
    }
}

#[cfg(test)]
pub(crate) mod twins {
    //! Lets a test run everything on the CPU as it runs on a device without kernels.

    use std::cell::Cell;

    thread_local! {
        static WANTED: Cell<bool> = const { Cell::new(false) };
    }

    pub fn wanted() -> bool {
        WANTED.get()
    }

    /// Runs `work` with the composite twins.
    pub fn with<T>(work: impl FnOnce() -> T) -> T {
        WANTED.set(true);
        let result = work();
        WANTED.set(false);
        result
    }
}
