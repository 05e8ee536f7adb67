//! The splits of a task collection: which tasks are for training, which stay unseen.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One of the three lists of tasks that every track of Super-NaturalInstructions has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Split {
    /// Tasks to train on.
    Train,
    /// Unseen tasks to evaluate on.
    Test,
    /// Tasks the track leaves out, being too close to the test tasks or in another language.
    Excluded,
}

/// A word that names no split.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("there is no split `{0}`: the splits are train, test and excluded")]
pub struct UnknownSplit(String);

impl Split {
    /// All splits, in the order in which people list them.
    pub const ALL: [Split; 3] = [Split::Train, Split::Test, Split::Excluded];

    /// The word for it in plans, file names and commands.
    pub fn name(self) -> &'static str {
        match self {
            Split::Train => "train",
            Split::Test => "test",
            Split::Excluded => "excluded",
        }
    }

    /// Its list inside a track's folder.
    pub fn file_name(self) -> String {
        format!("{}_tasks.txt", self.name())
    }
}

impl fmt::Display for Split {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Split {
    type Err = UnknownSplit;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Split::ALL.into_iter().find(|split| split.name() == word).ok_or_else(|| UnknownSplit(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_split_is_read_back_from_its_word() {
        for split in Split::ALL {
            assert_eq!(split.to_string().parse(), Ok(split));
        }
        assert_eq!(Split::Test.file_name(), "test_tasks.txt");
    }

    #[test]
    fn another_word_is_refused_with_the_words_there_are() {
        let message = "dev".parse::<Split>().unwrap_err().to_string();
        assert_eq!(message, "there is no split `dev`: the splits are train, test and excluded");
    }
}
