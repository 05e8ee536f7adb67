//! Fine-tuning: one optimizer step after another.

use crate::batch::{Batch, Example, cut};
use crate::meter::{Operation, measured};
use crate::ops::cross_entropy::total;
use crate::optimizer::{self, Optimizer, Update};
use crate::order::{Order, Visit};
use crate::schedule::Schedule;
use crate::t5::{Gradients, Learning, T5};
use candle_core::{Result, Tensor};
use placebo_experiment::plan::Recipe;

/// A tokenised training pair.
#[derive(Clone, Debug)]
pub struct Lesson {
    pub source: Vec<u32>,
    /// The references; each visit learns one of them.
    pub targets: Vec<Vec<u32>>,
}

/// A model in training.
pub struct Fit<'a> {
    pub model: T5,
    pub optimizer: Box<dyn Optimizer>,
    lessons: &'a [Lesson],
    recipe: &'a Recipe,
    schedule: Schedule,
    order: Order,
    gradients: Gradients,
    learning: Learning,
    step: usize,
    steps: usize,
}

/// What one step did.
#[derive(Clone, Copy, Debug)]
pub struct StepReport {
    /// Mean cross-entropy per target token.
    pub loss: f64,
    pub learning_rate: f64,
    /// Before clipping.
    pub gradient_norm: f64,
    /// Real tokens, sources and targets.
    pub tokens: usize,
    pub examples: usize,
}

impl<'a> Fit<'a> {
    /// Stands before the first step.
    ///
    /// # Errors
    /// When the device is out of memory.
    ///
    /// # Panics
    /// When there are no lessons.
    pub fn new(model: T5, lessons: &'a [Lesson], recipe: &'a Recipe, seed: u64) -> Result<Self> {
        let order = Order::new(lessons.len(), recipe.batch_size, seed);
        let steps = order.steps(recipe.epochs, recipe.max_steps);
        let learning = Learning {
            dropout: recipe.dropout.unwrap_or(model.config.dropout_rate),
            smoothing: recipe.label_smoothing as f32,
            checkpointing: recipe.gradient_checkpointing,
        };
        Ok(Self {
            optimizer: optimizer::of_recipe(recipe, &model.layout, model.device())?,
            schedule: Schedule {
                kind: recipe.schedule,
                learning_rate: recipe.learning_rate,
                warmup_steps: recipe.warmup_steps,
                total_steps: steps,
            },
            gradients: Gradients::zeros(&model.layout, model.device())?,
            model,
            lessons,
            recipe,
            order,
            learning,
            step: 0,
            steps,
        })
    }

    /// Steps done.
    pub fn step(&self) -> usize {
        self.step
    }

    /// Steps there will be.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// Passes over the lessons so far.
    pub fn epoch(&self) -> f64 {
        self.order.epochs(self.step)
    }

    /// Goes on after so many steps, whose weights and moments the caller has restored.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn resume(&mut self, step: usize) -> Result<()> {
        self.step = step;
        self.model.refresh()
    }

    /// Learns from the next batch of the order.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn advance(&mut self) -> Result<StepReport> {
        let examples: Vec<_> = self.order.batch(self.step).iter().map(|visit| self.example(visit)).collect();
        self.learn(&examples)
    }

    /// Learns from a batch of the caller's.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn learn(&mut self, examples: &[Example]) -> Result<StepReport> {
        let targets: usize = examples.iter().map(|e| e.target.len()).sum();
        measured(Operation::Optimizer, 0, || self.gradients.clear())?;
        let (mut losses, mut tokens) = (Vec::new(), 0);
        for batch in micro_batches(examples, self.recipe.micro_batch_tokens) {
            losses.push(self.model.accumulate(&batch, self.learning, 1.0 / targets as f32, &self.gradients)?);
            tokens += batch.tokens();
        }
        let learning_rate = self.schedule.rate(self.step);
        let gradient_norm = measured(Operation::Optimizer, 0, || self.update(learning_rate))?;
        self.step += 1;
        // Until here the device was only given work; reading waits for it.
        let loss = total(&Tensor::cat(&losses, 0)?.to_vec1::<f32>()?) / targets as f64;
        let gradient_norm = optimizer::number(&gradient_norm)?;
        Ok(StepReport { loss, learning_rate, gradient_norm, tokens, examples: examples.len() })
    }

    /// Changes the weights; gives the norm of the gradients before clipping.
    fn update(&mut self, learning_rate: f64) -> Result<Tensor> {
        let gradient_norm = optimizer::global_norm(&self.gradients)?;
        let gradient_factor = optimizer::clip_factor(&gradient_norm, self.recipe.clip_norm)?;
        self.optimizer.step(self.model.weights(), &self.gradients, &Update { learning_rate, gradient_factor })?;
        self.model.refresh()?;
        Ok(gradient_norm)
    }

    /// Mean cross-entropy per target token of held-out examples, without dropout.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn evaluate(&self, examples: &[Example]) -> Result<f64> {
        let (mut sum, mut count) = (0.0, 0);
        for batch in micro_batches(examples, self.recipe.micro_batch_tokens) {
            let losses = self.model.losses(&batch)?;
            sum += total(&losses);
            count += losses.len();
        }
        Ok(sum / count as f64)
    }

    fn example(&self, visit: &Visit) -> Example {
        let lesson = &self.lessons[visit.example];
        let target = &lesson.targets[visit.draw(lesson.targets.len())];
        Example { source: lesson.source.clone(), target: target.clone(), key: visit.key }
    }
}

/// Examples in order, in batches that keep to a budget of tokens.
fn micro_batches(examples: &[Example], budget: usize) -> impl Iterator<Item = Batch> {
    let lengths: Vec<_> = examples.iter().map(|e| e.source.len() + e.target.len()).collect();
    cut(&lengths, budget).into_iter().map(|range| Batch::new(&examples[range]))
}
