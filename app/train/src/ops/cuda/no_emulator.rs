//! Outside tests there is no GPU but a real one.

use super::launch::Value;
use super::product::Gemm;
use candle_core::{CpuStorage, Result, bail};

pub fn threads() -> usize {
    1
}

pub fn address(_: &CpuStorage, _: usize) -> Result<u64> {
    bail!("CUDA kernels do not run on the CPU")
}

pub fn launch(_: &str, _: usize, _: &[Value]) -> Result<()> {
    bail!("CUDA kernels do not run on the CPU")
}

pub fn product(_: Gemm, _: &[Value]) -> Result<()> {
    bail!("CUDA kernels do not run on the CPU")
}
