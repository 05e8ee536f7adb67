//! What a figure shows: which runs, under which metrics, with which intervals.

use crate::commands::asked::Asked;
use crate::commands::compare::Answer;
use crate::commands::named::one_of;
use crate::outcome::{Failure, OrUsage};
use anyhow::{anyhow, bail};
use placebo_experiment::report::figure::collect::{Choice, Runs, Study, figure_data, study_figure};
use placebo_experiment::report::figure::{FigureData, Kind};
use placebo_experiment::report::{Column, Question, Record};
use placebo_experiment::results::ResultsError;
use placebo_experiment::run_spec::RunKind;
use std::path::Path;

/// What may be said of a figure's numbers.
#[derive(Debug, clap::Args)]
pub struct Numbers {
    /// One of the study's figures: its metrics over instances per task, beside the values that it reports.
    #[arg(long, value_name = "STUDY", value_parser = one_of(&Study::ALL, Study::name),
          conflicts_with_all = ["kind", "metric", "tasks", "condition"])]
    pub study: Option<Study>,
    /// Only these tasks, a panel each.
    #[arg(long, value_name = "TASKS", num_args = 1.., value_parser = ["classification", "generation", "overall"])]
    tasks: Vec<String>,
    /// For single tasks, categories and losses: instances per training task; the most otherwise.
    #[arg(long, value_name = "N")]
    size: Option<usize>,
    /// For scatter plots: the condition that others are compared with; the first otherwise.
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    /// Bands and error bars show one deviation over seeds to both sides instead of an interval.
    #[arg(long, conflicts_with = "interval")]
    deviation: bool,
    #[command(flatten)]
    asked: Asked,
}

/// The numbers of a figure and the runs that could not be read for it.
pub struct Found {
    /// The numbers.
    pub data: FigureData,
    /// Runs that cannot be read.
    pub problems: Vec<ResultsError>,
}

impl Numbers {
    /// Finds the numbers of a kind of figure in `folder`, or takes those that a spec's file holds.
    ///
    /// # Errors
    /// A folder without runs, or runs that have no such numbers.
    pub fn find(&self, folder: Option<&Path>, kept: Option<FigureData>, kind: Kind) -> Result<Found, Failure> {
        let Some(folder) = folder else {
            let none = || anyhow!("the spec's file holds no numbers; give a folder of results as well");
            return Ok(Found { data: kept.ok_or_else(none).or_usage()?, problems: Vec::new() });
        };
        let answer = Answer::of(folder, &self.asked, &self.metrics(), |records| self.question(records, kind))?;
        let Answer { records, problems, comparison, .. } = answer;
        let runs = Runs { records: &records, comparison: &comparison };
        let choice = Choice { size: self.size, against: self.against.clone() };
        let data = match self.study {
            Some(study) => study_figure(study, runs).or_usage()?,
            None => figure_data(kind, runs, &choice).or_usage()?,
        };
        Ok(Found { data, problems })
    }

    /// The metrics that runs must have.
    fn metrics(&self) -> Vec<String> {
        match self.study {
            Some(_) => Study::columns().into_iter().map(|column| column.metric).collect(),
            None => self.asked.metric.clone(),
        }
    }

    fn question(&self, records: &[Record], kind: Kind) -> anyhow::Result<Question> {
        let usual = || Question::default().interval.filter(|_| matches!(kind, Kind::Bars | Kind::Lines));
        let asked = self.asked.question();
        Ok(Question {
            columns: self.columns(records)?,
            rows: self.rows(records),
            interval: if self.deviation { None } else { asked.interval.or_else(usual) },
            ..asked
        })
    }

    fn columns(&self, records: &[Record]) -> anyhow::Result<Vec<Column>> {
        let all = match self.study {
            Some(_) => return Ok(Study::columns()),
            None if self.asked.metric.is_empty() => Column::of_records(records),
            None => self.asked.metric.iter().flat_map(|id| Column::of_metric(id)).collect(),
        };
        let is_wanted = |column: &Column| self.tasks.iter().any(|tasks| *tasks == column.aggregate.name());
        let mut columns = all;
        columns.retain(|column| self.tasks.is_empty() || is_wanted(column));
        if columns.is_empty() {
            bail!("no column has these tasks; name a metric as well: `{}`", self.tasks.join(" "));
        }
        Ok(columns)
    }

    /// The conditions wanted; the study's, with random guessing and the untuned model.
    fn rows(&self, records: &[Record]) -> Vec<String> {
        let Some(study) = self.study else { return self.asked.condition.clone() };
        let belongs = |record: &&Record| match record.spec.kind {
            RunKind::FineTune => study.has(&record.spec.condition),
            kind => matches!(kind, RunKind::RandomGuess | RunKind::Untuned),
        };
        let mut records: Vec<_> = records.iter().filter(belongs).collect();
        records.sort_by_key(|record| (record.spec.kind, record.place));
        let mut rows: Vec<String> = Vec::new();
        for record in records {
            if !rows.contains(&record.spec.condition.name) {
                rows.push(record.spec.condition.name.clone());
            }
        }
        rows
    }
}
