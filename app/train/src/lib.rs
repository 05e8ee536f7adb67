//! The engine: T5 fine-tuning and generation on ragged batches, the only crate that knows tensors.

pub mod batch;
pub mod bench;
pub mod checkpoint;
pub mod device;
pub mod fit;
pub mod generate;
pub mod initialise;
pub mod ops;
pub mod optimizer;
pub mod order;
pub mod schedule;
pub mod t5;

#[cfg(test)]
mod guards;
