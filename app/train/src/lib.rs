//! The engine: T5 fine-tuning and generation on ragged batches, the only crate that knows tensors.

pub mod batch;
pub mod bench;
pub mod checkpoint;
pub mod device;
pub mod fit;
pub mod generate;
#[cfg(test)]
mod guards;
pub mod hub;
pub mod initialise;
pub mod meter;
pub mod ops;
pub mod optimizer;
pub mod order;
pub mod run;
pub mod schedule;
pub mod shapes;
pub mod t5;
pub mod tokens;
