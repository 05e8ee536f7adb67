//! What host and plugin say to each other, as JSON.
//!
//! One request, one response, the same whether they travel through a function call or a pipe:
//!
//! ```
//! use placebo_plugin_api::{Request, Response};
//! let request: Request = serde_json::from_str(
//!     r#"{"score": {"id": "exact-match", "items": [{"prediction": "yes", "references": ["Yes."]}]}}"#,
//! )?;
//! assert!(matches!(request, Request::Score { .. }));
//! assert_eq!(serde_json::to_string(&Response::Scored(vec![100.0]))?, r#"{"scored":[100.0]}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

use serde::{Deserialize, Serialize};

use crate::{Descriptor, ScoreItem, Settings, TransformItem, Transformed};

/// What the host asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Which plugins are there? Answered by [`Response::Described`].
    Describe {},
    /// Rewrite these instructions. Answered by [`Response::Transformed`], one per item, in their order.
    Transform {
        /// The plugin to use.
        id: String,
        /// Its settings; what is not given has its default.
        #[serde(default)]
        settings: Settings,
        /// What to rewrite.
        items: Vec<TransformItem>,
    },
    /// Score these generations. Answered by [`Response::Scored`], one per item, in their order.
    Score {
        /// The plugin to use.
        id: String,
        /// Its settings; what is not given has its default.
        #[serde(default)]
        settings: Settings,
        /// What to score.
        items: Vec<ScoreItem>,
    },
}

/// What a plugin answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// The plugins there are.
    Described(Vec<Descriptor>),
    /// The instructions rewritten.
    Transformed(Vec<Transformed>),
    /// The scores.
    Scored(Vec<f64>),
    /// Why the request could not be fulfilled.
    Failed(String),
}
