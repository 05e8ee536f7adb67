//! Models on the disk: Hugging Face checkpoints, and saves from which an interrupted training goes on.

mod error;
pub mod hugging_face;
mod matching;
mod save_folder;
mod tensor_file;
pub mod training;
mod weight_files;

pub use error::CheckpointError;
pub use matching::TensorProblem;
