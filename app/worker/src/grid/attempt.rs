//! One attempt at a run: corpus, generations, scores, each written when it is whole.

use super::log::Log;
use super::manifest::{device_name, manifest};
use super::model::{Model, Opened};
use super::summary::End;
use super::warnings::warnings;
use super::work::Work;
use anyhow::Context;
use placebo_experiment::baseline;
use placebo_experiment::corpus::{Corpus, CorpusError, build};
use placebo_experiment::event::Event;
use placebo_experiment::generation::Generation;
use placebo_experiment::plugin::PluginError;
use placebo_experiment::results::{RunFolder, host};
use placebo_experiment::run_spec::RunKind;
use placebo_experiment::score::{AnswerSpace, score};
use placebo_train::checkpoint::training::newest_step;
use placebo_train::run::{Control, Outcome, Run, execute};

/// What an attempt works on and tells.
pub struct Attempt<'a, 'l, 'p> {
    /// The plan, its plugins, and whether to stop.
    pub work: &'a Work<'a>,
    /// The run's folder, whose lock this process has.
    pub folder: &'a RunFolder,
    /// Hears what happens.
    pub log: &'a Log<'l, 'p>,
}

/// Whether a question to a plugin was given up because somebody asked this process to stop.
fn is_given_up(error: &anyhow::Error) -> bool {
    match error.downcast_ref() {
        Some(CorpusError::Plugin(error)) => error.is_given_up(),
        _ => error.downcast_ref().is_some_and(PluginError::is_given_up),
    }
}

/// The answers of a run, or how far it came.
enum Answered {
    All(Vec<Generation>),
    Stopped { step: usize },
}

impl Attempt<'_, '_, '_> {
    /// Goes from wherever the folder stands to its scores.
    ///
    /// # Errors
    /// Whatever cannot be read, computed or written.
    pub fn run(&self, model: &Model) -> anyhow::Result<End> {
        match self.go_through(model) {
            Err(error) if self.work.interrupt.requested() && is_given_up(&error) => {
                Ok(End::Stopped { step: newest_step(&self.folder.checkpoints_dir()?)? })
            }
            end => end,
        }
    }

    fn go_through(&self, model: &Model) -> anyhow::Result<End> {
        let kind = self.folder.spec().kind;
        let opened = if kind.needs_model() { Some(model.open()?) } else { None };
        let model = opened.as_deref();
        self.log.tell(self.started(model)?);
        if let Some(reason) = model.and_then(|model| model.slowed_by.as_ref()) {
            self.log.tell(Event::Warning { message: reason.to_string() });
        }
        let corpus = self.corpus(model)?;
        let (metrics, registry) = (&self.work.prepared.plan.metrics, &self.work.prepared.registry);
        let scores = if kind == RunKind::RandomGuess {
            baseline::random_guess(&corpus.test, metrics, registry)?
        } else {
            match self.answers(&corpus, model)? {
                Answered::All(generations) => score(&generations, &AnswerSpace::of(&corpus.test), metrics, registry)?,
                Answered::Stopped { step } => return Ok(End::Stopped { step }),
            }
        };
        self.folder.write_scores(&scores)?;
        self.remove_saves()?;
        Ok(End::Finished)
    }

    /// The saves of a large model take many gigabytes, and nobody resumes a finished run.
    fn remove_saves(&self) -> anyhow::Result<()> {
        if !self.work.keep_checkpoints && self.folder.spec().kind.needs_model() {
            fs_err::remove_dir_all(self.folder.checkpoints_dir()?)?;
        }
        Ok(())
    }

    fn started(&self, model: Option<&Opened>) -> anyhow::Result<Event> {
        Ok(Event::Started {
            version: env!("CARGO_PKG_VERSION").into(),
            device: device_name(model),
            host: host(),
            pid: std::process::id(),
            step: if model.is_some() { newest_step(&self.folder.checkpoints_dir()?)? } else { 0 },
        })
    }

    fn corpus(&self, model: Option<&Opened>) -> anyhow::Result<Corpus> {
        let (spec, prepared) = (self.folder.spec(), &self.work.prepared);
        let corpus = match model {
            Some(model) => build(spec, prepared.materials(&model.tokenizer))?,
            None => build(spec, prepared.materials(&|_: &str| 0))?,
        };
        for message in warnings(&corpus.report) {
            self.log.tell(Event::Warning { message });
        }
        let (metrics, registry) = (&prepared.plan.metrics, &prepared.registry);
        self.folder.write_manifest(&manifest(spec, metrics, &corpus.report, registry, model)?)?;
        Ok(corpus)
    }

    /// The answers: those on disk, or else what the baseline or the model says.
    fn answers(&self, corpus: &Corpus, model: Option<&Opened>) -> anyhow::Result<Answered> {
        if self.folder.has_generations() {
            return Ok(Answered::All(self.folder.generations()?));
        }
        let generations = match baseline::answers(self.folder.spec().kind, &corpus.test) {
            Some(generations) => generations,
            None => match self.execute(corpus, model.context("a run that asks a model has one")?)? {
                Outcome::Finished(generations) => generations,
                Outcome::Stopped { step } => return Ok(Answered::Stopped { step }),
            },
        };
        self.folder.write_generations(&generations)?;
        Ok(Answered::All(generations))
    }

    fn execute(&self, corpus: &Corpus, model: &Opened) -> anyhow::Result<Outcome> {
        let run = Run {
            spec: self.folder.spec(),
            corpus,
            tokenizer: &model.tokenizer,
            checkpoint: &model.checkpoint,
            saves: &self.folder.checkpoints_dir()?,
            device: &model.device,
        };
        let stop = || self.work.interrupt.requested() || self.folder.stop_requested() || self.log.is_faulty();
        Ok(execute(run, &mut Control { tell: &mut |event| self.log.tell(event), stop: &stop })?)
    }
}
