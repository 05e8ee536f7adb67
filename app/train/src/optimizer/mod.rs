//! Optimizers with the semantics of torch and transformers, whose state can be saved and restored bit for bit.
//!
//! On the CPU an update is one pass over weights, gradients and moments, and so is AdamW's on NVIDIA GPUs; elsewhere the
//! same formulas run as plain tensor operations, which are also the fused passes' test. No update waits for its device.

mod adafactor;
mod adamw;
mod clip;
mod matrix;
mod moments;
mod precision;
mod state;

pub use adafactor::{Adafactor, AdafactorSettings};
pub(crate) use adamw::Factors;
pub use adamw::{AdamW, AdamWSettings};
pub use clip::{clip_factor, global_norm, number};
pub use precision::round_to_bf16;
pub use state::{State, StateError};

use crate::t5::{Gradients, Layout, Weights};
use candle_core::{DType, Device, Result, Tensor};
use placebo_experiment::plan::{OptimizerKind, Precision, Recipe};

/// Numbers updated by one thread at a time: weights, gradients and two moments of so many fit its second-level cache.
const CHUNK: usize = 1 << 14;

/// What changes from step to step.
#[derive(Clone, Debug)]
pub struct Update {
    /// Learning rate of this step.
    pub learning_rate: f64,
    /// Multiplies every gradient on its way in, which saves clipping a pass of its own; `[1]` in f32, where the gradients
    /// are.
    pub gradient_factor: Tensor,
}

/// Turns gradients into better weights.
pub trait Optimizer: Send {
    /// Changes the weights in place by one update.
    ///
    /// # Errors
    /// When the device fails, or gradients and weights are not of the layout that the optimizer was made for.
    fn step(&mut self, weights: &mut Weights, gradients: &Gradients, update: &Update) -> Result<()>;

    /// All that the next update depends on besides its arguments, under names that stay the same.
    ///
    /// The tensors may share the optimizer's memory: save or copy them before the next step.
    ///
    /// # Errors
    /// When the device fails.
    fn state(&self) -> Result<State>;

    /// Goes on from a saved state as if the program had never ended.
    ///
    /// # Errors
    /// When a part is missing, or of another shape or type.
    fn restore(&mut self, state: State) -> std::result::Result<(), StateError>;
}

/// The optimizer of a recipe, at its beginning; Adafactor as the one with a learning rate from outside, which neither
/// scales by the parameters nor takes relative steps.
///
/// # Errors
/// When the device is out of memory.
pub fn of_recipe(recipe: &Recipe, layout: &Layout, device: &Device) -> Result<Box<dyn Optimizer>> {
    let (weight_decay, weights) = (recipe.weight_decay, recipe.weights);
    Ok(match recipe.optimizer {
        OptimizerKind::AdamW => {
            let settings = AdamWSettings { betas: recipe.betas, epsilon: recipe.epsilon, weight_decay, weights };
            Box::new(AdamW::new(settings, layout, device)?)
        }
        OptimizerKind::Adafactor => {
            let settings = AdafactorSettings { weight_decay, weights, ..AdafactorSettings::default() };
            Box::new(Adafactor::new(settings, layout, device)?)
        }
    })
}

/// Whether the fused passes serve this weight.
fn fused(weight: &Tensor) -> bool {
    crate::ops::fused(weight) && weight.dtype() == DType::F32
}

