//! The training of a run: steps, evaluations and saves, from wherever an earlier process left off.

use super::{Control, Run, RunError};
use crate::batch::Example;
use crate::checkpoint::hugging_face;
use crate::checkpoint::training::{self as saves, Save};
use crate::fit::{Fit, Lesson, StepReport};
use crate::t5::T5;
use placebo_experiment::corpus::Pair;
use placebo_experiment::event::Event;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Instant;

/// How a training ended.
pub enum Trained {
    /// With the weights that generate: the last, or the best where there were evaluations.
    Finished { model: Box<T5>, step: usize },
    /// By a wish to stop; saved.
    Stopped { step: usize },
}

/// What a save keeps besides weights, moments and step.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Notes {
    /// The lowest validation loss so far and the step it was reached at.
    best: Option<(f64, usize)>,
}

/// What the folders of the best weights are called among a run's saves, before the step.
const BEST: &str = "best-";

/// Trains a model to the end of the run's recipe, or until it is asked to stop.
pub fn train(run: Run, model: T5, control: &mut Control) -> Result<Trained, RunError> {
    if run.corpus.train.is_empty() {
        return Err(RunError::NoTrainingData);
    }
    let lessons: Vec<_> = run.corpus.train.par_iter().map(|pair| lesson(run, pair)).collect();
    let validation: Vec<_> = run.corpus.validation.par_iter().map(|pair| example(run, pair)).collect();
    let mut training = Training {
        run,
        fit: Fit::new(model, &lessons, &run.spec.training, run.spec.seed)?,
        validation,
        notes: Notes::default(),
        saved: None,
        kept_best: None,
    };
    training.resume(control)?;
    training.until_the_end(control)
}

struct Training<'a> {
    run: Run<'a>,
    fit: Fit<'a>,
    validation: Vec<Example>,
    notes: Notes,
    /// Step of the newest save.
    saved: Option<usize>,
    /// Step of the best weights that the newest save names.
    kept_best: Option<usize>,
}

