//! The devices that a model can run on; the only file that knows which of them this program was built for.

pub use crate::ops::cuda::KernelError;
pub use candle_core::Device;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which device a person wants: `auto`, `cpu`, `cuda`, `cuda:1` or `metal`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DeviceChoice {
    /// The first that works of CUDA, Metal and the CPU.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// An NVIDIA GPU, counted from 0.
    Cuda(usize),
    /// Apple's GPU.
    Metal,
}

/// Why a device cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// A name that stands for no device.
    #[error("no such device; choose `auto`, `cpu`, `cuda`, `cuda:1` or `metal`: `{0}`")]
    Unknown(String),
    /// The program lacks the device's code.
    #[error(
        "this program was built without it; build one with `cargo build --release --features {feature}`: `{device}`"
    )]
    NotBuilt {
        /// The device asked for.
        device: DeviceChoice,
        /// The feature of the build that has it.
        feature: &'static str,
    },
    /// The program has the code, but the machine does not answer.
    #[error("{reason}; check its driver and number, or choose `cpu`: `{device}`")]
    NotThere {
        /// The device asked for.
        device: DeviceChoice,
        /// What the driver said.
        reason: candle_core::Error,
    },
}

impl DeviceChoice {
    /// Opens the device.
    ///
    /// # Errors
    /// When the program was built without it or the machine does not have it; `auto` and `cpu` never fail.
    pub fn open(self) -> Result<Device, DeviceError> {
        match self {
            DeviceChoice::Auto => Ok(first_that_works()),
            DeviceChoice::Cpu => Ok(Device::Cpu),
            DeviceChoice::Cuda(number) => self.open_with(cfg!(feature = "cuda"), "cuda", || Device::new_cuda(number)),
            DeviceChoice::Metal => self.open_with(cfg!(feature = "metal"), "metal", || Device::new_metal(0)),
        }
    }

    fn open_with(
        self,
        built: bool,
        feature: &'static str,
        open: impl FnOnce() -> candle_core::Result<Device>,
    ) -> Result<Device, DeviceError> {
        if !built {
            return Err(DeviceError::NotBuilt { device: self, feature });
        }
        open().map_err(|reason| DeviceError::NotThere { device: self, reason })
    }
}

/// Lets a GPU's own kernels serve if they compute what the CPU does, which is tried on it first; other devices need none.
///
/// # Errors
/// When they do not: a reason to tell, not to stop, since plain operations go on serving.
pub fn make_ready(device: &Device) -> Result<(), KernelError> {
    crate::ops::cuda::make_ready(device)
}

fn first_that_works() -> Device {
    let accelerators = [DeviceChoice::Cuda(0), DeviceChoice::Metal];
    accelerators.into_iter().find_map(|choice| choice.open().ok()).unwrap_or(Device::Cpu)
}

/// What a record calls an open device: `cpu`, `cuda:0` or `metal:0`.
pub fn name(device: &Device) -> String {
    match device.location() {
        candle_core::DeviceLocation::Cpu => "cpu".into(),
        candle_core::DeviceLocation::Cuda { gpu_id } => format!("cuda:{gpu_id}"),
        candle_core::DeviceLocation::Metal { gpu_id } => format!("metal:{gpu_id}"),
    }
}

impl FromStr for DeviceChoice {
    type Err = DeviceError;

    fn from_str(text: &str) -> Result<Self, DeviceError> {
        match text {
            "auto" => Ok(DeviceChoice::Auto),
            "cpu" => Ok(DeviceChoice::Cpu),
            "cuda" => Ok(DeviceChoice::Cuda(0)),
            "metal" => Ok(DeviceChoice::Metal),
            _ => {
                let number = text.strip_prefix("cuda:").and_then(|number| number.parse().ok());
                number.map(DeviceChoice::Cuda).ok_or_else(|| DeviceError::Unknown(text.into()))
            }
        }
    }
}

impl fmt::Display for DeviceChoice {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            DeviceChoice::Auto => formatter.pad("auto"),
            DeviceChoice::Cpu => formatter.pad("cpu"),
            DeviceChoice::Cuda(number) => formatter.pad(&format!("cuda:{number}")),
            DeviceChoice::Metal => formatter.pad("metal"),
        }
    }
}

impl TryFrom<String> for DeviceChoice {
    type Error = DeviceError;

    fn try_from(text: String) -> Result<Self, DeviceError> {
        text.parse()
    }
}

impl From<DeviceChoice> for String {
    fn from(choice: DeviceChoice) -> Self {
        choice.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for text in ["auto", "cpu", "cuda:0", "cuda:3", "metal"] {
            assert_eq!(text.parse::<DeviceChoice>().unwrap().to_string(), text);
        }
        assert_eq!("cuda".parse::<DeviceChoice>().unwrap(), DeviceChoice::Cuda(0));
    }

    #[test]
    fn other_names_are_refused_with_the_known_ones() {
        for text in ["gpu", "cuda:", "cuda:x", "cuda:-1", ""] {
            let message = text.parse::<DeviceChoice>().unwrap_err().to_string();
            assert!(message.contains("`metal`") && message.ends_with(&format!("`{text}`")), "{message}");
        }
    }

    #[test]
    fn automatic_choice_always_finds_one() {
        assert!(["cpu", "cuda:0", "metal:0"].contains(&name(&DeviceChoice::Auto.open().unwrap()).as_str()));
        assert_eq!(name(&DeviceChoice::Cpu.open().unwrap()), "cpu");
    }

    #[test]
    fn a_missing_build_says_how_to_get_it() {
        if cfg!(not(feature = "cuda")) {
            let message = DeviceChoice::Cuda(1).open().unwrap_err().to_string();
            assert!(message.contains("`cargo build --release --features cuda`") && message.ends_with("`cuda:1`"));
        }
    }
}
