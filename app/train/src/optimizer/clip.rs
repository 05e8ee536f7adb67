//! The gradients' global norm and the factor that clips it.

use crate::ops::floats::Floats;
use crate::t5::Gradients;
use candle_core::{Result, Tensor};
use rayon::prelude::*;

const LANES: usize = 8;

/// Euclidean norm of all gradients together, summed in f64 in an order that no number of threads changes.
///
/// Not finite where a gradient is not.
///
/// # Errors
/// When the device fails.
pub fn global_norm(gradients: &Gradients) -> Result<f64> {
    let sums: Vec<f64> = match gradients.tensors.first() {
        Some(first) if super::fused(first) => gradients.tensors.iter().map(sum_of_squares).collect::<Result<_>>()?,
        _ => sums_on_the_device(&gradients.tensors)?,
    };
    Ok(sums.into_iter().sum::<f64>().sqrt())
}

/// What gradients of this norm are multiplied by so that it is at most `largest`: torch's `clip_grad_norm_`.
pub fn clip_factor(norm: f64, largest: Option<f64>) -> f64 {
    match largest {
        Some(largest) => (largest / (norm + 1e-6)).min(1.0),
        None => 1.0,
    }
}

fn sum_of_squares(gradient: &Tensor) -> Result<f64> {
    let gradient = Floats::of(gradient)?;
    let chunks: Vec<f64> = gradient.par_chunks(super::CHUNK).map(chunk_sum).collect();
    Ok(chunks.into_iter().sum())
}

fn chunk_sum(chunk: &[f32]) -> f64 {
    let mut sums = [0f64; LANES];
    let rows = chunk.chunks_exact(LANES);
    let rest: f64 = rows.remainder().iter().map(|x| f64::from(*x).powi(2)).sum();
    for row in rows {
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum += f64::from(*x) * f64::from(*x);
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// One number per tensor, fetched in one go because every fetch waits for the device.
fn sums_on_the_device(tensors: &[Tensor]) -> Result<Vec<f64>> {
    let sums = tensors.iter().map(|t| t.sqr()?.sum_all()).collect::<Result<Vec<_>>>()?;
    let sums = Tensor::stack(&sums, 0)?.to_vec1::<f32>()?;
    Ok(sums.into_iter().map(f64::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::numbers;

    fn gradients() -> Gradients {
        Gradients { tensors: vec![numbers((100, 333), 1).unwrap(), numbers(7, 2).unwrap()] }
    }

    #[test]
    fn norm_is_that_of_all_tensors_together() {
        let all = gradients().tensors.iter().map(|t| t.flatten_all().unwrap()).collect::<Vec<_>>();
        let numbers = Tensor::cat(&all, 0).unwrap().to_vec1::<f32>().unwrap();
        let wanted = numbers.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt();
        assert!((global_norm(&gradients()).unwrap() / wanted - 1.0).abs() < 1e-12);
        let composite = sums_on_the_device(&gradients().tensors).unwrap().iter().sum::<f64>().sqrt();
        assert!((composite / wanted - 1.0).abs() < 1e-5);
    }

    #[test]
    fn a_broken_gradient_shows() {
        let mut gradients = gradients();
        gradients.tensors[1] = (&gradients.tensors[1] / 0.0).unwrap();
        assert!(!global_norm(&gradients).unwrap().is_finite());
    }

    #[test]
    fn short_gradients_stay_as_they_are() {
        assert_eq!(clip_factor(0.5, Some(1.0)), 1.0);
        assert_eq!(clip_factor(3.0, None), 1.0);
        assert!((clip_factor(4.0, Some(1.0)) - 0.25).abs() < 1e-6);
    }
}
