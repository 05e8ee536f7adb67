//! The study's two figures: exact match and ROUGE-L over instances per task, for altered definitions or examples.

use placebo_plugin_api::Stage;
use serde::{Deserialize, Serialize};

use super::{Asked, Choice, Condition};
use super::{Runs, figure_data, reported, titles};
use crate::plan;
use crate::report::figure::{At, FigureData, FigureError, Kind, Panel, Reference};
use crate::report::{Aggregate, Column};

/// Which of the study's experiments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Study {
    /// Definitions: original, simplified, empty.
    Definitions,
    /// Examples: original, delusive, empty.
    Examples,
}

/// What a condition is in the study, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing is altered.
    Original,
    /// By one transform, in training and testing.
    Altered(&'static str),
    /// By one transform, in testing alone.
    AlteredAtTestOnly(&'static str),
}

impl Study {
    /// Both of them.
    pub const ALL: [Study; 2] = [Study::Definitions, Study::Examples];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Study::Definitions => "definitions",
            Study::Examples => "examples",
        }
    }

    /// Exact match on classification tasks, ROUGE-L on all.
    pub fn columns() -> Vec<Column> {
        let column = |metric: &str, aggregate| Column { metric: metric.to_owned(), aggregate };
        vec![column("exact-match", Aggregate::Classification), column("rouge-l", Aggregate::Overall)]
    }

    /// Whether a condition belongs to the experiment: it alters nothing else.
    pub fn has(self, condition: &plan::Condition) -> bool {
        let prefix = match self {
            Study::Definitions => "definition.",
            Study::Examples => "examples.",
        };
        condition.transforms.iter().all(|transform| transform.id.starts_with(prefix))
    }
}

impl Role {
    fn is_of(self, condition: &plan::Condition) -> bool {
        let changes = |id: &str| matches!(condition.transforms.as_slice(), [only] if only.id == id);
        let trains = condition.apply_to.contains(&Stage::Train);
        match self {
            Role::Original => condition.transforms.is_empty(),
            Role::Altered(id) => changes(id) && trains && condition.apply_to.contains(&Stage::Test),
            Role::AlteredAtTestOnly(id) => changes(id) && !trains,
        }
    }
}

/// Collects one of the study's figures, from a comparison of its conditions under [`Study::columns`].
///
/// # Errors
/// As [`figure_data`].
pub fn study_figure(study: Study, runs: Runs) -> Result<FigureData, FigureError> {
    let mut data = figure_data(Kind::Lines, runs, &Choice::default())?;
    data.asked = data.asked.map(|asked| Asked { study: Some(study), ..asked });
    let classification = titles::tasks(&Aggregate::Classification);
    let overall = titles::tasks(&Aggregate::Overall);
    for panel in &mut data.panels {
        if panel.title == classification {
            panel.references.extend(reported::LEVELS.map(|(name, value)| reference(name, None, None, value)));
        }
        if panel.title == overall && study == Study::Examples {
            panel.references.extend(examples(runs));
        }
    }
    Ok(data)
}

/// Adds what the study reports, where a figure of bars or lines shows the same: levels of exact match on classification
/// tasks, and ROUGE-L of the conditions and sizes that the runs have too.
pub fn add_reported(data: &mut FigureData, runs: Runs) {
    let is = |panel: &Panel, aggregate, metric| {
        (panel.title.as_str(), panel.y.as_str()) == (&titles::tasks(aggregate), &titles::axis(metric))
    };
    let examples = examples(runs);
    for panel in &mut data.panels {
        if is(panel, &Aggregate::Classification, "exact-match") {
            panel.references.extend(reported::LEVELS.map(|(name, value)| reference(name, None, None, value)));
        }
        if is(panel, &Aggregate::Overall, "rouge-l") {
            let has = |reference: &&Reference| {
                let mut points = panel.series.iter().flat_map(|series| &series.points);
                points.any(|point| Some(&point.at) == reference.at.as_ref())
            };
            let fitting: Vec<_> = examples.iter().filter(has).cloned().collect();
            panel.references.extend(fitting);
        }
    }
}

/// What is reported of the conditions that the runs have.
fn examples(runs: Runs) -> Vec<Reference> {
    let conditions = runs.conditions();
    let name = |role: Role| {
        let is_of = |condition: &&Condition| {
            let mut records = runs.records.iter().filter(|record| record.spec.plan == condition.plan);
            records
                .any(|record| record.spec.condition.name == condition.condition && role.is_of(&record.spec.condition))
        };
        conditions.iter().find(is_of).map(|condition| condition.name.clone())
    };
    let found = reported::EXAMPLES.iter().filter_map(|reported| Some((name(reported.role)?, reported)));
    found
        .map(|(name, found)| reference(reported::NAME, Some(name), Some(At::Number(found.size)), found.overall))
        .collect()
}

fn reference(name: &str, series: Option<String>, at: Option<At>, value: f64) -> Reference {
    Reference { name: name.to_owned(), panel: None, series, at, value, low: None, high: None, reported: true }
}
