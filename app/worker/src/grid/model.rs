//! The model that the runs of one process share: its folder, its tokenizer and the device, opened at the first need.

use anyhow::Context;
use placebo_train::device::{Device, DeviceChoice};
use placebo_train::tokens::Tokenizer;
use std::path::PathBuf;

/// Where a model is and, once it was needed, what is open of it.
pub struct Model {
    checkpoint: Option<PathBuf>,
    device: DeviceChoice,
    opened: Option<Opened>,
}

/// A model ready to be loaded by a run.
pub struct Opened {
    /// Its folder.
    pub checkpoint: PathBuf,
    /// Its tokenizer.
    pub tokenizer: Tokenizer,
    /// Where it runs.
    pub device: Device,
}

impl Model {
    /// A model that nothing is known of but its place.
    pub fn new(checkpoint: Option<PathBuf>, device: DeviceChoice) -> Self {
        Self { checkpoint, device, opened: None }
    }

    /// The model, opened.
    ///
    /// # Errors
    /// When the plan names none, or its tokenizer or the device cannot be had.
    pub fn open(&mut self) -> anyhow::Result<&Opened> {
        if self.opened.is_none() {
            let checkpoint =
                self.checkpoint.clone().context("the plan names no model; give one: `model.checkpoint`")?;
            let tokenizer = Tokenizer::load(&checkpoint)?;
            self.opened = Some(Opened { tokenizer, checkpoint, device: self.device.open()? });
        }
        Ok(self.opened.as_ref().expect("it was opened above"))
    }
}
