//! Adam with decoupled weight decay (Loshchilov & Hutter 2019), step for step as `torch.optim.AdamW` computes it.

use super::state::{State, StateError, put_steps, take, take_steps};
use super::{CHUNK, Optimizer, Update};
use crate::ops::cuda;
use crate::ops::floats::{Floats, edit, nearest_bf16};
use crate::ops::serving::{Server, server};
use crate::t5::{Gradients, Layout, Weights};
use candle_core::{DType, Device, Result, Tensor};
use multiversion::multiversion;
use placebo_experiment::plan::Precision;
use rayon::prelude::*;

/// What stays the same from step to step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamWSettings {
    /// Decay rates of the first and the second moment.
    pub betas: [f64; 2],
    /// Added to the root of the second moment.
    pub epsilon: f64,
    /// Share of a weight that a step takes away, times the learning rate.
    pub weight_decay: f64,
    /// What weights are rounded to after a step; the moments are always f32.
    pub weights: Precision,
}

impl Default for AdamWSettings {
    fn default() -> Self {
        Self { betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0.0, weights: Precision::F32 }
    }
}

/// AdamW and its two moments of every weight.
pub struct AdamW {
    settings: AdamWSettings,
    steps: u32,
    names: Vec<String>,
    first: Vec<Tensor>,
    second: Vec<Tensor>,
}

/// A gradient and what multiplies it, `[1]`.
#[derive(Clone, Copy)]
struct Scaled<'a> {
    tensor: &'a Tensor,
    factor: &'a Tensor,
}

/// The numbers of one step in the precision that torch uses them in.
#[derive(Clone, Copy)]
pub(crate) struct Factors {
    pub keep: f32,
    pub betas: [f32; 2],
    pub complements: [f32; 2],
    pub step_size: f32,
    pub root_correction: f32,
    pub epsilon: f32,
    pub round: bool,
}

impl AdamW {
    /// Moments of zero for every parameter of a layout.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn new(settings: AdamWSettings, layout: &Layout, device: &Device) -> Result<Self> {
        let zeros = || Gradients::zeros(layout, device).map(|zeros| zeros.tensors);
        let names = layout.parameters.iter().map(|p| p.name.clone()).collect();
        Ok(Self { settings, steps: 0, names, first: zeros()?, second: zeros()? })
    }

    fn factors(&self, learning_rate: f64) -> Factors {
        let [beta1, beta2] = self.settings.betas;
        let steps = f64::from(self.steps);
        let corrections = (1.0 - beta1.powf(steps), 1.0 - beta2.powf(steps));
        Factors {
            keep: (1.0 - learning_rate * self.settings.weight_decay) as f32,
            betas: [beta1 as f32, beta2 as f32],
            complements: [(1.0 - beta1) as f32, (1.0 - beta2) as f32],
            step_size: (learning_rate / corrections.0) as f32,
            root_correction: corrections.1.sqrt() as f32,
            epsilon: self.settings.epsilon as f32,
            round: self.settings.weights == Precision::Bf16,
        }
    }

    /// One pass over weight, gradient and both moments.
    fn update_fused(&self, i: usize, weight: &Tensor, gradient: Scaled, factors: Factors) -> Result<()> {
        let (gradient, scale) = (Floats::of(gradient.tensor)?, Floats::of(gradient.factor)?[0]);
        edit(weight, |weight| {
            edit(&self.first[i], |first| {
                edit(&self.second[i], |second| {
                    let moments = first.par_chunks_mut(CHUNK).zip_eq(second.par_chunks_mut(CHUNK));
                    let chunks = weight.par_chunks_mut(CHUNK).zip_eq(gradient.par_chunks(CHUNK)).zip_eq(moments);
                    chunks.for_each(|((w, g), (m, v))| update_chunk(w, (g, scale), [m, v], factors));
                    Ok(())
                })
            })
        })
    }

    /// The same with tensor operations, for all devices and storages.
    fn update_composite(&mut self, i: usize, weight: &Tensor, gradient: Scaled, factors: Factors) -> Result<()> {
        let double = |x: f32| f64::from(x);
        let gradient = gradient.tensor.broadcast_mul(&gradient.factor.reshape(vec![1; gradient.tensor.rank()])?)?;
        let [beta1, beta2] = factors.betas.map(double);
        let [part1, part2] = factors.complements.map(double);
        self.first[i] = ((&self.first[i] * beta1)? + (&gradient * part1)?)?;
        self.second[i] = ((&self.second[i] * beta2)? + (gradient.sqr()? * part2)?)?;
        let root = self.second[i].sqrt()?.affine(1.0 / double(factors.root_correction), double(factors.epsilon))?;
        let change = ((&self.first[i] / root)? * double(factors.step_size))?;
        let kept = (weight.to_dtype(DType::F32)? * double(factors.keep))?;
        super::overwrite(weight, &(kept - change)?, self.settings.weights)
    }

    fn named(&self) -> impl Iterator<Item = (String, &Tensor)> {
        let name = |kind: &'static str| move |name: &String| format!("{kind}.{name}");
        let first = self.names.iter().map(name("first_moment")).zip(&self.first);
        first.chain(self.names.iter().map(name("second_moment")).zip(&self.second))
    }
}

