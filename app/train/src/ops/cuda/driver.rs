//! The GPU itself: kernels compiled by NVRTC when a device is made ready, launches, products by cuBLAS.

use super::SOURCE;
use super::launch::Value;
use super::product::Gemm;
use candle_core::backend::BackendStorage;
use candle_core::cuda_backend::cudarc::cublas::{result, sys};
use candle_core::cuda_backend::cudarc::driver::{DevicePtr, LaunchConfig, PushKernelArg};
use candle_core::cuda_backend::cudarc::nvrtc::{CompileOptions, compile_ptx_with_opts};
use candle_core::cuda_backend::{CudaStorage, CudaStorageSlice};
use candle_core::{CudaDevice, DType, Error, Result, bail};

/// Threads of a block.
pub const THREADS: usize = 256;

/// What candle keeps the compiled kernels under.
const MODULE: &str = "placebo";

/// Compiles the kernels for a device and loads them.
pub fn load(device: &CudaDevice) -> Result<()> {
    let (major, minor) = device.cuda_stream().context().compute_capability().map_err(Error::wrap)?;
    let options = CompileOptions {
        options: vec![
            format!("--gpu-architecture=compute_{major}{minor}"),
            format!("--define-macro=THREADS={THREADS}"),
            "--std=c++17".into(),
        ],
        name: Some("placebo.cu".into()),
        ..CompileOptions::default()
    };
    let compiled = compile_ptx_with_opts(SOURCE, options).map_err(Error::wrap)?;
    device.get_or_load_custom_func("add", MODULE, &compiled.to_src())?;
    Ok(())
}

/// Where a tensor's numbers begin.
pub fn address(storage: &CudaStorage, offset: usize) -> Result<u64> {
    let stream = storage.device().cuda_stream();
    // What comes with the pointer orders streams among each other; all of ours is on one.
    let start = match &storage.slice {
        CudaStorageSlice::F32(slice) => slice.device_ptr(&stream).0,
        CudaStorageSlice::BF16(slice) => slice.device_ptr(&stream).0,
        CudaStorageSlice::U32(slice) => slice.device_ptr(&stream).0,
        CudaStorageSlice::I64(slice) => slice.device_ptr(&stream).0,
        _ => bail!("kernels take no numbers of type {:?}", storage.dtype()),
    };
    Ok(start + (offset * storage.dtype().size_in_bytes()) as u64)
}

/// Queues a kernel.
pub fn launch(device: &CudaDevice, kernel: &str, blocks: usize, values: &[Value]) -> Result<()> {
    let function = device.get_or_load_custom_func(kernel, MODULE, "")?;
    let mut arguments = function.builder();
    for value in values {
        match value {
            Value::Address(address) => arguments.arg(address),
            Value::Count(count) => arguments.arg(count),
            Value::Size(size) => arguments.arg(size),
            Value::Number(number) => arguments.arg(number),
        };
    }
    let size = (blocks as u32, 1, 1);
    let config = LaunchConfig { grid_dim: size, block_dim: (THREADS as u32, 1, 1), shared_mem_bytes: 0 };
    // SAFETY: each call's arguments are of the types that its kernel declares, which the emulator's tests check against
    // the source; tensors stay locked until the kernel is queued, and memory is freed in the order of the same queue.
    unsafe { arguments.launch(config) }.map_err(Error::wrap)?;
    Ok(())
}

/// Queues a product of the matrices at three addresses: result, A and B.
pub fn product(device: &CudaDevice, gemm: Gemm, values: &[Value]) -> Result<()> {
    let [Value::Address(c), Value::Address(a), Value::Address(b)] = *values else {
        bail!("a product takes three matrices");
    };
    let (blas, context) = (device.cublas_handle(), device.cuda_stream());
    context.context().bind_to_thread().map_err(Error::wrap)?;
    let (alpha, beta) = (1f32, if gemm.accumulate { 1f32 } else { 0f32 });
    let [m, n, k] = gemm.sizes.map(|size| size as i32);
    let [transposed_a, transposed_b] = gemm.transposed.map(transposition);
    let ([lda, ldb, ldc], [stride_a, stride_b, stride_c]) =
        (gemm.leading.map(|leading| leading as i32), gemm.strides.map(|stride| stride as i64));
    let (operand, result_type) = (number_type(gemm.operands)?, number_type(gemm.result)?);
    // SAFETY: sizes and distances are those of the tensors, which stay locked until the product is queued; the two
    // factors live on the host, which is where cuBLAS reads them unless told otherwise.
    unsafe {
        result::gemm_strided_batched_ex(
            *blas.handle(),
            transposed_a,
            transposed_b,
            m,
            n,
            k,
            (&raw const alpha).cast(),
            a as *const _,
            operand,
            lda,
            stride_a,
            b as *const _,
            operand,
            ldb,
            stride_b,
            (&raw const beta).cast(),
            c as *mut _,
            result_type,
            ldc,
            stride_c,
            gemm.batch as i32,
            sys::cublasComputeType_t::CUBLAS_COMPUTE_32F,
            sys::cublasGemmAlgo_t::CUBLAS_GEMM_DEFAULT_TENSOR_OP,
        )
    }
    .map_err(Error::wrap)
}

fn transposition(is_transposed: bool) -> sys::cublasOperation_t {
    if is_transposed { sys::cublasOperation_t::CUBLAS_OP_T } else { sys::cublasOperation_t::CUBLAS_OP_N }
}

fn number_type(dtype: DType) -> Result<sys::cudaDataType_t> {
    match dtype {
        DType::F32 => Ok(sys::cudaDataType_t::CUDA_R_32F),
        DType::BF16 => Ok(sys::cudaDataType_t::CUDA_R_16BF),
        _ => bail!("products take no numbers of type {dtype:?}"),
    }
}
