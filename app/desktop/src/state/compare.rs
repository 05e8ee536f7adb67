//! What the results say: the records, the question asked of them, the answer and its chart.

use placebo_experiment::report::figure::{FigureData, FigureSpec, Preset};
use placebo_experiment::report::{Comparison, Question, Record};
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
    /// What is asked.
    pub question: Question,
    /// The answer to it.
    pub comparison: Option<Arc<Comparison>>,
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
            question: Question::default(),
            comparison: None,
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
