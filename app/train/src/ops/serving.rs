//! Who computes an operation: the fused kernels of the CPU, those of CUDA, or the composite twins.

use super::cuda;
use crate::meter::{self, Operation};
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

/// A server asked for instead of the usual one.
#[derive(Clone, Copy)]
struct Asked {
    server: Server,
    /// The only operation that it is asked for; every one where none is named.
    only: Option<Operation>,
}

thread_local! {
    static ASKED: Cell<Option<Asked>> = const { Cell::new(None) };
}

/// Who computes with this tensor.
pub(crate) fn server(tensor: &Tensor) -> Server {
    let asked = ASKED.get().filter(|asked| asked.only.is_none() || asked.only == meter::current());
    asked.map(|asked| asked.server).unwrap_or_else(|| match tensor.device() {
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
    ask(Asked { server, only: None }, work)
}

/// Does this thread's `work` with one operation of it by this server.
#[cfg(test)]
pub(crate) fn with_one<T>(operation: Operation, server: Server, work: impl FnOnce() -> T) -> T {
    ask(Asked { server, only: Some(operation) }, work)
}

fn ask<T>(asked: Asked, work: impl FnOnce() -> T) -> T {
    let before = ASKED.replace(Some(asked));
    let result = work();
    ASKED.set(before);
    result
}
