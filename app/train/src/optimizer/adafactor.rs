//! Adafactor (Shazeer & Stern 2018), step for step as `transformers.Adafactor` computes it.

use super::moments::{Factors, Moments};
use super::state::{State, StateError, put_steps, take_steps};
use super::{Optimizer, Update};
use crate::t5::{Gradients, Layout, Weights};
use candle_core::{DType, Device, Result, Tensor};
use placebo_experiment::plan::Precision;

/// What stays the same from step to step; the defaults are transformers' advice for T5: a learning rate from outside,
/// `scale_parameter` and `relative_step` off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdafactorSettings {
    /// Added to squared gradients, and the smallest size of a parameter that `scale_parameter` believes.
    pub epsilons: [f64; 2],
    /// Root mean square above which an update is scaled down.
    pub clip_threshold: f64,
    /// Exponent of the second moment's decay, `1 - step^decay_rate`.
    pub decay_rate: f64,
    /// Decay rate of the first moment; `None` keeps none.
    pub beta1: Option<f64>,
    /// Share of a weight that a step takes away, times the learning rate.
    pub weight_decay: f64,
    /// Multiplies the learning rate by the parameter's root mean square.
    pub scale_parameter: bool,
    /// Makes the learning rate from the number of steps, and ignores the one from outside.
    pub relative_step: bool,
    /// Lets relative steps begin small.
    pub warmup_init: bool,
    /// What weights are rounded to after a step; the moments are always f32.
    pub weights: Precision,
}

impl Default for AdafactorSettings {
    fn default() -> Self {
        Self {
            epsilons: [1e-30, 1e-3],
            clip_threshold: 1.0,
            decay_rate: -0.8,
            beta1: None,
            weight_decay: 0.0,
            scale_parameter: false,
            relative_step: false,
            warmup_init: false,
            weights: Precision::F32,
        }
    }
}

/// Adafactor and its moments: of a matrix only the means of rows and columns.
pub struct Adafactor {
    settings: AdafactorSettings,
    steps: u32,
    names: Vec<String>,
    moments: Vec<Moments>,
}

impl Adafactor {
    /// Moments of zero for every parameter of a layout.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn new(settings: AdafactorSettings, layout: &Layout, device: &Device) -> Result<Self> {
        let names = layout.parameters.iter().map(|p| p.name.clone()).collect();
        let moments = layout.parameters.iter().map(|p| Moments::zeros(&p.shape, settings.beta1.is_some(), device));
        Ok(Self { settings, steps: 0, names, moments: moments.collect::<Result<_>>()? })
    }

    fn factors(&self, weight: &Tensor, learning_rate: f64) -> Result<Factors> {
        let settings = &self.settings;
        let learning_rate = self.learning_rate(learning_rate) * self.parameter_scale(weight)?;
        Ok(Factors {
            epsilon: settings.epsilons[0],
            decay: 1.0 - f64::from(self.steps).powf(settings.decay_rate),
            clip_threshold: settings.clip_threshold,
            learning_rate,
            keep: 1.0 - settings.weight_decay * learning_rate,
            beta1: settings.beta1.unwrap_or(0.0),
            precision: settings.weights,
        })
    }

    fn learning_rate(&self, from_outside: f64) -> f64 {
        let steps = f64::from(self.steps);
        let largest = if self.settings.warmup_init { 1e-6 * steps } else { 1e-2 };
        if self.settings.relative_step { largest.min(1.0 / steps.sqrt()) } else { from_outside }
    }

    fn parameter_scale(&self, weight: &Tensor) -> Result<f64> {
        if !self.settings.scale_parameter {
            return Ok(1.0);
        }
        let mean_square = weight.to_dtype(DType::F32)?.sqr()?.mean_all()?.to_scalar::<f32>()?;
        Ok(f64::from(mean_square).sqrt().max(self.settings.epsilons[1]))
    }
}

impl Optimizer for Adafactor {
    fn step(&mut self, weights: &mut Weights, gradients: &Gradients, update: &Update) -> Result<()> {
        self.steps += 1;
        for (i, (weight, gradient)) in weights.tensors.iter().zip(&gradients.tensors).enumerate() {
            let factors = self.factors(weight, update.learning_rate)?;
            self.moments[i].update(weight, (gradient, &update.gradient_factor), factors)?;
        }
        Ok(())
    }

    fn state(&self) -> Result<State> {
        let mut state = State::new();
        put_steps(&mut state, self.steps)?;
        for (name, moments) in self.names.iter().zip(&self.moments) {
            let tensors = moments.named().into_iter();
            state.extend(tensors.map(|(kind, tensor)| (format!("{kind}.{name}"), tensor.clone())));
        }
        Ok(state)
    }

    fn restore(&mut self, mut state: State) -> std::result::Result<(), StateError> {
        let steps = take_steps(&mut state)?;
        let moments = self.names.iter().zip(&self.moments).map(|(name, moments)| moments.restored(&mut state, name));
        self.moments = moments.collect::<std::result::Result<_, _>>()?;
        self.steps = steps;
        Ok(())
    }
}