/// Lines of `torch.optim.adamw._single_tensor_adamw`, one number at a time.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn update_chunk(weights: &mut [f32], (gradients, scale): (&[f32], f32), moments: [&mut [f32]; 2], f: Factors) {
    let [first, second] = moments;
    for (((w, g), m), v) in weights.iter_mut().zip(gradients).zip(first).zip(second) {
        let g = g * scale;
        *m = *m * f.betas[0] + g * f.complements[0];
        *v = *v * f.betas[1] + g * g * f.complements[1];
        let new = *w * f.keep - f.step_size * (*m / (v.sqrt() / f.root_correction + f.epsilon));
        *w = if f.round { nearest_bf16(new) } else { new };
    }
}

impl Optimizer for AdamW {
    fn step(&mut self, weights: &mut Weights, gradients: &Gradients, update: &Update) -> Result<()> {
        self.steps += 1;
        let factors = self.factors(update.learning_rate);
        for (i, (weight, gradient)) in weights.tensors.iter().zip(&gradients.tensors).enumerate() {
            let scaled = Scaled { tensor: gradient, factor: &update.gradient_factor };
            match server(weight) {
                Server::Cpu if super::fused(weight) => self.update_fused(i, weight, scaled, factors)?,
                Server::Cuda if weight.dtype() == DType::F32 => {
                    let moments = [&self.first[i], &self.second[i]];
                    cuda::optimizer::adamw(weight, moments, (gradient, scaled.factor), &factors)?;
                }
                _ => self.update_composite(i, weight, scaled, factors)?,
            }
        }
        Ok(())
    }

    fn state(&self) -> Result<State> {
        let mut state = State::new();
        put_steps(&mut state, self.steps)?;
        state.extend(self.named().map(|(name, tensor)| (name, tensor.clone())));
        Ok(state)
    }

    fn restore(&mut self, mut state: State) -> std::result::Result<(), StateError> {
        let steps = take_steps(&mut state)?;
        let moments = self.named().map(|(name, replaced)| take(&mut state, &name, replaced));
        let mut first = moments.collect::<std::result::Result<Vec<_>, _>>()?;
        self.second = first.split_off(self.names.len());
        (self.first, self.steps) = (first, steps);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};

    fn optimizer(shape: (usize, usize)) -> AdamW {
        let settings = AdamWSettings { weight_decay: 0.1, epsilon: 1e-3, ..AdamWSettings::default() };
        let zeros = || vec![Tensor::zeros(shape, DType::F32, &Device::Cpu).unwrap()];
        AdamW { settings, steps: 0, names: vec!["a".into()], first: zeros(), second: zeros() }
    }

    #[test]
    fn fused_is_composite() -> Result<()> {
        let shape = (150, 231);
        let (mut fused, mut composite) = (optimizer(shape), optimizer(shape));
        let (one, other) = (numbers(shape, 1)?, numbers(shape, 1)?);
        for step in 1..5 {
            let gradient = numbers(shape, 10 + u64::from(step))?;
            (fused.steps, composite.steps) = (step, step);
            let factors = fused.factors(0.01);
            let gradient = Scaled { tensor: &gradient, factor: &Tensor::new(&[0.3f32], &Device::Cpu)? };
            fused.update_fused(0, &one, gradient, factors)?;
            composite.update_composite(0, &other, gradient, factors)?;
            assert_close(&one, &other);
            assert_close(&fused.second[0], &composite.second[0]);
        }
        Ok(())
    }

    #[test]
    fn first_step_moves_by_the_learning_rate() -> Result<()> {
        // After bias correction the first change is the gradient's sign times the learning rate.
        let mut optimizer = AdamW { settings: AdamWSettings::default(), ..optimizer((1, 2)) };
        let mut weights = Weights { tensors: vec![Tensor::new(&[[1f32, 1.0]], &Device::Cpu)?] };
        let gradients = Gradients { tensors: vec![Tensor::new(&[[0.3f32, -7.0]], &Device::Cpu)?] };
        let gradient_factor = Tensor::new(&[1f32], &Device::Cpu)?;
        optimizer.step(&mut weights, &gradients, &Update { learning_rate: 0.01, gradient_factor })?;
        assert_close(&weights.tensors[0], &Tensor::new(&[[0.99f32, 1.01]], &Device::Cpu)?);
        Ok(())
    }
}
