//! The engine: T5 fine-tuning and generation on ragged batches, the only crate that knows tensors.

pub mod batch;
pub mod ops;
pub mod t5;
