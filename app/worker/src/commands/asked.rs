//! The arguments that make a question to the records.

use super::named::one_of;
use crate::plugins::PluginOptions;
use placebo_experiment::report::{Column, IntervalMethod, Question, Record, Test, usual};
use placebo_experiment::statistics::{Correction, Resampling, Unit};

/// What is asked of finished runs.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Asked {
    /// Metrics by id; the study's columns otherwise.
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub metric: Vec<String>,
    /// Only these conditions and baselines, in this order.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub condition: Vec<String>,
    /// The condition that the others are compared with; for a test, the one that alters nothing unless said otherwise.
    #[arg(long, value_name = "NAME", help_heading = "Statistics")]
    pub baseline: Option<String>,
    /// How each difference to the baseline is tested.
    #[arg(long, value_name = "TEST", help_heading = "Statistics", value_parser = one_of(&Test::ALL, Test::name))]
    pub test: Option<Test>,
    /// What is done about there being several tests: `holm` unless said otherwise.
    #[arg(long, value_name = "CORRECTION", help_heading = "Statistics",
          value_parser = one_of(&Correction::ALL, Correction::name))]
    pub correction: Option<Correction>,
    /// For `tost`: differences of less than so many points do not matter.
    #[arg(long, value_name = "POINTS", help_heading = "Statistics")]
    pub margin: Option<f64>,
    /// To what the answer is to generalise: what is redrawn, and what tests take for independent; `seeds-and-tasks`
    /// unless said otherwise.
    #[arg(long, value_name = "UNIT", help_heading = "Statistics", value_parser = one_of(&Unit::ALL, Unit::name))]
    pub unit: Option<Unit>,
    /// Adds intervals; `percentile` where there is a baseline or a test.
    #[arg(long, value_name = "INTERVAL", help_heading = "Statistics",
          value_parser = one_of(&IntervalMethod::ALL, IntervalMethod::name))]
    pub interval: Option<IntervalMethod>,
    /// The share of intervals that are to hold the true value.
    #[arg(long, value_name = "SHARE", help_heading = "Statistics", default_value = "0.95")]
    pub level: Option<f64>,
    /// How many resamples a bootstrap or a sampled test draws.
    #[arg(long, value_name = "N", help_heading = "Statistics", default_value = "10000")]
    pub resamples: Option<usize>,
    /// The seed of the resamples.
    #[arg(long, value_name = "SEED", help_heading = "Statistics", default_value = "0")]
    pub resampling_seed: Option<u64>,
    /// Which plugins compute what the runs were not scored with.
    #[command(flatten)]
    pub plugins: PluginOptions,
}

impl Asked {
    /// Whether there is more to answer than means.
    fn has_statistics(&self) -> bool {
        self.baseline.is_some() || self.test.is_some() || self.interval.is_some()
    }

    /// The question, or where nothing but means is asked, the usual one to these records.
    pub fn or_usual(&self, records: &[Record]) -> Question {
        if self.has_statistics() {
            return self.question();
        }
        let Question { baseline, interval, .. } = usual(records);
        Question { baseline, interval, ..self.question() }
    }

    /// The question.
    pub fn question(&self) -> Question {
        let usual = Question::default();
        let Resampling { resamples, seed } = usual.resampling;
        Question {
            columns: self.metric.iter().flat_map(|id| Column::of_metric(id)).collect(),
            rows: self.condition.clone(),
            baseline: self.baseline.clone(),
            unit: self.unit.unwrap_or(usual.unit),
            interval: self.interval.or(usual.interval.filter(|_| self.has_statistics())),
            level: self.level.unwrap_or(usual.level),
            resampling: Resampling {
                resamples: self.resamples.unwrap_or(resamples),
                seed: self.resampling_seed.unwrap_or(seed),
            },
            test: self.test,
            correction: self.correction.unwrap_or(usual.correction),
            margin: self.margin,
            ..usual
        }
    }
}
