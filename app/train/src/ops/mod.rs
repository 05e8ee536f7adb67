//! The operations of T5, each with its backward pass: fused kernels on the CPU and on NVIDIA GPUs, and a composite twin
//! of plain tensor operations that serves every other device and is the kernels' test.

pub mod attention;
pub mod cross_entropy;
pub(crate) mod cuda;
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
pub(crate) mod serving;

pub(crate) use serving::fused;
