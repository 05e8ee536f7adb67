//! Our own T5 (v1.0 and v1.1): configuration, parameters, forward and backward passes over ragged batches.

mod attention_layer;
mod config;
mod decode;
mod feed_forward_layer;
mod layout;
mod loss;
mod model;
mod parameters;
mod stack;

pub use config::{Config, ConfigError, FeedForward};
pub use decode::Decoding;
pub use layout::{
    AttentionLayout, BlockLayout, FeedForwardLayout, Initial, Layout, ParameterId, ParameterSpec, StackLayout,
};
pub use loss::Learning;
pub use model::T5;
pub use parameters::{Gradients, Weights};
