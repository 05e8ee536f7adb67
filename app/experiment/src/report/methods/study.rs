//! The facts of one plan's runs.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::CorpusReport;
use crate::report::Record;
use crate::results::{Manifest, ResultsError, RunFolder, RunState};
use crate::run_spec::{RunKind, RunSpec};

/// The runs of one plan with what they ran with.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The plan's name.
    pub plan: String,
    /// In the order of the plan's conditions, then of sizes and seeds.
    pub(super) runs: Vec<Run>,
}

/// One run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) record: Record,
    /// Nothing of a run that nobody has begun.
    pub(super) manifest: Option<Manifest>,
    pub(super) corpus: CorpusReport,
}

impl Study {
    /// The studies that records belong to, one per plan, in the order of their names.
    ///
    /// # Errors
    /// A manifest that cannot be read.
    pub fn read(records: &[Record]) -> Result<Vec<Study>, ResultsError> {
        let mut plans: BTreeMap<&str, Vec<Run>> = BTreeMap::new();
        for record in records {
            plans.entry(&record.spec.plan).or_default().push(Run::read(record)?);
        }
        let study = |(plan, runs): (&str, Vec<Run>)| Study { plan: plan.to_owned(), runs: in_order(runs) };
        Ok(plans.into_iter().map(study).collect())
    }

    /// The runs that were to be fine-tuned.
    pub(super) fn tuned(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.spec().kind == RunKind::FineTune)
    }

    /// The runs that ask a model.
    pub(super) fn asking_a_model(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.spec().kind.needs_model())
    }

    /// The runs that were begun, so that there is a manifest.
    pub(super) fn begun(&self) -> impl Iterator<Item = (&Run, &Manifest)> {
        self.runs.iter().filter_map(|run| Some((run, run.manifest.as_ref()?)))
    }

    /// The runs of each condition, conditions in the plan's order.
    pub(super) fn conditions(&self) -> Vec<(&str, Vec<&Run>)> {
        let mut conditions: Vec<(&str, Vec<&Run>)> = Vec::new();
        for run in self.tuned() {
            let name = run.spec().condition.name.as_str();
            match conditions.iter_mut().find(|(known, _)| *known == name) {
                Some((_, runs)) => runs.push(run),
                None => conditions.push((name, vec![run])),
            }
        }
        conditions
    }

    /// What all runs of a kind have in common, or the few values that there are, in order of appearance.
    pub(super) fn distinct<'s, T: PartialEq>(runs: impl Iterator<Item = &'s Run>, value: fn(&'s Run) -> T) -> Vec<T> {
        let mut values = Vec::new();
        for value in runs.map(value) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }
}

impl Run {
    fn read(record: &Record) -> Result<Self, ResultsError> {
        let folder = RunFolder::open(&record.path)?;
        let manifest = folder.has_manifest().then(|| folder.manifest()).transpose()?;
        // A manifest of another version may say other things of its corpus; then nothing is known of it.
        let corpus = manifest.as_ref().and_then(|manifest| serde_json::from_value(manifest.corpus.clone()).ok());
        Ok(Self { record: record.clone(), manifest, corpus: corpus.unwrap_or_default() })
    }

    pub(super) fn spec(&self) -> &RunSpec {
        &self.record.spec
    }

    pub(super) fn is_finished(&self) -> bool {
        self.record.state == RunState::Finished
    }
}

fn in_order(mut runs: Vec<Run>) -> Vec<Run> {
    let key = |run: &Run| (run.record.place, run.spec().data.train_instances_per_task, run.spec().seed);
    runs.sort_by_key(key);
    runs
}

/// The distinct seeds of those runs that are finished, rising.
pub(super) fn seeds(runs: &[&Run]) -> Vec<u64> {
    let finished = runs.iter().filter(|run| run.is_finished());
    finished.map(|run| run.spec().seed).collect::<BTreeSet<_>>().into_iter().collect()
}
