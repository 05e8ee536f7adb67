//! The operations of T5, each with its backward pass: fused kernels on the CPU, and a composite twin of plain
//! tensor operations that serves every other device and is the kernel's test.

pub mod attention;
pub mod cross_entropy;
pub mod dropout;
pub mod embedding;
pub mod feed_forward;
pub mod floats;
mod gemm;
mod lanes;
pub mod linear;
pub mod rms_norm;
mod rows;

use candle_core::Tensor;

/// Whether the fused kernels serve this tensor; otherwise the composite twins do.
pub(crate) fn fused(tensor: &Tensor) -> bool {
    tensor.device().is_cpu()
}
