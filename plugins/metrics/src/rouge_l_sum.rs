//! `rouge-l-sum`: the longest common subsequences of lines, put together.

use std::collections::{BTreeMap, BTreeSet};

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, WorkedExample, best_of, testing::score_item,
};

use crate::filters::{self, filtered};
use crate::rouge::{self, f1, tokens};

/// ROUGE-L for texts of several lines, as Google's `rouge_score` computes it.
pub struct RougeLSum;

const DOCUMENTATION: &str = "\
ROUGE-L for texts of several lines, in percent; the best over the references. Each line of the reference is compared with every \
line of the prediction; the words of the reference that stand in one of the longest common sequences count, each as often as it \
stands in both texts. For texts of one line it is `rouge-l`.

Equal to the `rougeLsum` F-measure of Google's `rouge_score` with `use_stemmer=True`, times 100. Sentences are lines: nothing \
else parts them.";

impl Metric for RougeLSum {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent:
                "Lin, ROUGE: a Package for Automatic Evaluation of Summaries, 2004, section 3.2; Google's rouge_score"
                    .to_string(),
            settings: filters::after(vec![rouge::stemmer_setting()]),
            examples: vec![
                WorkedExample::score(
                    "Lines may change places",
                    score_item("the dog\nthe cat", &["the cat\nthe dog"]),
                    100.0,
                ),
                WorkedExample::score("One line", score_item("mat the on", &["on the mat"]), 100.0 / 3.0),
            ],
            ..Descriptor::metric("rouge-l-sum", "ROUGE-L of several lines", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let (item, stem) = (filtered(item, settings)?, rouge::stems(settings)?);
        let lines = |text: &str| -> Vec<Vec<String>> { text.split('\n').map(|line| tokens(line, stem)).collect() };
        let prediction = lines(&item.prediction);
        Ok(best_of(&item.references, |reference| {
            let reference = lines(reference);
            f1(hits(&reference, &prediction), prediction.concat().len(), reference.concat().len())
        }))
    }
}

/// How many words of the reference's lines stand in longest common sequences, none more often than in the prediction.
fn hits(reference: &[Vec<String>], prediction: &[Vec<String>]) -> usize {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in prediction.iter().flatten() {
        *left.entry(word).or_default() += 1;
    }
    let mut hits = 0;
    for line in reference {
        let covered: BTreeSet<usize> = prediction.iter().flat_map(|other| in_sequence(line, other)).collect();
        for place in covered {
            if let Some(count) = left.get_mut(line[place].as_str()).filter(|count| **count > 0) {
                *count -= 1;
                hits += 1;
            }
        }
    }
    hits
}

/// The places in `line` of one of the longest sequences that `other` has too; of several the one that Google's
/// implementation finds, which the score depends on.
fn in_sequence(line: &[String], other: &[String]) -> Vec<usize> {
    let lengths = lengths(line, other);
    let (mut row, mut column) = (line.len(), other.len());
    let mut places = Vec::new();
    while row > 0 && column > 0 {
        if line[row - 1] == other[column - 1] {
            places.push(row - 1);
            (row, column) = (row - 1, column - 1);
        } else if lengths[row][column - 1] > lengths[row - 1][column] {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    places
}

/// The length of the longest common sequence of every two beginnings.
fn lengths(line: &[String], other: &[String]) -> Vec<Vec<usize>> {
    let mut lengths = vec![vec![0; other.len() + 1]; line.len() + 1];
    for (row, word) in line.iter().enumerate() {
        for (column, counterpart) in other.iter().enumerate() {
            let longer = lengths[row][column + 1].max(lengths[row + 1][column]);
            lengths[row + 1][column + 1] = if word == counterpart { lengths[row][column] + 1 } else { longer };
        }
    }
    lengths
}
