//! Cases with their results, which are help, documentation and test at once.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::{ScoreItem, Settings, TransformItem, Transformed, Value};

/// One case with its result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkedExample {
    /// What the case shows, as a short sentence.
    pub title: String,
    /// The settings that differ from their defaults.
    #[serde(default)]
    pub settings: Settings,
    /// The files that its settings name, each with its content. Whoever works the example lays them out first, see
    /// [`WorkedExample::laid_out`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
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

    /// The same case with a file of this name and content, which a setting names.
    ///
    /// ```
    /// use placebo_plugin_api::{Settings, WorkedExample, testing::score_item};
    /// let example = WorkedExample::score("By a list", score_item("film", &["movie"]), 100.0)
    ///     .with(Settings::from([("file", "synonyms.tsv".into())]))
    ///     .with_file("synonyms.tsv", "film\tmovie\n");
    /// let folder = std::env::temp_dir();
    /// let settings = example.laid_out(&folder)?;
    /// assert_eq!(settings.text("file").unwrap(), folder.join("synonyms.tsv").to_str().unwrap());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn with_file(mut self, name: &str, content: &str) -> WorkedExample {
        self.files.insert(name.to_string(), content.to_string());
        self
    }

    /// Writes the example's files into a folder, and gives its settings with the paths where they now lie.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn laid_out(&self, folder: &Path) -> io::Result<Settings> {
        let mut settings = self.settings.clone();
        for (name, content) in &self.files {
            let path = folder.join(name);
            fs::write(&path, content)?;
            let named = settings.0.values_mut().filter(|value| **value == Value::from(name.as_str()));
            named.for_each(|value| *value = Value::from(&*path.to_string_lossy()));
        }
        Ok(settings)
    }

    fn new(title: &str, case: Case) -> WorkedExample {
        WorkedExample { title: title.to_string(), settings: Settings::default(), files: BTreeMap::new(), case }
    }
}
