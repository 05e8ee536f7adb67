//! What was asked of the runs for a figure's numbers, so that they can be collected anew.

use serde::{Deserialize, Serialize};

use super::{Choice, Runs, Study, figure_data, study_figure};
use crate::report::figure::{FigureData, FigureError, Kind};
use crate::report::{Question, Record, compare};

/// Everything that a figure's numbers depend on besides the runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// What is drawn.
    pub kind: Kind,
    /// What the runs were compared by.
    pub question: Question,
    /// Which size and which condition a figure of single tasks shows.
    #[serde(default)]
    pub choice: Choice,
    /// Which of the study's figures it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study: Option<Study>,
}

impl Asked {
    /// Collects the numbers from these runs.
    ///
    /// # Errors
    /// Runs that the question makes no sense for, or as [`figure_data`].
    pub fn collect(&self, records: &[Record]) -> Result<FigureData, FigureError> {
        let comparison = compare(records, &self.question, &|_| {})?;
        let runs = Runs { records, comparison: &comparison };
        match self.study {
            Some(study) => study_figure(study, runs),
            None => figure_data(self.kind, runs, &self.choice),
        }
    }
}
