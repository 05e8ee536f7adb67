//! Stands in for the GPU in a program that was built without CUDA.

use super::launch::Value;
use super::product::Gemm;
use candle_core::{CudaDevice, CudaStorage, Error, Result};

pub const THREADS: usize = 256;

pub fn load(_: &CudaDevice) -> Result<()> {
    Err(Error::NotCompiledWithCudaSupport)
}

pub fn address(_: &CudaStorage, _: usize) -> Result<u64> {
    Err(Error::NotCompiledWithCudaSupport)
}

pub fn launch(_: &CudaDevice, _: &str, _: usize, _: &[Value]) -> Result<()> {
    Err(Error::NotCompiledWithCudaSupport)
}

pub fn product(_: &CudaDevice, _: Gemm, _: &[Value]) -> Result<()> {
    Err(Error::NotCompiledWithCudaSupport)
}
