//! Builds a corpus: reads the splits, applies the condition, lays out the prompts, and keeps the report.

use std::sync::Arc;

use placebo_plugin_api::{Instruction, Target, Transformed};

use super::stage::{Layout, Selected};
use super::{Alteration, Alterations, Corpus, CorpusError};
use crate::condition::{Rewriting, Stages};
use crate::load::{Shelf, TaskSet};
use crate::plugin::Registry;
use crate::prompt::TokenCounter;
use crate::run_spec::{RunData, RunKind, RunSpec};
use crate::sample::Keep;
use crate::split::Split;
use crate::task::{Instance, Task};

/// What the corpora of a study are made with; all of them share it.
#[derive(Clone, Copy)]
pub struct Materials<'m> {
    /// The plugins.
    pub registry: &'m Registry,
    /// The task files that were read.
    pub tasks: &'m Shelf,
    /// Counts tokens as the model's tokenizer makes them.
    pub tokens: &'m dyn TokenCounter,
}

/// Builds the corpus of a run.
///
/// # Errors
/// The collection cannot be read, a plugin fails, or a split gives no instance at all. Single bad files, instances and
/// examples are in the report instead.
pub fn build(spec: &RunSpec, materials: Materials) -> Result<Corpus, CorpusError> {
    let mut builder = Builder { spec, materials, corpus: Corpus::default() };
    let sets = builder.load()?;
    let rewritten = builder.rewrite(&sets, Builder::learned)?;
    let held_out = builder.rewrite_held_out(&sets)?;
    builder.measure(&sets, &rewritten);
    builder.add_training(&sets.train, &rewritten.train, &held_out);
    builder.add_test(&sets.test, &rewritten.test);
    builder.report(&sets.train, rewritten.train);
    builder.report(&sets.test, rewritten.test);
    Ok(builder.corpus)
}

struct Builder<'b> {
    spec: &'b RunSpec,
    materials: Materials<'b>,
    corpus: Corpus,
}

/// The tasks of both stages; those to be learned have no instances where nothing is learned.
struct Sets {
    train: Arc<TaskSet>,
    test: Arc<TaskSet>,
}

