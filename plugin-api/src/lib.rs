//! What the author of a transform or a metric reads, and nothing else.
#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![allow(clippy::test_attr_in_doctest, reason = "authors copy the test with its attribute; a hidden main runs it here")]

pub mod abi;
mod descriptor;
mod error;
pub mod export;
mod form;
mod instruction;
pub mod message;
mod metric;
mod other_tasks;
mod plugins;
mod rng;
mod seed;
mod setting;
mod settings;
pub mod testing;
pub mod text;
mod transform;
mod worked_example;

pub use descriptor::{Descriptor, Direction, MetricScope, Part, PluginKind, Scale, Scope};
pub use error::PluginError;
pub use form::{PromptForm, Section};
pub use instruction::{Example, Instruction, Target, TaskKind};
pub use message::{Request, Response};
pub use metric::{Metric, ScoreItem, best_of};
pub use other_tasks::{Kinship, other_tasks};
pub use plugins::Plugins;
pub use rng::Rng;
pub use seed::seed_of;
pub use setting::{Setting, SettingError, SettingKind};
pub use settings::{Settings, Value};
pub use transform::{Stage, Transform, TransformItem, Transformed};
pub use worked_example::{Case, WorkedExample};
