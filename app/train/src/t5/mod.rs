//! Our own T5 (v1.0 and v1.1): configuration, parameters, forward and backward passes over ragged batches.

mod config;
mod layout;
mod parameters;

pub use config::{Config, ConfigError, FeedForward};
pub use layout::{
    AttentionLayout, BlockLayout, FeedForwardLayout, Initial, Layout, ParameterId, ParameterSpec, StackLayout,
};
pub use parameters::{Gradients, Weights};
