//! Builds a corpus: reads the splits, applies the condition, lays out the prompts, and keeps the report.

use placebo_plugin_api::{Stage, Transformed};

use super::stage::{Layout, Selected};
use super::{Corpus, CorpusError};
use crate::condition::Rewriting;
use crate::load::{TaskSet, load_split};
use crate::plugin::Registry;
use crate::prompt::TokenCounter;
use crate::run_spec::{RunKind, RunSpec};
use crate::sample::Keep;
use crate::split::Split;

/// Builds the corpus of a run.
///
/// # Errors
/// The collection cannot be read, a plugin fails, or a split gives no instance at all. Single bad files, instances and
/// examples are in the report instead.
pub fn build(spec: &RunSpec, registry: &Registry, tokens: &dyn TokenCounter) -> Result<Corpus, CorpusError> {
    let mut builder = Builder { spec, registry, tokens, corpus: Corpus::default() };
    if spec.kind == RunKind::FineTune {
        builder.add_training()?;
    }
    builder.add_test()?;
    Ok(builder.corpus)
}

struct Builder<'b> {
    spec: &'b RunSpec,
    registry: &'b Registry,
    tokens: &'b dyn TokenCounter,
    corpus: Corpus,
}

impl Builder<'_> {
    fn add_training(&mut self) -> Result<(), CorpusError> {
        let size = self.spec.data.train_instances_per_task;
        let count = size.saturating_add(self.spec.training.validation_instances_per_task);
        let set = self.load(Split::Train, Keep::Sample { seed: self.spec.seed, count })?;
        let rewritten = self.rewrite(&set, Stage::Train)?;
        let (learned, held_out): (Vec<_>, Vec<_>) =
            select(&set, &rewritten).into_iter().map(|selected| selected.split_at(size)).unzip();
        (self.corpus.train, self.corpus.report.train) = self.layout().pairs(&learned);
        (self.corpus.validation, self.corpus.report.validation) = self.layout().pairs(&held_out);
        refuse_none(self.corpus.train.len(), Split::Train, &set)?;
        self.report(set, rewritten);
        Ok(())
    }

    fn add_test(&mut self) -> Result<(), CorpusError> {
        let set = self.load(Split::Test, Keep::First(self.spec.data.test_instances_per_task))?;
        let rewritten = self.rewrite(&set, Stage::Test)?;
        (self.corpus.test, self.corpus.report.test) = self.layout().questions(&select(&set, &rewritten));
        refuse_none(self.corpus.test.len(), Split::Test, &set)?;
        self.report(set, rewritten);
        Ok(())
    }

    fn load(&self, split: Split, keep: Keep) -> Result<TaskSet, CorpusError> {
        Ok(load_split(&self.spec.data, split, keep)?)
    }

    fn rewrite(&self, set: &TaskSet, stage: Stage) -> Result<Vec<Transformed>, CorpusError> {
        let rewriting = Rewriting {
            condition: &self.spec.condition,
            stage,
            example_slots: self.spec.prompt.positive_examples,
            seed: self.spec.seed,
        };
        let instructions = set.tasks.iter().map(|task| task.instruction()).collect();
        Ok(rewriting.apply(instructions, self.registry)?)
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

fn refuse_none(instances: usize, split: Split, set: &TaskSet) -> Result<(), CorpusError> {
    match instances {
        0 => Err(CorpusError::NoInstances { split, problems: set.problems.clone() }),
        _ => Ok(()),
    }
}

fn select<'t>(set: &'t TaskSet, rewritten: &'t [Transformed]) -> Vec<Selected<'t>> {
    let both = set.tasks.iter().zip(rewritten);
    both.map(|(task, Transformed { instruction, .. })| Selected { task, instruction, instances: &task.instances })
        .collect()
}
