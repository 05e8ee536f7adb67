//! The model that the runs of one process share: its folder, its tokenizer and the device, opened at the first need.

use anyhow::Context;
use placebo_train::device::{Device, DeviceChoice, DeviceError, KernelError, make_ready};
use placebo_train::tokens::Tokenizer;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Where a model is and, once it was needed, what is open of it.
pub struct Model {
    checkpoint: Option<PathBuf>,
    choice: DeviceChoice,
    device: Mutex<Option<Device>>,
    opened: Mutex<Option<Arc<Opened>>>,
}

/// A model ready to be loaded by a run.
pub struct Opened {
    /// Its folder.
    pub checkpoint: PathBuf,
    /// Its tokenizer.
    pub tokenizer: Tokenizer,
    /// Where it runs.
    pub device: Device,
    /// Why the device's own kernels do not serve.
    pub slowed_by: Option<KernelError>,
}

impl Model {
    /// A model that nothing is known of but its place.
    pub fn new(checkpoint: Option<PathBuf>, choice: DeviceChoice) -> Self {
        Self { checkpoint, choice, device: Mutex::default(), opened: Mutex::default() }
    }

    /// Its folder.
    pub fn checkpoint(&self) -> Option<&Path> {
        self.checkpoint.as_deref()
    }

    /// Where it runs.
    ///
    /// # Errors
    /// When the device cannot be had.
    pub fn device(&self) -> Result<Device, DeviceError> {
        once(&self.device, || self.choice.open())
    }

    /// The model, opened.
    ///
    /// # Errors
    /// When the plan names none, or its tokenizer or the device cannot be had.
    pub fn open(&self) -> anyhow::Result<Arc<Opened>> {
        once(&self.opened, || {
            let checkpoint =
                self.checkpoint.clone().context("the plan names no model; give one: `model.checkpoint`")?;
            let tokenizer = Tokenizer::load(&checkpoint)?;
            let device = self.device()?;
            let slowed_by = make_ready(&device).err();
            Ok(Arc::new(Opened { tokenizer, checkpoint, device, slowed_by }))
        })
    }
}

/// What a place holds, put there by the first that succeeds.
fn once<T: Clone, E>(place: &Mutex<Option<T>>, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(made) = &*place {
        return Ok(made.clone());
    }
    Ok(place.insert(make()?).clone())
}