/// Writes new numbers over a weight, in its own type and rounded as the settings say.
fn overwrite(weight: &Tensor, new: &Tensor, precision: Precision) -> Result<()> {
    let new = match precision {
        Precision::F32 => new.clone(),
        Precision::Bf16 => new.to_dtype(DType::BF16)?,
    };
    weight.slice_set(&new.to_dtype(weight.dtype())?.contiguous()?, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};

    /// Five parameters of a tiny model's kinds: a matrix larger than one chunk, a vector, a row, a column, a number.
    const SHAPES: [&[usize]; 5] = [&[130, 140], &[33], &[1, 40], &[17, 1], &[1]];

    fn weights() -> Weights {
        Weights { tensors: SHAPES.iter().zip(1..).map(|(shape, seed)| numbers(*shape, seed).unwrap()).collect() }
    }

    fn gradients(step: u64) -> Gradients {
        let gradient = |(shape, seed): (&&[usize], u64)| numbers(*shape, 100 * (step + 1) + seed).unwrap();
        Gradients { tensors: SHAPES.iter().zip(1..).map(gradient).collect() }
    }

    fn layout() -> Layout {
        let mut layout = Layout::new(&crate::t5::Config::default());
        let specs = SHAPES.iter().zip('a'..).map(|(shape, name)| crate::t5::ParameterSpec {
            name: name.to_string(),
            shape: shape.to_vec(),
            initial: crate::t5::Initial::Constant(0.0),
        });
        layout.parameters = specs.collect();
        layout
    }

    fn optimizers() -> Vec<Box<dyn Optimizer>> {
        let (layout, cpu) = (layout(), Device::Cpu);
        let adamw = AdamWSettings { weight_decay: 0.1, ..AdamWSettings::default() };
        let rounded = AdamWSettings { weights: Precision::Bf16, ..adamw };
        let momentum = AdafactorSettings { beta1: Some(0.9), weight_decay: 0.1, ..AdafactorSettings::default() };
        let relative = AdafactorSettings {
            scale_parameter: true,
            relative_step: true,
            warmup_init: true,
            weights: Precision::Bf16,
            ..AdafactorSettings::default()
        };
        vec![
            Box::new(AdamW::new(adamw, &layout, &cpu).unwrap()),
            Box::new(AdamW::new(rounded, &layout, &cpu).unwrap()),
            Box::new(Adafactor::new(AdafactorSettings::default(), &layout, &cpu).unwrap()),
            Box::new(Adafactor::new(momentum, &layout, &cpu).unwrap()),
            Box::new(Adafactor::new(relative, &layout, &cpu).unwrap()),
        ]
    }

    fn run(optimizer: &mut dyn Optimizer, weights: &mut Weights, steps: std::ops::Range<u64>) {
        for step in steps {
            let update = Update { learning_rate: 1e-2, gradient_factor: Tensor::new(&[0.5f32], &Device::Cpu).unwrap() };
            optimizer.step(weights, &gradients(step), &update).unwrap();
        }
    }

    fn bits(weights: &Weights) -> Vec<Vec<u32>> {
        let bits = |t: &Tensor| t.flatten_all()?.to_vec1::<f32>().map(|v| v.into_iter().map(f32::to_bits).collect());
        weights.tensors.iter().map(|t| bits(t).unwrap()).collect()
    }

    #[test]
    fn restoring_goes_on_bit_for_bit() {
        for (mut straight, mut resumed) in optimizers().into_iter().zip(optimizers()) {
            let (mut one, mut other) = (weights(), weights());
            run(&mut *straight, &mut one, 0..6);
            run(&mut *resumed, &mut other, 0..3);
            let state = copied(resumed.state().unwrap());
            run(&mut *resumed, &mut weights(), 7..9);
            resumed.restore(state).unwrap();
            run(&mut *resumed, &mut other, 3..6);
            assert_eq!(bits(&one), bits(&other));
        }
    }

    fn copied(state: State) -> State {
        state.into_iter().map(|(name, tensor)| (name, tensor.copy().unwrap())).collect()
    }

    #[test]
    fn threads_do_not_change_a_bit() {
        let with_threads = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let updated = optimizers().into_iter().map(|mut optimizer| {
                    let mut weights = weights();
                    run(&mut *optimizer, &mut weights, 0..3);
                    bits(&weights)
                });
                updated.collect::<Vec<_>>()
            })
        };
        assert_eq!(with_threads(1), with_threads(3));
    }

    #[test]
    fn a_state_of_another_model_is_refused() {
        for mut optimizer in optimizers() {
            let mut state = optimizer.state().unwrap();
            let name = state.keys().find(|name| name.ends_with(".a")).unwrap().clone();
            state.insert(name.clone(), numbers(3, 1).unwrap());
            assert!(optimizer.restore(state.clone()).unwrap_err().to_string().contains(&name));
            state.remove(&name);
            assert!(optimizer.restore(state).unwrap_err().to_string().contains(&name));
        }
    }

    #[test]
    fn bf16_storage_is_f32_storage_rounded() {
        let settings = AdamWSettings { weights: Precision::Bf16, ..AdamWSettings::default() };
        let mut one = weights();
        round_to_bf16(&mut one).unwrap();
        let stored = one.tensors.iter().map(|t| t.to_dtype(DType::BF16).unwrap()).collect();
        let mut other = Weights { tensors: stored };
        run(&mut AdamW::new(settings, &layout(), &Device::Cpu).unwrap(), &mut one, 0..4);
        run(&mut AdamW::new(settings, &layout(), &Device::Cpu).unwrap(), &mut other, 0..4);
        for (one, other) in one.tensors.iter().zip(&other.tensors) {
            // One rounding apart where the fused pass and the composite fall on two sides of a halfway point.
            let apart = (one - other.to_dtype(DType::F32).unwrap()).unwrap().abs().unwrap();
            assert!(apart.flatten_all().unwrap().max(0).unwrap().to_scalar::<f32>().unwrap() < 1e-2);
            assert_close(one, &one.to_dtype(DType::BF16).unwrap().to_dtype(DType::F32).unwrap());
        }
    }
}
