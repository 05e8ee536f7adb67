//! Who computes an operation: the fused kernels of the CPU, those of CUDA, or the composite twins.

use super::cuda;
use candle_core::{Device, Tensor};
use std::cell::Cell;

/// Who computes an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    /// Our kernels on the processor.
    Cpu,
    /// Our kernels on an NVIDIA GPU.
    Cuda,
    /// Plain tensor operations, on any device.
    Twins,
}

thread_local! {
    static ASKED: Cell<Option<Server>> = const { Cell::new(None) };
}

/// Who computes with this tensor.
pub(crate) fn server(tensor: &Tensor) -> Server {
    ASKED.get().unwrap_or_else(|| match tensor.device() {
        Device::Cpu => Server::Cpu,
        device if cuda::is_ready(device) => Server::Cuda,
        _ => Server::Twins,
    })
}

/// Whether the fused kernels of the CPU serve this tensor.
pub(crate) fn fused(tensor: &Tensor) -> bool {
    server(tensor) == Server::Cpu
}

/// Does this thread's `work` by one server alone: how kernels and twins are compared.
pub(crate) fn with<T>(server: Server, work: impl FnOnce() -> T) -> T {
    let before = ASKED.replace(Some(server));
    let result = work();
    ASKED.set(before);
    result
}