impl Training<'_> {
    fn resume(&mut self, control: &mut Control) -> Result<(), RunError> {
        let model = &self.fit.model;
        let found = saves::load_newest_valid(self.run.saves, &model.layout, model.device())?;
        for skipped in &found.skipped {
            let (path, reason) = (skipped.path.display(), &skipped.reason);
            let message = format!("a save cannot be used, going on from an earlier one: {reason}: `{path}`");
            (control.tell)(Event::Warning { message });
        }
        let Some(save) = found.save else { return Ok(()) };
        *self.fit.model.weights() = save.weights;
        self.fit.optimizer.restore(save.optimizer)?;
        self.fit.resume(save.step)?;
        self.notes = serde_json::from_value(save.notes).unwrap_or_default();
        self.saved = Some(save.step);
        self.kept_best = self.notes.best.map(|(_, step)| step);
        Ok(())
    }

    fn until_the_end(mut self, control: &mut Control) -> Result<Trained, RunError> {
        let mut speed = Speed::new();
        while self.fit.step() < self.fit.steps() {
            if (control.stop)() {
                self.save()?;
                return Ok(Trained::Stopped { step: self.fit.step() });
            }
            let report = self.fit.advance()?;
            (control.tell)(self.event(report, speed.after(report)));
            if !report.loss.is_finite() || !report.gradient_norm.is_finite() {
                return Err(RunError::Diverged { step: self.fit.step() });
            }
            self.evaluate(control)?;
            if self.is_due(Some(self.run.spec.training.checkpoint_every)) {
                self.save()?;
            }
        }
        self.save()?;
        self.finish()
    }

    fn event(&self, report: StepReport, (tokens_per_s, examples_per_s): (f64, f64)) -> Event {
        Event::Step {
            step: self.fit.step(),
            steps: self.fit.steps(),
            epoch: self.fit.epoch(),
            loss: report.loss,
            learning_rate: report.learning_rate,
            gradient_norm: report.gradient_norm,
            tokens_per_s,
            examples_per_s,
        }
    }

    /// Evaluates where it is due, and keeps the weights where none were better.
    fn evaluate(&mut self, control: &mut Control) -> Result<(), RunError> {
        let every = self.run.spec.training.evaluate_every;
        let last = every.is_some() && self.fit.step() == self.fit.steps();
        if self.validation.is_empty() || !(last || self.is_due(every)) {
            return Ok(());
        }
        let (step, loss) = (self.fit.step(), self.fit.evaluate(&self.validation)?);
        let best = self.notes.best.is_none_or(|(lowest, _)| loss < lowest);
        if best {
            let model = &self.fit.model;
            hugging_face::save(&self.best_folder(step), &model.config, model.weights_ref())?;
            self.notes.best = Some((loss, step));
        }
        (control.tell)(Event::Evaluated { step, loss, best });
        Ok(())
    }

    fn is_due(&self, every: Option<usize>) -> bool {
        every.is_some_and(|every| self.fit.step().is_multiple_of(every))
    }

    fn save(&mut self) -> Result<(), RunError> {
        let step = self.fit.step();
        if self.saved == Some(step) {
            return Ok(());
        }
        let notes = serde_json::to_value(self.notes).expect("numbers always serialise");
        let (weights, optimizer) = (self.fit.model.weights_ref().clone(), self.fit.optimizer.state()?);
        saves::save(self.run.saves, &self.fit.model.layout, Save { step, weights, optimizer, notes })?;
        self.saved = Some(step);
        self.forget_worse()
    }

    /// Removes best weights that neither this save nor the one before it names.
    fn forget_worse(&mut self) -> Result<(), RunError> {
        let best = self.notes.best.map(|(_, step)| step);
        let named: Vec<_> = [best, self.kept_best].into_iter().flatten().map(|step| self.best_folder(step)).collect();
        self.kept_best = best;
        for entry in fs_err::read_dir(self.run.saves).map_err(|cause| self.failed(cause))? {
            let path = entry.map_err(|cause| self.failed(cause))?.path();
            let is_best = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(BEST));
            if is_best && !named.contains(&path) {
                fs_err::remove_dir_all(&path).map_err(|cause| self.failed(cause))?;
            }
        }
        Ok(())
    }

    fn best_folder(&self, step: usize) -> PathBuf {
        self.run.saves.join(format!("{BEST}{step:08}"))
    }

    fn failed(&self, cause: std::io::Error) -> RunError {
        RunError::File { cause, path: self.run.saves.into() }
    }

    fn finish(self) -> Result<Trained, RunError> {
        let step = self.fit.step();
        let earlier = self.notes.best.filter(|(_, best)| *best != step);
        let model = match earlier {
            None => self.fit.model,
            Some((_, best)) => {
                let (config, weights) = hugging_face::load(&self.best_folder(best), self.run.device)?;
                T5::new(config, weights, super::operands(&self.run.spec.training))?
            }
        };
        Ok(Trained::Finished { model: Box::new(model), step })
    }
}

fn lesson(run: Run, pair: &Pair) -> Lesson {
    let limits = &run.spec.prompt;
    let target = |text: &String| run.tokenizer.encode_truncated(text, limits.max_target_tokens);
    Lesson {
        source: run.tokenizer.encode_truncated(&pair.source, limits.max_source_tokens),
        targets: pair.targets.iter().map(target).collect(),
    }
}

/// A held-out pair with its first reference, so that every evaluation measures the same.
fn example(run: Run, pair: &Pair) -> Example {
    let Lesson { source, mut targets } = lesson(run, pair);
    Example { source, target: targets.swap_remove(0), key: 0 }
}

/// Throughput since training began or went on.
struct Speed {
    start: Instant,
    tokens: usize,
    examples: usize,
}

impl Speed {
    fn new() -> Self {
        Self { start: Instant::now(), tokens: 0, examples: 0 }
    }

    /// Tokens and examples per second, this step included.
    fn after(&mut self, report: StepReport) -> (f64, f64) {
        self.tokens += report.tokens;
        self.examples += report.examples;
        let seconds = self.start.elapsed().as_secs_f64();
        (self.tokens as f64 / seconds, self.examples as f64 / seconds)
    }
}