impl Builder<'_> {
    fn load(&self) -> Result<Sets, CorpusError> {
        let RunData { train_instances_per_task: size, test_instances_per_task, .. } = self.spec.data;
        let count = size.saturating_add(self.spec.training.validation_instances_per_task);
        let train = match self.spec.kind {
            RunKind::FineTune => self.load_some(Split::Train, Keep::Sample { seed: self.spec.seed, count })?,
            _ if self.rewriting().sees_all_tasks(self.materials.registry)? => {
                self.load_split(Split::Train, Keep::First(0))?
            }
            _ => Arc::default(),
        };
        Ok(Sets { train, test: self.load_some(Split::Test, Keep::First(test_instances_per_task))? })
    }

    /// A split with at least one instance.
    fn load_some(&self, split: Split, keep: Keep) -> Result<Arc<TaskSet>, CorpusError> {
        let set = self.load_split(split, keep)?;
        match set.tasks.iter().all(|task| task.instances.is_empty()) {
            true => Err(CorpusError::NoInstances { split, problems: set.problems.clone() }),
            false => Ok(set),
        }
    }

    fn load_split(&self, split: Split, keep: Keep) -> Result<Arc<TaskSet>, CorpusError> {
        Ok(self.materials.tasks.load_split(&self.spec.data, split, keep)?)
    }

    fn rewriting(&self) -> Rewriting<'_> {
        let RunSpec { condition, prompt, seed, .. } = self.spec;
        Rewriting { condition, example_slots: prompt.positive_examples, seed: *seed }
    }

    /// The instances of a training task that are learned.
    fn learned<'t>(&self, task: &'t Task) -> &'t [Instance] {
        &task.instances[..self.spec.data.train_instances_per_task.min(task.instances.len())]
    }

    /// The instances of a training task that are not.
    fn held_out<'t>(&self, task: &'t Task) -> &'t [Instance] {
        &task.instances[self.learned(task).len()..]
    }

    /// Rewrites the instructions of both stages; where targets are changed, those of these training instances.
    fn rewrite(
        &self,
        sets: &Sets,
        trained: for<'t> fn(&Self, &'t Task) -> &'t [Instance],
    ) -> Result<Stages<Transformed>, CorpusError> {
        let rewriting = self.rewriting();
        let changes_targets = rewriting.changes_targets(self.materials.registry)?;
        let instruction = |task: &Task, instances: &[Instance]| Instruction {
            targets: if changes_targets { instances.iter().map(target).collect() } else { Vec::new() },
            ..task.instruction()
        };
        let stages = Stages {
            train: sets.train.tasks.iter().map(|task| instruction(task, trained(self, task))).collect(),
            test: sets.test.tasks.iter().map(|task| instruction(task, &task.instances)).collect(),
        };
        Ok(rewriting.apply(stages, self.materials.registry)?)
    }

    /// The training tasks with the targets of the instances that are held out, which a condition rewrites among
    /// themselves, so that what is learned does not depend on them; nothing where there are none, or targets stay.
    fn rewrite_held_out(&self, sets: &Sets) -> Result<Vec<Transformed>, CorpusError> {
        let are_there = self.spec.training.validation_instances_per_task > 0;
        if are_there && self.rewriting().changes_targets(self.materials.registry)? {
            return Ok(self.rewrite(sets, Builder::held_out)?.train);
        }
        Ok(Vec::new())
    }

    fn measure(&mut self, sets: &Sets, rewritten: &Stages<Transformed>) {
        let learned: Vec<_> = sets.train.tasks.iter().map(|task| (task, self.learned(task))).collect();
        let asked: Vec<_> = sets.test.tasks.iter().map(|task| (task, task.instances.as_slice())).collect();
        let of = |tasks: &[_], rewritten: &[_]| Alteration::of(tasks, rewritten, &self.spec.prompt);
        let (train, test) = (of(&learned, &rewritten.train), of(&asked, &rewritten.test));
        self.corpus.report.alterations = Alterations { train, test };
    }

    fn add_training(&mut self, set: &TaskSet, rewritten: &[Transformed], held_out: &[Transformed]) {
        if self.spec.kind != RunKind::FineTune {
            return;
        }
        let instructed = || set.tasks.iter().zip(rewritten).map(|(task, own)| (task, &own.instruction));
        let learned = instructed().map(|(task, instruction)| {
            let (instances, targets) = (self.learned(task), instruction.targets.as_slice());
            Selected { task, instruction, instances, targets }
        });
        let held_out = instructed().enumerate().map(|(place, (task, instruction))| {
            let targets = held_out.get(place).map_or(&[][..], |own| &own.instruction.targets);
            Selected { task, instruction, instances: self.held_out(task), targets }
        });
        let (learned, held_out): (Vec<_>, Vec<_>) = (learned.collect(), held_out.collect());
        let layout = self.layout();
        let (train, validation) = (layout.pairs(&learned), layout.pairs(&held_out));
        (self.corpus.train, self.corpus.report.train) = train;
        (self.corpus.validation, self.corpus.report.validation) = validation;
    }

    fn add_test(&mut self, set: &TaskSet, rewritten: &[Transformed]) {
        let asked = set.tasks.iter().zip(rewritten).map(|(task, Transformed { instruction, .. })| {
            let (instances, targets) = (task.instances.as_slice(), instruction.targets.as_slice());
            Selected { task, instruction, instances, targets }
        });
        let (test, report) = self.layout().questions(&asked.collect::<Vec<_>>());
        (self.corpus.test, self.corpus.report.test) = (test, report);
    }

    fn layout(&self) -> Layout<'_> {
        Layout { plan: &self.spec.prompt, tokens: self.materials.tokens }
    }

    fn report(&mut self, set: &TaskSet, rewritten: Vec<Transformed>) {
        let report = &mut self.corpus.report;
        // What is wrong with the plan comes up with either split.
        let new: Vec<_> = set.problems.iter().filter(|problem| !report.problems.contains(problem)).cloned().collect();
        report.problems.extend(new);
        for (task, Transformed { notes, .. }) in set.tasks.iter().zip(rewritten) {
            report.task_hashes.insert(task.name.clone(), task.hash.clone());
            if !notes.is_empty() {
                report.notes.entry(task.name.clone()).or_default().extend(notes);
            }
            if !task.warnings.is_empty() {
                report.warnings.insert(task.name.clone(), task.warnings.clone());
            }
        }
    }
}

fn target(instance: &Instance) -> Target {
    Target { input: instance.input.clone(), outputs: instance.outputs.clone() }
}
