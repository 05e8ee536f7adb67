//! The weights of a model that was never trained, drawn from a seed.

use crate::t5::{Initial, Layout, ParameterSpec, Weights};
use candle_core::{Device, Result, Tensor};
use placebo_plugin_api::{Rng, seed_of};
use rayon::prelude::*;

/// Draws the weights of a layout; the same seed gives the same numbers, bit for bit, on every machine.
///
/// Each parameter has a generator of its own, seeded by `seed_of(["initial weights", seed, name])`, so that its numbers
/// depend neither on the order of the parameters nor on the others' shapes.
///
/// # Errors
/// When the device is out of memory.
pub fn weights(layout: &Layout, seed: u64, device: &Device) -> Result<Weights> {
    let drawn =
        layout.parameters.par_iter().map(|spec| Tensor::from_vec(numbers(spec, seed), spec.shape.as_slice(), device));
    Ok(Weights { tensors: drawn.collect::<Result<_>>()? })
}

fn numbers(spec: &ParameterSpec, seed: u64) -> Vec<f32> {
    let count = spec.shape.iter().product();
    match spec.initial {
        Initial::Constant(value) => vec![value as f32; count],
        Initial::Normal(deviation) => {
            let mut normal = Normal::new(seed_of(&["initial weights", &seed.to_string(), &spec.name]));
            (0..count).map(|_| (normal.next() * deviation) as f32).collect()
        }
    }
}

/// Standard normal numbers by Marsaglia's polar method, in pairs, from uniform ones.
///
/// Only operations that IEEE 754 defines to the last bit are used, so no mathematics library can change the numbers.
struct Normal {
    rng: Rng,
    spare: Option<f64>,
}

impl Normal {
    fn new(seed: u64) -> Self {
        Self { rng: Rng::from_seed(seed), spare: None }
    }

    fn next(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.rng.unit() - 1.0, 2.0 * self.rng.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let stretch = (-2.0 * logarithm(square) / square).sqrt();
                self.spare = Some(y * stretch);
                return x * stretch;
            }
        }
    }
}

/// ln x of a normal positive number: x = 2ᵉ·m with m near 1, ln m = 2·artanh((m − 1) / (m + 1)) as a series.
fn logarithm(x: f64) -> f64 {
    const FRACTION: u64 = (1 << 52) - 1;
    let bits = x.to_bits();
    let mut exponent = (bits >> 52) as i64 - 1023;
    let mut m = f64::from_bits((bits & FRACTION) | (1023 << 52));
    if m > std::f64::consts::SQRT_2 {
        (m, exponent) = (m / 2.0, exponent + 1);
    }
    let s = (m - 1.0) / (m + 1.0);
    // |s| < 0.172, so the 13th term is below 1e-20.
    let series = (0..13).rev().fold(0.0, |sum, k| sum * s * s + 1.0 / f64::from(2 * k + 1));
    exponent as f64 * std::f64::consts::LN_2 + 2.0 * s * series
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::t5::Config;

    fn spec(name: &str, shape: &[usize], deviation: f64) -> ParameterSpec {
        ParameterSpec { name: name.into(), shape: shape.to_vec(), initial: Initial::Normal(deviation) }
    }

    #[test]
    fn logarithms_are_the_librarys() {
        for i in 1..5000 {
            let x = f64::from(i) / 5000.0;
            for x in [x, x * 1e-9, x * 7.3] {
                assert!((logarithm(x) - x.ln()).abs() <= 4.0 * f64::EPSILON * x.ln().abs().max(1.0), "ln {x}");
            }
        }
    }

    #[test]
    fn numbers_are_normal() {
        let numbers = numbers(&spec("a", &[400, 500], 3.0), 1);
        let count = numbers.len() as f64;
        let moment = |power| numbers.iter().map(|x| (f64::from(*x) / 3.0).powi(power)).sum::<f64>() / count;
        let (mean, variance, skew, kurtosis) = (moment(1), moment(2), moment(3), moment(4));
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.01, "mean {mean}, variance {variance}");
        assert!(skew.abs() < 0.03 && (kurtosis - 3.0).abs() < 0.06, "skew {skew}, kurtosis {kurtosis}");
    }

    /// From a Python transcription of the documentation above.
    #[test]
    fn numbers_are_frozen() {
        let first = numbers(&spec("shared.weight", &[3], 1.0), 1);
        assert_eq!(
            first.iter().map(|x| x.to_bits()).collect::<Vec<_>>(),
            [1_071_388_893, 1_041_262_315, 3_193_138_918]
        );
    }

    #[test]
    fn a_parameter_depends_on_its_name_and_the_seed_alone() {
        let long = numbers(&spec("a", &[10], 1.0), 1);
        assert_eq!(long[..4], numbers(&spec("a", &[4], 1.0), 1));
        assert_ne!(long, numbers(&spec("b", &[10], 1.0), 1));
        assert_ne!(long, numbers(&spec("a", &[10], 1.0), 2));
    }

    #[test]
    fn a_models_weights_have_its_shapes() {
        let config =
            Config { vocab_size: 50, d_model: 8, num_layers: 2, tie_word_embeddings: false, ..Config::default() };
        let layout = Layout::new(&config);
        let weights = weights(&layout, 3, &Device::Cpu).unwrap();
        for (spec, tensor) in layout.parameters.iter().zip(&weights.tensors) {
            assert_eq!(tensor.dims(), spec.shape, "{}", spec.name);
        }
    }
}
