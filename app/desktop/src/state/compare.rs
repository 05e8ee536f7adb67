//! What the results say: the records, the question asked of them, the answer and its chart.

use placebo_experiment::report::figure::collect::Choice;
use placebo_experiment::report::figure::{FigureData, FigureSpec, Kind, Preset};
use placebo_experiment::report::{Comparison, Question, Record};
use placebo_experiment::run_spec::RunKind;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// A comparison and what it was made from.
#[derive(Debug)]
pub struct Compare {
    /// The folder that the records come from.
    pub folder: Option<PathBuf>,
    /// How many of its runs were finished when they were read.
    pub finished: usize,
    /// The records, once read.
    pub records: Option<Arc<Vec<Record>>>,
    /// What could not be read.
    pub problems: Vec<String>,
    /// What is asked.
    pub question: Question,
    /// The answer to it.
    pub comparison: Option<Arc<Comparison>>,
    /// Whether the numbers that the study reports are shown beside one's own.
    pub reported: bool,
    /// How the chart looks.
    pub spec: FigureSpec,
    /// The chart's numbers, or why there are none.
    pub chart: Option<Result<Arc<FigureData>, String>>,
    /// The exported figure as a picture.
    pub picture: Option<Result<Picture, String>>,
    /// Whether an answer is being computed.
    pub busy: bool,
    /// Why there is none.
    pub error: Option<String>,
}

/// What a chart's numbers depend on besides the comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The kind of figure.
    pub kind: Kind,
    /// Which size, and which condition others are laid against.
    pub choice: Choice,
    /// Whether the study's numbers are shown too.
    pub reported: bool,
}

/// A picture in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Width and height.
    pub size: [usize; 2],
    /// Red, green, blue and opacity.
    pub rgba: Arc<Vec<u8>>,
    /// Tells pictures apart.
    pub number: u64,
}

impl Default for Compare {
    fn default() -> Self {
        Self {
            folder: None,
            finished: 0,
            records: None,
            problems: Vec::new(),
            question: Question::default(),
            comparison: None,
            reported: false,
            // Panels side by side, which reads best on a screen and across a paper's page.
            spec: FigureSpec { preset: Preset::AclFull, ..FigureSpec::default() },
            chart: None,
            picture: None,
            busy: false,
            error: None,
        }
    }
}

impl Compare {
    /// The chart wanted: tasks are laid against the condition that all others are compared with, or the original.
    pub fn wanted(&self) -> Chart {
        let mut specs = self.records.iter().flat_map(|records| records.iter()).map(|record| &record.spec);
        let original = specs.find(|spec| spec.kind == RunKind::FineTune && spec.condition.transforms.is_empty());
        let original = original.map(|spec| spec.condition.name.clone());
        let rows = &self.question.rows;
        let original = original.filter(|name| rows.is_empty() || rows.contains(name));
        let choice = Choice { size: None, against: self.question.baseline.clone().or(original) };
        Chart { kind: self.spec.kind, choice, reported: self.reported }
    }

    /// The conditions and baselines of the records, in the plan's order.
    pub fn names(&self) -> Vec<String> {
        let mut records: Vec<_> = self.records.iter().flat_map(|records| records.iter()).collect();
        records.sort_by_key(|record| (record.spec.kind, record.place));
        let mut names: Vec<String> = Vec::new();
        for record in records {
            if !names.contains(&record.spec.condition.name) {
                names.push(record.spec.condition.name.clone());
            }
        }
        names
    }

    /// The categories of the tasks scored, sorted.
    pub fn categories(&self) -> BTreeSet<String> {
        let first = self.records.iter().flat_map(|records| records.iter()).find_map(|record| record.scores.as_ref());
        let tasks = first.into_iter().flat_map(|scores| scores.tasks.values());
        tasks.flat_map(|task| task.answers.categories.iter().cloned()).collect()
    }

    /// The metrics that any record has, sorted.
    pub fn metrics(&self) -> Vec<String> {
        let records = self.records.iter().flat_map(|records| records.iter());
        let scored = records.filter_map(|record| record.scores.as_ref()).flat_map(|scores| &scores.metrics);
        let mut ids: Vec<String> = scored.map(|metric| metric.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}
