//! Cases with their results, which are help, documentation and test at once.

use serde::{Deserialize, Serialize};

use crate::{ScoreItem, Settings, TransformItem, Transformed};

/// One case with its result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkedExample {
    /// What the case shows, as a short sentence.
    pub title: String,
    /// The settings that differ from their defaults.
    #[serde(default)]
    pub settings: Settings,
    /// The case and its result.
    pub case: Case,
}

/// What goes in and what comes out.
#[expect(clippy::large_enum_variant, reason = "a plugin has few of them, and every author writes them out")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// An instruction before and after.
    Transform {
        /// Before.
        item: TransformItem,
        /// After.
        result: Transformed,
    },
    /// A generation and its score.
    Score {
        /// The generation.
        item: ScoreItem,
        /// Its score. A check allows for a difference of 10⁻⁹.
        result: f64,
    },
}

impl WorkedExample {
    /// A case of a transform, with default settings.
    pub fn transform(title: &str, item: TransformItem, result: Transformed) -> WorkedExample {
        WorkedExample::new(title, Case::Transform { item, result })
    }

    /// A case of a metric, with default settings.
    pub fn score(title: &str, item: ScoreItem, result: f64) -> WorkedExample {
        WorkedExample::new(title, Case::Score { item, result })
    }

    /// The same case with these settings.
    pub fn with(self, settings: Settings) -> WorkedExample {
        WorkedExample { settings, ..self }
    }

    fn new(title: &str, case: Case) -> WorkedExample {
        WorkedExample { title: title.to_string(), settings: Settings::default(), case }
    }
}
