//! Builds a corpus: reads the splits, applies the condition, lays out the prompts, and keeps the report.

use placebo_plugin_api::Transformed;

use super::stage::{Layout, Selected};
use super::{Corpus, CorpusError};
use crate::condition::{Rewriting, Stages};
use crate::load::{TaskSet, load_split};
use crate::plugin::Registry;
use crate::prompt::TokenCounter;
use crate::run_spec::{RunData, RunKind, RunSpec};
use crate::sample::Keep;
use crate::split::Split;

/// Builds the corpus of a run.
///
/// # Errors
/// The collection cannot be read, a plugin fails, or a split gives no instance at all. Single bad files, instances and
/// examples are in the report instead.
pub fn build(spec: &RunSpec, registry: &Registry, tokens: &dyn TokenCounter) -> Result<Corpus, CorpusError> {
    let mut builder = Builder { spec, registry, tokens, corpus: Corpus::default() };
    let sets = builder.load()?;
    let rewritten = builder.rewrite(&sets)?;
    builder.add_training(sets.train, rewritten.train);
    builder.add_test(sets.test, rewritten.test);
    Ok(builder.corpus)
}

struct Builder<'b> {
    spec: &'b RunSpec,
    registry: &'b Registry,
    tokens: &'b dyn TokenCounter,
    corpus: Corpus,
}

/// The tasks of both stages; those to be learned have no instances where nothing is learned.
struct Sets {
    train: TaskSet,
    test: TaskSet,
}

impl Builder<'_> {
    fn load(&self) -> Result<Sets, CorpusError> {
        let RunData { train_instances_per_task: size, test_instances_per_task, .. } = self.spec.data;
        let count = size.saturating_add(self.spec.training.validation_instances_per_task);
        let train = match self.spec.kind {
            RunKind::FineTune => self.load_some(Split::Train, Keep::Sample { seed: self.spec.seed, count })?,
            _ if self.rewriting().sees_all_tasks(self.registry)? => self.load_split(Split::Train, Keep::First(0))?,
            _ => TaskSet::default(),
        };
        Ok(Sets { train, test: self.load_some(Split::Test, Keep::First(test_instances_per_task))? })
    }

    /// A split with at least one instance.
    fn load_some(&self, split: Split, keep: Keep) -> Result<TaskSet, CorpusError> {
        let set = self.load_split(split, keep)?;
        match set.tasks.iter().all(|task| task.instances.is_empty()) {
            true => Err(CorpusError::NoInstances { split, problems: set.problems }),
            false => Ok(set),
        }
    }

    fn load_split(&self, split: Split, keep: Keep) -> Result<TaskSet, CorpusError> {
        Ok(load_split(&self.spec.data, split, keep)?)
    }

    fn rewriting(&self) -> Rewriting<'_> {
        let RunSpec { condition, prompt, seed, .. } = self.spec;
        Rewriting { condition, example_slots: prompt.positive_examples, seed: *seed }
    }

    fn rewrite(&self, sets: &Sets) -> Result<Stages<Transformed>, CorpusError> {
        let instructions = |set: &TaskSet| set.tasks.iter().map(|task| task.instruction()).collect();
        let stages = Stages { train: instructions(&sets.train), test: instructions(&sets.test) };
        Ok(self.rewriting().apply(stages, self.registry)?)
    }

    fn add_training(&mut self, set: TaskSet, rewritten: Vec<Transformed>) {
        let size = self.spec.data.train_instances_per_task;
        let (learned, held_out): (Vec<_>, Vec<_>) =
            select(&set, &rewritten).into_iter().map(|selected| selected.split_at(size)).unzip();
        if self.spec.kind == RunKind::FineTune {
            (self.corpus.train, self.corpus.report.train) = self.layout().pairs(&learned);
            (self.corpus.validation, self.corpus.report.validation) = self.layout().pairs(&held_out);
        }
        self.report(set, rewritten);
    }

    fn add_test(&mut self, set: TaskSet, rewritten: Vec<Transformed>) {
        (self.corpus.test, self.corpus.report.test) = self.layout().questions(&select(&set, &rewritten));
        self.report(set, rewritten);
    }

    fn layout(&self) -> Layout<'_> {
        Layout { plan: &self.spec.prompt, tokens: self.tokens }
    }

    fn report(&mut self, set: TaskSet, rewritten: Vec<Transformed>) {
        let report = &mut self.corpus.report;
        // What is wrong with the plan comes up with either split.
        let new: Vec<_> = set.problems.into_iter().filter(|problem| !report.problems.contains(problem)).collect();
        report.problems.extend(new);
        for (task, Transformed { notes, .. }) in set.tasks.into_iter().zip(rewritten) {
            report.task_hashes.insert(task.name.clone(), task.hash);
            if !notes.is_empty() {
                report.notes.entry(task.name.clone()).or_default().extend(notes);
            }
            if !task.warnings.is_empty() {
                report.warnings.insert(task.name, task.warnings);
            }
        }
    }
}

fn select<'t>(set: &'t TaskSet, rewritten: &'t [Transformed]) -> Vec<Selected<'t>> {
    let both = set.tasks.iter().zip(rewritten);
    both.map(|(task, Transformed { instruction, .. })| Selected { task, instruction, instances: &task.instances })
        .collect()
}
