//! The fused operations on NVIDIA GPUs: kernels in CUDA C, compiled when a device is made ready, and what launches them.
//!
//! A device serves only after [`make_ready`] has compared every kernel's numbers with those of the CPU on that very
//! device; until then, and where something is not right, the composite twins serve. Tests run the same source and the
//! same launches on the processor (`emulator.rs`).

pub mod attention;
mod check;
#[cfg(not(feature = "cuda"))]
#[path = "absent.rs"]
mod driver;
#[cfg(feature = "cuda")]
mod driver;
pub mod elements;
#[cfg(not(test))]
#[path = "no_emulator.rs"]
mod emulator;
#[cfg(test)]
pub mod emulator;
// Calls are made in any build; only a driver reads what they are made of.
#[cfg_attr(not(feature = "cuda"), allow(dead_code))]
mod launch;
pub mod optimizer;
#[cfg_attr(not(feature = "cuda"), allow(dead_code))]
pub mod product;
pub mod rows;
#[cfg(test)]
mod tests;

use candle_core::Device;
use std::sync::{PoisonError, RwLock};

/// The kernels, as NVRTC compiles them.
#[cfg_attr(not(feature = "cuda"), allow(dead_code))]
const SOURCE: &str = concat!(
    include_str!("kernels/base.cuh"),
    include_str!("kernels/elements.cu"),
    include_str!("kernels/rows.cu"),
    include_str!("kernels/attention.cu"),
    include_str!("kernels/optimizer.cu"),
);

/// Why a device's kernels do not serve.
#[derive(Debug, thiserror::Error)]
pub enum KernelError {
    /// The kernels do not compile or load.
    #[error("{0}; plain operations serve instead: `CUDA kernels`")]
    NotLoaded(candle_core::Error),
    /// A kernel failed while it was checked.
    #[error("{reason}; plain operations serve instead: `{kernel}`")]
    Failed {
        /// What was checked.
        kernel: &'static str,
        /// What the driver said.
        reason: candle_core::Error,
    },
    /// A kernel's numbers are not those of the CPU.
    #[error("its numbers are {apart:e} off those of the CPU; plain operations serve instead: `{kernel}`")]
    Wrong {
        /// What was checked.
        kernel: &'static str,
        /// The largest difference, as a share of the largest number.
        apart: f32,
    },
}

/// The devices whose kernels were found right.
static READY: RwLock<Vec<Device>> = RwLock::new(Vec::new());

/// Whether a device's kernels serve.
pub fn is_ready(device: &Device) -> bool {
    let ready = READY.read().unwrap_or_else(PoisonError::into_inner);
    device.is_cuda() && ready.iter().any(|ready| ready.same_device(device))
}

/// Compiles a GPU's kernels and lets them serve once they were found right; does nothing for other devices.
///
/// # Errors
/// When they cannot be compiled, fail, or compute something else than the CPU does; then the twins go on serving.
pub fn make_ready(device: &Device) -> Result<(), KernelError> {
    let Device::Cuda(gpu) = device else { return Ok(()) };
    if !is_ready(device) {
        driver::load(gpu).map_err(KernelError::NotLoaded)?;
        check::check(device)?;
        READY.write().unwrap_or_else(PoisonError::into_inner).push(device.clone());
    }
    Ok(())
}
