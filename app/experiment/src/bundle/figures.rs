//! Figures drawn anew: their numbers from the runs, their drawings from their numbers.

use std::path::Path;

use serde_json::Value;

use super::{FIGURES, Finding, Verdict};
use crate::plan::MetricPlan;
use crate::plugin::Registry;
use crate::report::Record;
use crate::report::figure::{Figure, FigureData, FigureError, SpecFile};
use crate::results::RunFolder;

/// The figures of a bundle.
pub(super) struct Figures<'f> {
    pub(super) root: &'f Path,
    /// The runs, their scores computed anew.
    pub(super) records: &'f [Record],
    pub(super) registry: &'f Registry,
    pub(super) verdict: &'f mut Verdict,
}

impl Figures<'_> {
    /// Draws anew every figure among these files.
    pub(super) fn check<'n>(&mut self, names: impl Iterator<Item = &'n String>) {
        for name in names.filter(|name| is_spec(name)) {
            let Ok(SpecFile { spec, data: Some(data) }) = SpecFile::read(&self.root.join(name)) else {
                self.leave_out(name, "no figure with its numbers");
                continue;
            };
            self.verdict.figures += 1;
            self.check_numbers(name, &data);
            match Figure::draw(spec, data) {
                Ok(figure) => self.check_drawing(name, &figure),
                Err(error) => self.differ(name, error.to_string()),
            }
        }
    }

    /// Whether the runs give these numbers.
    fn check_numbers(&mut self, name: &str, data: &FigureData) {
        let Some(asked) = &data.asked else {
            return self.leave_out(name, "it does not say what its numbers were asked by");
        };
        let is_source = |record: &&Record| data.sources.iter().any(|source| record.spec.id().as_str() == source.run);
        let mut records: Vec<Record> = self.records.iter().filter(is_source).cloned().collect();
        if records.len() < data.sources.len() {
            return self.leave_out(name, "not all of its runs are here");
        }
        let metrics: Vec<_> = asked.question.columns.iter().map(|column| MetricPlan::new(&column.metric)).collect();
        records.iter_mut().for_each(|record| self.add_metrics(record, &metrics));
        match asked.collect(&records).map(FigureData::settled) {
            Ok(found) if found == *data => {}
            Ok(_) => self.differ(name, "the runs give other numbers".to_owned()),
            Err(error) => self.differ(name, error.to_string()),
        }
    }

    /// Metrics that a figure shows and the plan does not name.
    fn add_metrics(&self, record: &mut Record, metrics: &[MetricPlan]) {
        let Some(scores) = &mut record.scores else { return };
        let lacks = metrics.iter().any(|metric| scores.find(&metric.id, None).is_none());
        let generations = lacks.then(|| RunFolder::open(&record.path).and_then(|run| run.generations()));
        if let Some(Ok(generations)) = generations {
            // A metric that is not loaded leaves the numbers other than they were, which is then said.
            let _ = scores.add(&generations, metrics, self.registry);
        }
    }

    /// Whether the files beside the spec are what follows from it.
    fn check_drawing(&mut self, name: &str, figure: &Figure) {
        match self.other_files(name, figure) {
            Ok(others) if others.is_empty() => {}
            Ok(_) if self.is_of_another_version(name) => self.leave_out(name, "another version of the program drew it"),
            Ok(others) => {
                for file in others {
                    self.differ(&file, "not the drawing that follows from its numbers".to_owned());
                }
            }
            Err(error) => self.differ(name, error.to_string()),
        }
    }

    fn other_files(&self, name: &str, figure: &Figure) -> Result<Vec<String>, FigureError> {
        let stem = name.trim_end_matches(".json");
        let files = figure.files()?;
        let mut others = Vec::new();
        for (ending, content) in files.all() {
            let file = format!("{stem}.{ending}");
            let path = self.root.join(&file);
            if path.exists() && fs_err::read(&path)? != content {
                others.push(file);
            }
        }
        Ok(others)
    }

    fn is_of_another_version(&self, name: &str) -> bool {
        let bytes = fs_err::read(self.root.join(name)).unwrap_or_default();
        let version = serde_json::from_slice::<Value>(&bytes).ok().and_then(|json| json.get("placebo").cloned());
        version != Some(Value::from(env!("CARGO_PKG_VERSION")))
    }

    fn differ(&mut self, file: &str, what: String) {
        self.verdict.findings.push(Finding::Differs { what, file: file.to_owned() });
    }

    fn leave_out(&mut self, name: &str, reason: &str) {
        self.verdict.unchecked.push(format!("figure `{name}`: {reason}"));
    }
}

fn is_spec(name: &str) -> bool {
    let mut folders = name.split('/').rev().skip(1);
    name.ends_with(".json") && folders.any(|folder| folder == FIGURES)
}
