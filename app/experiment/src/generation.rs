//! Generations: what a model answered, one JSON line each, and the official format of predictions.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::corpus::Question;
use crate::run_spec::hexadecimal;
use crate::task::Task;

/// One answer, with what is needed to score it without the task files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// The task's name.
    pub task: String,
    /// The instance's id.
    pub instance: String,
    /// SHA-256 of the prompt's text, in hexadecimal; empty where the prompt is unknown.
    pub prompt_sha256: String,
    /// The answer as decoded; empty where there is none.
    pub prediction: String,
    /// The right answers.
    pub references: Vec<String>,
}

impl Generation {
    /// The answer `prediction` to `question`.
    pub fn new(question: &Question, prediction: String) -> Self {
        Self {
            task: question.task.clone(),
            instance: question.instance.clone(),
            prompt_sha256: hexadecimal(&Sha256::digest(&question.source)),
            prediction,
            references: question.references.clone(),
        }
    }

    /// Whether this was the prompt, byte for byte.
    pub fn answers(&self, prompt: &str) -> bool {
        self.prompt_sha256 == hexadecimal(&Sha256::digest(prompt))
    }
}

/// Predictions in the official format, one `{"id": …, "prediction": …}` a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Predictions {
    by_id: BTreeMap<String, String>,
    /// Ids that came more than once; the first prediction counts.
    pub duplicates: Vec<String>,
}

/// How predictions and test set fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// One per instance of the test set, in its order; a missing prediction is empty, as the official script has it.
    pub generations: Vec<Generation>,
    /// Instances without a prediction.
    pub missing: usize,
    /// Predictions for ids that the test set does not have.
    pub unknown: usize,
}

/// Why predictions cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PredictionsError {
    /// The file is missing or unreadable.
    #[error("{cause}: `{}`", path.display())]
    Unreadable {
        /// The system's word for it.
        cause: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// A line is not what the format wants.
    #[error("{cause}; each line is to be {{\"id\": \"…\", \"prediction\": \"…\"}}: `{}`, line {line}", path.display())]
    Malformed {
        /// What is wrong.
        cause: String,
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
}

#[derive(Deserialize)]
struct Line {
    id: String,
    prediction: String,
}

impl Predictions {
    /// Reads a file of predictions; blank lines are passed over.
    ///
    /// # Errors
    /// A file that cannot be read, or a line that is no prediction.
    pub fn read(path: &Path) -> Result<Self, PredictionsError> {
        let unreadable = |cause| PredictionsError::Unreadable { cause, path: path.to_owned() };
        let text = fs::read_to_string(path).map_err(unreadable)?;
        let mut predictions = Self::default();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let malformed = |cause| PredictionsError::Malformed { cause, path: path.to_owned(), line: index + 1 };
            predictions.add(serde_json::from_str(line).map_err(|error| malformed(without_position(&error)))?);
        }
        Ok(predictions)
    }

    fn add(&mut self, line: Line) {
        match self.by_id.entry(line.id) {
            Entry::Vacant(place) => drop(place.insert(line.prediction)),
            Entry::Occupied(first) => self.duplicates.push(first.key().clone()),
        }
    }

    /// Answers the instances of `tasks` with the predictions.
    pub fn answer(&self, tasks: &[Task]) -> Matched {
        let mut used = BTreeSet::new();
        let mut matched = Matched { generations: Vec::new(), missing: 0, unknown: 0 };
        for task in tasks {
            for instance in &task.instances {
                let found = self.by_id.get_key_value(&instance.id);
                used.extend(found.map(|(id, _)| id));
                matched.missing += usize::from(found.is_none());
                matched.generations.push(Generation {
                    task: task.name.clone(),
                    instance: instance.id.clone(),
                    prompt_sha256: String::new(),
                    prediction: found.map(|(_, prediction)| prediction.clone()).unwrap_or_default(),
                    references: instance.outputs.clone(),
                });
            }
        }
        matched.unknown = self.by_id.len() - used.len();
        matched
    }
}

/// The error without serde's position, which counts within the line alone.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Instance;

    fn read(text: &str) -> Result<Predictions, PredictionsError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("predictions.jsonl");
        fs::write(&path, text).unwrap();
        Predictions::read(&path)
    }

    fn task() -> Task {
        let instance = |id: &str| Instance { id: id.into(), input: "in".into(), outputs: vec!["out".into()] };
        Task {
            name: "task1".into(),
            categories: Vec::new(),
            definition: String::new(),
            positive_examples: Vec::new(),
            negative_examples: Vec::new(),
            instances: vec![instance("a"), instance("b")],
            instance_count: 2,
            output_space: crate::output_space::OutputSpace {
                kind: placebo_plugin_api::TaskKind::Generation,
                labels: Vec::new(),
            },
            hash: String::new(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn missing_predictions_are_empty_and_counted_and_the_first_of_two_counts() {
        let text = "{\"id\":\"b\",\"prediction\":\"é\"}\n\n{\"id\":\"b\",\"prediction\":\"x\"}\n{\"id\":\"c\",\"prediction\":\"\"}\n";
        let predictions = read(text).unwrap();
        assert_eq!(predictions.duplicates, ["b"]);
        let matched = predictions.answer(&[task()]);
        let answers: Vec<_> = matched.generations.iter().map(|generation| generation.prediction.as_str()).collect();
        assert_eq!(answers, ["", "é"]);
        assert_eq!((matched.missing, matched.unknown), (1, 1));
    }

    #[test]
    fn a_line_that_is_no_prediction_is_told_with_its_number() {
        let message = read("{\"id\":\"a\",\"prediction\":\"x\"}\n{\"id\":\"b\"}\n").unwrap_err().to_string();
        assert!(message.starts_with("missing field `prediction`; each line"), "{message}");
        assert!(message.ends_with(", line 2"), "{message}");
    }
}
